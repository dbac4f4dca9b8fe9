//! What comes of things that are put, decided on what was read; pure.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::super::attach::{Known, Taken, attach};
use super::super::repeat::Made;
use super::super::store::ThingRow;
use super::super::{NO_END, Problem, READ_ONLY, Signature, ThingError, ThingKey};
use super::{Data, EndDate, PutThing};
use crate::applications::Permission;
use crate::authorizations::{Caller, RecordAccess};
use crate::blobs::{Blob, Blobs, NewBlob, Uploads};
use crate::ids::{ThingId, TypeId, VersionStamp};
use crate::thing_types::{self, ThingType};

/// What is written, decided.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) index: usize,
    pub(super) key: ThingKey,
    /// The version it replaces; none for a new thing.
    pub(super) replaces: Option<VersionStamp>,
    pub(super) type_id: TypeId,
    pub(super) flags: i64,
    pub(super) eff_date: i64,
    pub(super) end_date: i64,
    pub(super) client_thing_id: Option<String>,
    pub(super) tags: String,
    pub(super) data_xml: String,
    pub(super) signature: Option<String>,
    pub(super) blobs: Blobs,
    /// Attachments that the record does not have yet.
    pub(super) new_blobs: Vec<NewBlob>,
    /// What a new thing is made of.
    pub(super) made_of: Option<String>,
    /// A thing was made of the same, but so long ago that this is another.
    pub(super) made_before: bool,
}

/// What comes of a thing that is put.
enum Decided {
    /// It is written.
    Change(Box<Change>),
    /// There is nothing to write; this is its key.
    Stays(ThingKey),
}

/// What deciding needs to know.
pub(super) struct State<'a> {
    pub(super) caller: &'a Caller,
    pub(super) access: &'a RecordAccess,
    pub(super) uploads: Uploads,
    pub(super) current: HashMap<ThingId, ThingRow>,
    /// The attachments of those that have any.
    pub(super) attached: HashMap<ThingId, Vec<Blob>>,
    pub(super) singletons: Vec<TypeId>,
    /// What each thing of the call is made of, and what was made of the same before.
    pub(super) digests: &'a [Option<String>],
    pub(super) made: Made,
    pub(super) now: i64,
    pub(super) any_hash: bool,
}
impl Change {
    /// Bytes of its row.
    pub(super) fn size(&self) -> i64 {
        let signature = self.signature.as_ref().map_or(0, String::len);
        let texts = self.data_xml.len() + self.tags.len() + signature + self.blobs.size();
        i64::try_from(texts + 256).unwrap_or(i64::MAX / 4)
    }

    /// Bytes that it adds to the record, former versions and their attachments included.
    pub(super) fn grows_by(&self) -> i64 {
        let blobs: u64 = self.new_blobs.iter().map(|blob| blob.length).sum();
        self.size().saturating_add(i64::try_from(blobs).unwrap_or(i64::MAX / 4))
    }
}
impl State<'_> {
    fn known(&self, thing: Option<ThingId>) -> Known<'_> {
        let record = self.access.record();
        Known {
            caller: self.caller,
            record,
            thing,
            uploads: &self.uploads,
            now: self.now,
            any_hash: self.any_hash,
        }
    }
}

pub(super) fn decide(
    state: &State<'_>,
    things: &[PutThing],
    mut new_id: impl FnMut() -> Uuid,
) -> Result<(Vec<ThingKey>, Vec<Change>), ThingError> {
    let mut keys = Vec::with_capacity(things.len());
    let mut changes = Vec::new();
    let mut named = HashSet::new();
    let mut singletons = state.singletons.clone();
    let mut taken = Taken::new();
    for (index, thing) in things.iter().enumerate() {
        let refuse = |problem| ThingError::Item { index, problem };
        if thing.tags.as_ref().is_some_and(|t| t.chars().count() > 512) {
            return Err(refuse(Problem::TooLong("tags may have 512 characters at most")));
        }
        let decided = match thing.id {
            None => create(state, index, thing, &mut singletons, &mut taken, &mut new_id),
            Some(id) if !named.insert(id) => Err(Problem::Twice),
            Some(id) => update(state, index, id, thing, &mut taken, &mut new_id),
        };
        match decided.map_err(refuse)? {
            Decided::Change(change) => {
                keys.push(change.key);
                changes.push(*change);
            }
            Decided::Stays(key) => keys.push(key),
        }
    }
    Ok((keys, changes))
}

fn create(
    state: &State<'_>,
    index: usize,
    thing: &PutThing,
    singletons: &mut Vec<TypeId>,
    taken: &mut Taken,
    new_id: &mut impl FnMut() -> Uuid,
) -> Result<Decided, Problem> {
    let kind = known_type(thing.type_id)?;
    if !state.access.may(Permission::Create, kind.id) {
        return Err(Problem::Denied("create"));
    }
    if kind.uncreatable {
        return Err(Problem::Uncreatable);
    }
    let data = thing.data.as_ref().ok_or(Problem::NoData)?;
    check_data(kind, data)?;
    let read_only = thing.flags.unwrap_or(0) & READ_ONLY;
    if read_only != 0 && !kind.allow_readonly {
        return Err(Problem::NoReadOnlyType);
    }
    let made_of = state.digests.get(index).cloned().flatten();
    if let Some(key) = made_of.as_ref().and_then(|digest| state.made.lately(digest, state.now)) {
        return Ok(Decided::Stays(key));
    }
    if kind.singleton {
        if singletons.iter().any(|t| thing_types::are_related(*t, kind.id)) {
            return Err(Problem::Singleton);
        }
        singletons.push(kind.id);
    }
    let (list, new_blobs) = attach(&state.known(None), &[], &thing.blobs, taken, new_id)?;
    let eff_date = match kind.effective_date {
        Some(_) => data.eff_date,
        None => thing.eff_date,
    };
    let end_date = match thing.end_date {
        EndDate::At(at) => at,
        EndDate::Unsaid => data.end_date.unwrap_or(NO_END),
    };
    Ok(Decided::Change(Box::new(Change {
        index,
        key: ThingKey { id: ThingId(new_id()), stamp: VersionStamp(new_id()) },
        replaces: None,
        type_id: kind.id,
        flags: read_only,
        eff_date: eff_date.unwrap_or(state.now),
        end_date,
        client_thing_id: data.client_thing_id.clone(),
        tags: thing.tags.clone().unwrap_or_default(),
        data_xml: data.xml.clone(),
        signature: thing.signature.as_ref().map(|s| s.xml().to_owned()),
        blobs: Blobs::of(&list),
        new_blobs,
        made_before: made_of.as_ref().is_some_and(|digest| state.made.has(digest)),
        made_of,
    })))
}

fn update(
    state: &State<'_>,
    index: usize,
    id: ThingId,
    thing: &PutThing,
    taken: &mut Taken,
    new_id: &mut impl FnMut() -> Uuid,
) -> Result<Decided, Problem> {
    let stored = state.current.get(&id).filter(|row| !row.deleted).ok_or(Problem::Unknown)?;
    let stored_type = known_type(Some(stored.type_id))?;
    let kind = known_type(thing.type_id.or(Some(stored.type_id)))?;
    if !state.access.may(Permission::Update, stored.type_id) {
        // What the caller may not even read, they learn nothing about.
        let seen = state.access.may(Permission::Read, stored.type_id);
        return Err(if seen { Problem::Denied("change") } else { Problem::Unknown });
    }
    if !thing_types::are_related(kind.id, stored.type_id) {
        return Err(Problem::OtherType);
    }
    let stamp = thing.stamp.ok_or(Problem::StampMissing)?;
    if stamp != stored.stamp {
        return Err(Problem::StampMismatch);
    }
    if kind.sequence < stored_type.sequence && !thing.may_step_back {
        return Err(Problem::OlderTypeVersion);
    }
    if kind.sequence != stored_type.sequence && thing.data.is_none() {
        return Err(Problem::OtherVersionWithoutData);
    }
    if kind.immutable {
        return Err(Problem::Immutable);
    }
    check_flags(stored, thing)?;
    let had = state.attached.get(&id).map_or(&[][..], Vec::as_slice);
    let (list, new_blobs) = attach(&state.known(Some(id)), had, &thing.blobs, taken, new_id)?;
    if says_nothing(thing) && list == had {
        return Ok(Decided::Stays(ThingKey { id, stamp }));
    }
    if stored.flags & READ_ONLY != 0 && list != had {
        return Err(Problem::ReadOnly);
    }
    let is_info = |xml: &String| Signature::new(xml.clone()).is_info();
    let shows_less = stored.signature.as_ref().is_some_and(is_info) || had.iter().any(|b| !b.name.is_empty());
    if thing.older_shape && shows_less {
        return Err(Problem::Incomplete);
    }
    let mut change = Change {
        index,
        key: ThingKey { id, stamp: VersionStamp(new_id()) },
        replaces: Some(stored.stamp),
        type_id: kind.id,
        flags: stored.flags,
        eff_date: stored.eff_date,
        end_date: stored.end_date,
        client_thing_id: stored.client_thing_id.clone(),
        tags: thing.tags.clone().unwrap_or_else(|| stored.tags.clone()),
        data_xml: stored.data_xml.clone(),
        signature: thing.signature.as_ref().map(|s| s.xml().to_owned()),
        blobs: Blobs::of(&list),
        new_blobs,
        made_of: None,
        made_before: false,
    };
    if let Some(data) = &thing.data {
        check_data(kind, data)?;
        change.data_xml.clone_from(&data.xml);
        change.client_thing_id.clone_from(&data.client_thing_id);
        if kind.effective_date.is_some() {
            change.eff_date = data.eff_date.unwrap_or(stored.created_at);
        } else if let Some(eff_date) = thing.eff_date {
            change.eff_date = eff_date;
        }
        if stored.end_date >= NO_END {
            change.end_date = data.end_date.unwrap_or(NO_END);
        }
    }
    if let EndDate::At(at) = thing.end_date {
        change.end_date = at;
    }
    Ok(Decided::Change(Box::new(change)))
}

fn says_nothing(thing: &PutThing) -> bool {
    thing.data.is_none()
        && thing.tags.is_none()
        && thing.signature.is_none()
        && thing.end_date == EndDate::Unsaid
}

fn check_flags(stored: &ThingRow, thing: &PutThing) -> Result<(), Problem> {
    let was = stored.flags & READ_ONLY != 0;
    match thing.flags.map(|f| f & READ_ONLY != 0) {
        Some(false) if was => return Err(Problem::ReadOnlyStays),
        Some(true) if !was => return Err(Problem::ReadOnlyLate),
        _ => {}
    }
    if was && (thing.data.is_some() || thing.signature.is_some()) { Err(Problem::ReadOnly) } else { Ok(()) }
}

fn known_type(id: Option<TypeId>) -> Result<&'static ThingType, Problem> {
    id.and_then(thing_types::find).ok_or(Problem::UnknownType)
}

fn check_data(kind: &ThingType, data: &Data) -> Result<(), Problem> {
    if data.root != kind.root {
        return Err(Problem::WrongRoot { expected: kind.root, found: data.root.clone() });
    }
    if data.client_thing_id.as_ref().is_some_and(|c| c.chars().count() > 255) {
        return Err(Problem::TooLong("client-thing-id may have 255 characters at most"));
    }
    let verdict = data.verdict.as_ref().and_then(|verdict| verdict.about(kind));
    verdict.unwrap_or_else(|| thing_types::validate_data(kind, &data.xml)).map_err(Problem::Invalid)
}
