//! A write that a client repeats because it lost the answer doubles nothing.
//!
//! An application may give a new thing an id of its own (`client-thing-id`). That id need not be unique
//! (things.md 1.3), so it alone says nothing; but a create in which everything is as in one that the same
//! application made lately, and whose thing is as it was made, is that one come again: it is answered with
//! the key of that thing. The digest of everything stands in a unique index until the thing changes, so of
//! two at the same time one finds the other.

use std::collections::HashMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD_NO_PAD;

use super::PutBlob;
use super::put::PutThing;
use super::store::MadeRow;
use super::{EndDate, ThingKey};
use crate::authorizations::Caller;
use crate::env::DAY;
use crate::ids::RecordId;
use crate::keys::{KeyRing, Purpose};

/// How long a repeated create is answered with what the first one made, in microseconds.
const WINDOW: i64 = DAY;

/// What each new thing of a call is made of; none for an update, and where there is no id of the
/// application's own. A call that makes the same twice means two: they are told apart by a number.
pub(super) fn digests(
    keys: &KeyRing,
    caller: &Caller,
    record: RecordId,
    things: &[PutThing],
) -> Vec<Option<String>> {
    let mut times: HashMap<[u8; 32], u64> = HashMap::new();
    let digest = |thing: &PutThing| {
        let (app, data) = (caller.app()?, thing.data.as_ref()?);
        let client_id = data.client_thing_id.as_ref().filter(|_| thing.id.is_none())?;
        let number = |number: Option<i64>| number.map(i64::to_be_bytes);
        let end = match thing.end_date {
            EndDate::Unsaid => None,
            EndDate::At(at) => Some(at),
        };
        let person = caller.person_id();
        let known: [&[u8]; 6] = [
            record.0.as_bytes(),
            app.id.0.as_bytes(),
            person.0.as_bytes(),
            client_id.as_bytes(),
            thing.type_id.as_ref().map_or(&[], |id| id.0.as_bytes()),
            data.xml.as_bytes(),
        ];
        let [flags, eff_date, end] = [thing.flags, thing.eff_date, end].map(number);
        let said = [
            flags.as_ref().map(<[u8; 8]>::as_slice),
            eff_date.as_ref().map(<[u8; 8]>::as_slice),
            end.as_ref().map(<[u8; 8]>::as_slice),
            thing.tags.as_deref().map(str::as_bytes),
            thing.signature.as_ref().map(|s| s.xml().as_bytes()),
        ];
        let mut parts = known.to_vec();
        // What is not said differs from what is said to be empty.
        for part in said {
            parts.push(if part.is_some() { b"said" } else { b"" });
            parts.push(part.unwrap_or_default());
        }
        let blobs: Vec<Vec<u8>> = thing.blobs.iter().map(PutBlob::digest).collect();
        parts.extend(blobs.iter().map(Vec::as_slice));
        let base = keys.mac(Purpose::Repeat, &parts);
        let nth = times.entry(base).and_modify(|n| *n += 1).or_default();
        let whole = keys.mac(Purpose::Repeat, &[&base, &nth.to_be_bytes()]);
        Some(BASE64_STANDARD_NO_PAD.encode(whole))
    };
    things.iter().map(digest).collect()
}

/// What the digests of a call found: things that were made of the same and have not changed since.
#[derive(Debug, Default)]
pub(super) struct Made(HashMap<String, (ThingKey, i64)>);

impl Made {
    pub(super) fn of(rows: Vec<MadeRow>) -> Self {
        Self(
            rows.into_iter()
                .map(|row| (row.made_of, (ThingKey { id: row.id, stamp: row.stamp }, row.at)))
                .collect(),
        )
    }

    /// The thing that this create made when it came first.
    pub(super) fn lately(&self, digest: &str, now: i64) -> Option<ThingKey> {
        self.0.get(digest).filter(|(_, at)| now - at < WINDOW).map(|(key, _)| *key)
    }

    /// Whether there is one, lately or not.
    pub(super) fn has(&self, digest: &str) -> bool {
        self.0.contains_key(digest)
    }
}
