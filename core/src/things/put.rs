//! Writing things: read, decide, write.

use std::collections::{HashMap, HashSet};

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};
use uuid::Uuid;

use super::attach::{Known, Taken, attach};
use super::repeat::{self, Made};
use super::store::{CURRENT, FORGET_MADE_OF, INSERT, KEEP_VERSION, MADE_OF, OF_TYPES, ThingRow, UPDATE};
use super::{MAX_WRITE, NO_END, PERSONAL, Problem, PutBlob, READ_ONLY, Signature, ThingError, ThingKey};
use crate::applications::Permission;
use crate::audit::{self, Action, Entry};
use crate::authorizations::{Caller, RecordAccess, knock};
use crate::blobs::{self, Blob, BlobId, Blobs, NewBlob, UploadError, Uploads};
use crate::ids::{RecordId, ThingId, TypeId, VersionStamp};
use crate::records::{self, Operation, Step};
use crate::thing_types::{self, ThingType, Verdict};
use crate::{Domain, Outage};

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

/// What is written, decided.
#[derive(Debug)]
struct Change {
    index: usize,
    key: ThingKey,
    /// The version it replaces; none for a new thing.
    replaces: Option<VersionStamp>,
    type_id: TypeId,
    flags: i64,
    eff_date: i64,
    end_date: i64,
    client_thing_id: Option<String>,
    tags: String,
    data_xml: String,
    signature: Option<String>,
    blobs: Blobs,
    /// Attachments that the record does not have yet.
    new_blobs: Vec<NewBlob>,
    /// What a new thing is made of.
    made_of: Option<String>,
    /// A thing was made of the same, but so long ago that this is another.
    made_before: bool,
}

/// What comes of a thing that is put.
enum Decided {
    /// It is written.
    Change(Box<Change>),
    /// There is nothing to write; this is its key.
    Stays(ThingKey),
}

/// What deciding needs to know.
struct State<'a> {
    caller: &'a Caller,
    access: &'a RecordAccess,
    uploads: Uploads,
    current: HashMap<ThingId, ThingRow>,
    /// The attachments of those that have any.
    attached: HashMap<ThingId, Vec<Blob>>,
    singletons: Vec<TypeId>,
    /// What each thing of the call is made of, and what was made of the same before.
    digests: &'a [Option<String>],
    made: Made,
    now: i64,
    any_hash: bool,
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
        let mut flight = ReadFlight::new();
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

fn decide(
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

async fn write(
    domain: &Domain,
    caller: &Caller,
    access: &RecordAccess,
    mut changes: Vec<Change>,
    alone: bool,
    also: Also<'_>,
) -> Result<(), ThingError> {
    if changes.is_empty() && also.is_none() {
        return Ok(());
    }
    let grows_by: i64 = changes.iter().map(Change::grows_by).sum();
    let about = access.about();
    if about.size_bytes + grows_by > about.max_size_bytes {
        return Err(ThingError::Quota);
    }
    let record = access.record();
    for change in &mut changes {
        for blob in &mut change.new_blobs {
            blobs::keep_large(domain, caller, record, blob).await.map_err(of_upload)?;
        }
    }
    let now = domain.env.now();
    let (app, person, avenue) = (access.app(), access.person(), access.avenue().name());
    let mut flight = WriteFlight::new();
    if alone {
        records::expect_sequence(&mut flight, record, about.operation_sequence, ThingError::Changed);
    }
    records::claim_write(&mut flight, record, access.revision(), grows_by, ThingError::Changed);
    let details: Vec<_> = changes
        .iter()
        .map(|c| serde_json::json!({ "thing": c.key.id, "type": c.type_id, "new": c.replaces.is_none() }))
        .collect();
    for change in changes {
        let size = change.size();
        let Change {
            index,
            key,
            type_id,
            flags,
            eff_date,
            end_date,
            client_thing_id,
            tags,
            data_xml,
            signature,
            blobs,
            new_blobs,
            made_of,
            ..
        } = change;
        let blobs = blobs.into_text();
        let step = Step {
            sequence: 0,
            operation: if change.replaces.is_none() { Operation::Create } else { Operation::Update },
            thing: key.id,
            stamp: key.stamp,
            type_id,
            eff_date,
            end_date,
            personal: flags & PERSONAL != 0,
            at: now,
        };
        records::note(&mut flight, record, index, &step);
        for blob in new_blobs {
            // What was uploaded has changed meanwhile, or another call took it: look again.
            blobs::commit(&mut flight, record, now, blob, ThingError::Changed);
        }
        match change.replaces {
            None => {
                if change.made_before {
                    flight.run(FORGET_MADE_OF, params![record, made_of.clone()]);
                }
                flight
                    .run(
                        INSERT,
                        params![
                            record,
                            key.id,
                            key.stamp,
                            type_id,
                            flags,
                            eff_date,
                            end_date,
                            now,
                            app,
                            person,
                            avenue,
                            client_thing_id,
                            tags,
                            data_xml,
                            signature,
                            blobs,
                            size,
                            made_of
                        ],
                    )
                    // The same create came twice at once: look again, and find what the other made.
                    .unique("thing_made_of", ThingError::Changed);
            }
            Some(old) => {
                let gone = ThingError::Item { index, problem: Problem::StampMismatch };
                flight.run(KEEP_VERSION, params![record, key.id, old]).affects(1, gone.clone());
                flight
                    .run(
                        UPDATE,
                        params![
                            record,
                            key.id,
                            old,
                            key.stamp,
                            type_id,
                            flags,
                            eff_date,
                            end_date,
                            now,
                            app,
                            person,
                            avenue,
                            client_thing_id,
                            tags,
                            data_xml,
                            signature,
                            blobs,
                            size
                        ],
                    )
                    .affects(1, gone);
            }
        }
    }
    if let Some(also) = also {
        also(&mut flight);
    }
    let action = if access.picks_up() { Action::PickUpPackage } else { Action::PutThings };
    audit::write(domain, &mut flight, Entry::of(access, action).with(&details));
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

impl Change {
    /// Bytes of its row.
    fn size(&self) -> i64 {
        let signature = self.signature.as_ref().map_or(0, String::len);
        let texts = self.data_xml.len() + self.tags.len() + signature + self.blobs.size();
        i64::try_from(texts + 256).unwrap_or(i64::MAX / 4)
    }

    /// Bytes that it adds to the record, former versions and their attachments included.
    fn grows_by(&self) -> i64 {
        let blobs: u64 = self.new_blobs.iter().map(|blob| blob.length).sum();
        self.size().saturating_add(i64::try_from(blobs).unwrap_or(i64::MAX / 4))
    }
}

fn of_upload(error: UploadError) -> ThingError {
    match error {
        UploadError::Outage(outage) => outage.into(),
        UploadError::Full => ThingError::Full,
        other => Outage::Unavailable(format!("keeping an attachment: {other}")).into(),
    }
}
