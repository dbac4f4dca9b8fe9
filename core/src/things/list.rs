//! Lists of a record's things for the person at the Shell, page by page: what kinds there are, the things
//! of a kind, and what was removed.

use std::collections::BTreeMap;

use keepwell_store::{Query, ReadFlight, Value, params};
use serde::Serialize;
use uuid::Uuid;

use super::store::{KINDS, OF_KIND, REMOVED, ThingRow};
use super::{MAX_FULL, PERSONAL, Thing, ThingError};
use crate::applications::Permission;
use crate::audit::{self, Action, Entry};
use crate::authorizations::{AccessError, Avenue, Caller, RecordAccess, knock};
use crate::ids::{RecordId, ThingId, TypeId};
use crate::{Domain, thing_types};

/// The place of a thing in a list: the next page begins after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The time by which the list is ordered: the effective date, or when the thing was removed.
    pub at: i64,
    /// When it was made.
    pub created: i64,
    /// Which.
    pub thing: ThingId,
}

/// A page of things.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The things.
    pub things: Vec<Thing>,
    /// Where the next page begins, if there is one.
    pub next: Option<Place>,
}

/// A kind of thing that a record holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindHeld {
    /// The type, in its newest version.
    pub type_id: TypeId,
    /// How many, in whatever version.
    pub count: i64,
    /// The latest effective date: wall clock, microseconds.
    pub latest: i64,
}

/// The kinds of things that the record holds, the one with the latest thing first.
///
/// # Errors
/// `ThingError::Access` for an application, or when the record's door stays shut.
pub async fn kinds(domain: &Domain, caller: &Caller, record: RecordId) -> Result<Vec<KindHeld>, ThingError> {
    let (access, found) = kinds_held(domain, caller, record).await?;
    log(domain, &access, &serde_json::json!({ "kinds": found.len() })).await;
    Ok(found)
}

/// The same, without the entry in the log.
pub(super) async fn kinds_held(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
) -> Result<(RecordAccess, Vec<KindHeld>), ThingError> {
    let now = domain.env.now();
    let mut flight = ReadFlight::new();
    let door = knock(&mut flight, caller, record, now);
    let rows = flight.ask(&KINDS, params![record]);
    let mut answers = domain.store.read(flight).await?;
    let access = at_shell(door.open(caller, &mut answers, now)?)?;
    let mut found: BTreeMap<TypeId, KindHeld> = BTreeMap::new();
    for (type_id, personal, count, latest) in answers.all(rows)? {
        if !access.may(Permission::Read, type_id) || (personal != 0 && !access.is_custodian_at_shell()) {
            continue;
        }
        let type_id = newest(type_id);
        let kind = found.entry(type_id).or_insert(KindHeld { type_id, count: 0, latest });
        kind.count += count;
        kind.latest = kind.latest.max(latest);
    }
    let mut found: Vec<KindHeld> = found.into_values().collect();
    found.sort_by_key(|kind| std::cmp::Reverse(kind.latest));
    Ok((access, found))
}

/// The things of a kind, in whatever version of the type, the newest first.
///
/// # Errors
/// As [`kinds`].
pub async fn of_kind(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    kind: TypeId,
    after: Option<Place>,
    count: u32,
) -> Result<Page, ThingError> {
    let (access, page) = kind_page(domain, caller, record, kind, after, count).await?;
    log(domain, &access, &serde_json::json!({ "types": [kind], "full": page.things.len() })).await;
    Ok(page)
}

/// The same, without the entry in the log.
pub(super) async fn kind_page(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    kind: TypeId,
    after: Option<Place>,
    count: u32,
) -> Result<(RecordAccess, Page), ThingError> {
    let types: Vec<Uuid> = thing_types::family(kind).iter().map(|id| id.0).collect();
    let place = |thing: &Thing| Place { at: thing.eff_date, created: thing.created.at, thing: thing.key.id };
    let params = with_place(params![record, types], after);
    page(domain, caller, record, (&OF_KIND, params, &place), count).await
}

/// What was removed, the latest removal first; for a custodian. `updated` says who removed it and when.
///
/// # Errors
/// As [`kinds`], also for a person who is no custodian.
pub async fn removed(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    after: Option<Place>,
    count: u32,
) -> Result<Page, ThingError> {
    let place =
        |thing: &Thing| Place { at: thing.updated.at, created: thing.created.at, thing: thing.key.id };
    let params = with_place(params![record], after);
    let (access, page) = page(domain, caller, record, (&REMOVED, params, &place), count).await?;
    if !access.is_custodian_at_shell() {
        return Err(AccessError::Denied.into());
    }
    log(domain, &access, &serde_json::json!({ "removed": page.things.len() })).await;
    Ok(page)
}

/// Everything comes before this place.
pub(super) const END: Place = Place { at: i64::MAX, created: i64::MAX, thing: ThingId(Uuid::max()) };

fn with_place(mut params: Vec<Value>, after: Option<Place>) -> Vec<Value> {
    let Place { at, created, thing } = after.unwrap_or(END);
    params.extend(params![at, created, thing]);
    params
}

/// A query for a page, its parameters up to the limit, and how its things are ordered.
type Asked<'a> = (&'static Query<ThingRow>, Vec<Value>, &'a (dyn Fn(&Thing) -> Place + Sync));

async fn page(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    (query, mut params, place): Asked<'_>,
    count: u32,
) -> Result<(RecordAccess, Page), ThingError> {
    let (now, count) = (domain.env.now(), count.clamp(1, MAX_FULL));
    let mut flight = ReadFlight::new();
    let door = knock(&mut flight, caller, record, now);
    // One more than is shown tells whether there is a next page.
    params.push(Value::from(count + 1));
    let slot = flight.ask(query, params);
    let mut answers = domain.store.read(flight).await?;
    let access = at_shell(door.open(caller, &mut answers, now)?)?;
    let mut things: Vec<Thing> = answers.all(slot)?.into_iter().map(Thing::from).collect();
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let is_more = things.len() > count;
    things.truncate(count);
    let next = things.last().filter(|_| is_more).map(place);
    things.retain(|thing| {
        let personal = thing.flags & PERSONAL != 0;
        access.may(Permission::Read, thing.type_id) && (!personal || access.is_custodian_at_shell())
    });
    Ok((access, Page { things, next }))
}

pub(super) fn at_shell(access: RecordAccess) -> Result<RecordAccess, AccessError> {
    if access.avenue() == Avenue::Shell { Ok(access) } else { Err(AccessError::Denied) }
}

fn newest(id: TypeId) -> TypeId {
    let versions = thing_types::family(id).iter().filter_map(|id| thing_types::find(*id));
    versions.max_by_key(|kind| kind.sequence).map_or(id, |kind| kind.id)
}

pub(super) async fn log(domain: &Domain, access: &RecordAccess, details: &(impl Serialize + Sync)) {
    audit::read(domain, Entry::of(access, Action::ReadThings).with(details)).await;
}
