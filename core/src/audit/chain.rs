//! The chain: what each seal covers.

use uuid::Uuid;

use super::store::{EntryRow, HeadRow};
use crate::ids::{AppId, RecordId};
use crate::keys::{KeyRing, Purpose};

/// What an entry says of itself, as its digest and its seal cover it.
pub(super) struct Said<'e> {
    pub(super) record: RecordId,
    pub(super) id: Uuid,
    pub(super) at: i64,
    pub(super) person: Uuid,
    pub(super) app: Option<AppId>,
    pub(super) action: &'e str,
    pub(super) avenue: &'e str,
}

impl<'e> Said<'e> {
    pub(super) fn by(record: RecordId, row: &'e EntryRow) -> Self {
        Self {
            record,
            id: row.id,
            at: row.at,
            person: row.person.0,
            app: row.app,
            action: &row.action,
            avenue: &row.avenue,
        }
    }

    /// The keyed digest of a new entry. It stays when the body is erased.
    pub(super) fn digest(&self, keys: &KeyRing, body: &str) -> [u8; 32] {
        let at = self.at.to_be_bytes();
        let parts = self.parts(&at);
        keys.mac(
            Purpose::Audit,
            &[parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6], body.as_bytes()],
        )
    }

    /// Whether the digest is that of this body: as it is now, or as it was before entries were chained.
    pub(super) fn has_digest(&self, keys: &KeyRing, body: &str, digest: &[u8]) -> bool {
        let former = [
            self.record.0.as_bytes(),
            self.id.as_bytes().as_slice(),
            self.action.as_bytes(),
            body.as_bytes(),
        ];
        digest == self.digest(keys, body) || digest == keys.mac(Purpose::Audit, &former)
    }

    /// The seal of an entry at its place: it covers the seal before it, and so all entries before it.
    fn seal(&self, keys: &KeyRing, sequence: i64, digest: &[u8], before: &[u8]) -> [u8; 32] {
        let at = self.at.to_be_bytes();
        let parts = self.parts(&at);
        let place = sequence.to_be_bytes();
        keys.mac(
            Purpose::AuditSeal,
            &[parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6], &place, digest, before],
        )
    }

    fn parts<'s>(&'s self, at: &'s [u8; 8]) -> [&'s [u8]; 7] {
        [
            self.record.0.as_bytes(),
            self.id.as_bytes(),
            at,
            self.person.as_bytes(),
            self.app.as_ref().map_or(&[], |app| app.0.as_bytes()),
            self.action.as_bytes(),
            self.avenue.as_bytes(),
        ]
    }
}

/// The seal that a stored entry must have at this place, after this one.
pub(super) fn seal_of(
    keys: &KeyRing,
    record: RecordId,
    row: &EntryRow,
    place: i64,
    before: &[u8],
) -> [u8; 32] {
    Said::by(record, row).seal(keys, place, &row.digest, before)
}

/// Whether the body is what was written. An erased one cannot be told.
pub(super) fn body_holds(keys: &KeyRing, record: RecordId, row: &EntryRow) -> Option<bool> {
    let body = row.body.as_ref()?;
    Some(Said::by(record, row).has_digest(keys, body, &row.digest))
}

impl HeadRow {
    /// Where a chain ends that has this head, or none yet.
    pub(super) fn or_start(head: Option<&Self>) -> Self {
        head.cloned().unwrap_or(Self { sequence: 0, seal: Vec::new() })
    }

    /// Adds an entry at the end; answers its place and its seal.
    pub(super) fn add(&mut self, keys: &KeyRing, said: &Said<'_>, digest: &[u8]) -> (i64, [u8; 32]) {
        let place = self.sequence.saturating_add(1);
        let seal = said.seal(keys, place, digest, &self.seal);
        *self = Self { sequence: place, seal: seal.to_vec() };
        (place, seal)
    }
}

/// An entry with its place in the chain: 0 and no seal if it was not written by us.
pub(super) struct Link {
    pub(super) id: Uuid,
    pub(super) sequence: i64,
    pub(super) seal: Option<[u8; 32]>,
}

/// Chains entries that wait after the head; answers the links and the new head, if it moves.
pub(super) fn chain(
    keys: &KeyRing,
    record: RecordId,
    head: Option<&HeadRow>,
    waiting: &[EntryRow],
) -> (Vec<Link>, Option<HeadRow>) {
    let mut end = HeadRow::or_start(head);
    let mut moved = false;
    let mut links = Vec::with_capacity(waiting.len());
    for row in waiting {
        if body_holds(keys, record, row) != Some(true) {
            links.push(Link { id: row.id, sequence: 0, seal: None });
            continue;
        }
        let (sequence, seal) = end.add(keys, &Said::by(record, row), &row.digest);
        moved = true;
        links.push(Link { id: row.id, sequence, seal: Some(seal) });
    }
    (links, moved.then_some(end))
}
