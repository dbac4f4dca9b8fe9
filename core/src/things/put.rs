//! Writing things: read, decide, write.

mod decide;
mod write;

use std::collections::HashMap;

use keepwell_store::{WriteFlight, params};
use uuid::Uuid;

use super::group::by_their_ids;
use super::repeat::{self, Made};
use super::store::{CURRENT, MADE_OF, OF_TYPES, ThingRow};
use super::{MAX_WRITE, PutBlob, Signature, ThingError, ThingKey};
use crate::authorizations::{Caller, knock};
use crate::blobs::{self, Blob, BlobId, Blobs};
use crate::ids::{RecordId, ThingId, TypeId, VersionStamp};
use crate::thing_types::{self, Verdict};
use crate::{Domain, Outage};
use decide::{State, decide};
use write::write;

/// How often a write is decided again when the record changed between reading and writing.
pub(super) const ATTEMPTS: usize = 5;

/// The data of a thing, as the caller read it from the request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Data {
    /// What stands inside `data-xml`, byte for byte.
    pub xml: String,
    /// The local name of its root element.
    pub root: String,
    /// The effective date that the type's element gives; wall clock, microseconds.
    pub eff_date: Option<i64>,
    /// The end date that the type's element gives.
    pub end_date: Option<i64>,
    /// The application's own id, from `common`.
    pub client_thing_id: Option<String>,
    /// Whether it is valid, if the caller has looked; otherwise it is parsed and looked at here.
    pub verdict: Option<Verdict>,
}

/// What a write says about the end date (things.md 4.6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EndDate {
    /// Nothing: a new thing takes it from its data, an old one keeps it.
    #[default]
    Unsaid,
    /// This; wall clock, microseconds. One on 9999-12-31 means none.
    At(i64),
}

/// A thing to be created (without a key) or updated (with one).
#[derive(Clone, Debug, Default)]
pub struct PutThing {
    /// The thing to update, and the version that the caller read.
    pub id: Option<ThingId>,
    /// The version that the caller read.
    pub stamp: Option<VersionStamp>,
    /// The type.
    pub type_id: Option<TypeId>,
    /// Bits, if sent.
    pub flags: Option<i64>,
    /// An update may be in an older version of the type than what is stored (OverwriteThings).
    pub may_step_back: bool,
    /// An effective date, which holds only where the type has no element for it.
    pub eff_date: Option<i64>,
    /// The end date.
    pub end_date: EndDate,
    /// The data; an update without it keeps what there is.
    pub data: Option<Data>,
    /// Tags; an update without them keeps what there is.
    pub tags: Option<String>,
    /// The signature over the version that this makes; an update without one takes it away.
    pub signature: Option<Signature>,
    /// Attachments that are new, replaced, unchanged or removed; others stay.
    pub blobs: Vec<PutBlob>,
    /// The client speaks in the older shape of a thing, which cannot show everything.
    pub older_shape: bool,
}
/// Creates and updates things, all or none; answers their keys in the same order.
///
/// # Errors
/// `ThingError::Item` with the index of the first thing that is refused; nothing is written then.
pub async fn put(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    things: &[PutThing],
) -> Result<Vec<ThingKey>, ThingError> {
    put_with(domain, caller, record, things, None).await
}

/// What else a write does in its flight.
pub(crate) type Also<'a> = Option<&'a (dyn Fn(&mut WriteFlight<ThingError>) + Sync)>;

/// The same, with more in the flight that writes them.
pub(crate) async fn put_with(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    things: &[PutThing],
    also: Also<'_>,
) -> Result<Vec<ThingKey>, ThingError> {
    if things.len() > MAX_WRITE {
        return Err(ThingError::TooMany);
    }
    let ids: Vec<Uuid> = things.iter().filter_map(|t| t.id).map(|i| i.0).collect();
    let singletons: Vec<Uuid> = things
        .iter()
        .filter(|t| t.id.is_none())
        .filter_map(|t| t.type_id.and_then(thing_types::find).filter(|t| t.singleton))
        .flat_map(|t| thing_types::family(t.id).iter().map(|i| i.0))
        .collect();
    let digests = repeat::digests(&domain.keys, caller, record, things);
    let made_of: Vec<String> = digests.iter().flatten().cloned().collect();
    let named: Vec<BlobId> = things.iter().flat_map(|t| &t.blobs).filter_map(PutBlob::upload).collect();
    for _ in 0..ATTEMPTS {
        let mut flight = by_their_ids(things.len());
        let door = knock(&mut flight, caller, record, domain.env.now());
        let current = (!ids.is_empty()).then(|| flight.ask(&CURRENT, params![record, ids.clone()]));
        let existing =
            (!singletons.is_empty()).then(|| flight.ask(&OF_TYPES, params![record, singletons.clone()]));
        let made = (!made_of.is_empty()).then(|| flight.ask(&MADE_OF, params![record, made_of.clone()]));
        let uploads = (!named.is_empty()).then(|| blobs::ask_uploads(&mut flight, &named));
        let mut answers = domain.store.read(flight).await?;
        let access = door.open(caller, &mut answers, domain.env.now())?;
        let uploads = uploads.map(|asked| asked.collect(&mut answers)).transpose()?.unwrap_or_default();
        let current = current.map(|slot| answers.all(slot)).transpose()?.unwrap_or_default();
        let existing = existing.map(|slot| answers.all(slot)).transpose()?.unwrap_or_default();
        let made = made.map(|slot| answers.all(slot)).transpose()?.unwrap_or_default();
        let attached = attached(&current)?;
        let state = State {
            caller,
            attached,
            access: &access,
            uploads,
            current: current.into_iter().map(|row| (row.id, row)).collect(),
            singletons: existing.into_iter().map(|(t,)| t).collect(),
            digests: &digests,
            made: Made::of(made),
            now: domain.env.now(),
            any_hash: domain.any_hash,
        };
        let (keys, changes) = decide(&state, things, || domain.env.uuid())?;
        match write(domain, caller, &access, changes, !singletons.is_empty(), also).await {
            Err(ThingError::Changed) => {}
            Err(other) => return Err(other),
            Ok(()) => return Ok(keys),
        }
    }
    Err(ThingError::Changed)
}
fn attached(current: &[ThingRow]) -> Result<HashMap<ThingId, Vec<Blob>>, Outage> {
    let with_some = current.iter().filter(|row| row.blobs.is_some());
    with_some.map(|row| Ok((row.id, Blobs::stored(row.blobs.clone()).list()?))).collect()
}
