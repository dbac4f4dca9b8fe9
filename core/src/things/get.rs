//! Reading things.

use keepwell_store::{Answers, Query, ReadFlight, Slot, Value};
use uuid::Uuid;

use super::scan::scan;
use super::store::{
    INFOS, INFOS_BY_CLIENT_ID, INFOS_BY_ID, INFOS_BY_STAMP, InfoRow, THINGS, THINGS_BY_CLIENT_ID,
    THINGS_BY_ID, THINGS_BY_STAMP, ThingRow, fits,
};
use super::{Criteria, MAX_FULL, MAX_PARTIAL, Thing, ThingError, ThingKey, Which};
use crate::applications::Permission;
use crate::audit::{self, Action, Entry};
use crate::authorizations::{Caller, RecordAccess, knock};
use crate::ids::{RecordId, TypeId};
use crate::{Domain, Outage, thing_types};

/// One group of a query.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Things named one by one, or any.
    pub which: Which,
    /// What they must fit.
    pub criteria: Criteria,
    /// How many in all; `None` for as many as the server gives.
    pub max: Option<u32>,
    /// How many of them in full; the rest as keys.
    pub max_full: Option<u32>,
}

/// A thing of which only the key is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThingInfo {
    /// Its id and version.
    pub key: ThingKey,
    /// Its type.
    pub type_id: TypeId,
    /// Its effective date: wall clock, microseconds.
    pub eff_date: i64,
    /// Its end date.
    pub end_date: Option<i64>,
}

/// What a group found, newest first: the first in full, then keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupAnswer {
    /// In full.
    pub full: Vec<Thing>,
    /// As keys.
    pub infos: Vec<ThingInfo>,
    /// Something was left out because the caller may not read it.
    pub filtered: bool,
}

/// Answers a query, and the access with which it was answered. The permission is read in the same
/// flight as the data.
///
/// # Errors
/// `ThingError::Access` when the record's door stays shut.
pub async fn get(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    groups: &[Group],
) -> Result<(Vec<GroupAnswer>, RecordAccess), ThingError> {
    // First ask as if every type could be read, which for most applications is so; when it turns out
    // otherwise, ask again for those that can.
    let mut readable: Vec<Vec<TypeId>> = groups.iter().map(|g| asked_types(&g.criteria)).collect();
    loop {
        let mut flight = ReadFlight::new();
        let door = knock(&mut flight, caller, record, domain.env.now());
        let slots: Vec<_> = groups
            .iter()
            .zip(&readable)
            .map(|(group, types)| ask(&mut flight, record, group, types, caller.app().is_none()))
            .collect();
        let mut answers = domain.store.read(flight).await?;
        let access = door.open(caller, &mut answers, domain.env.now())?;
        let may_read: Vec<Vec<TypeId>> = groups.iter().map(|g| readable_types(&access, g)).collect();
        let all_may_be_read =
            readable.iter().zip(&may_read).all(|(asked, may)| asked.iter().all(|t| may.contains(t)));
        if !all_may_be_read {
            readable = may_read;
            continue;
        }
        let found: Result<Vec<GroupAnswer>, Outage> = groups
            .iter()
            .zip(slots)
            .map(|(group, slots)| {
                let asked = asked_types(&group.criteria);
                let filtered = asked.iter().any(|t| !access.may(Permission::Read, *t));
                collect(&mut answers, slots, filtered)
            })
            .collect();
        let mut found = found?;
        for (group, answer) in groups.iter().zip(&mut found).filter(|(g, _)| !g.criteria.xpaths.is_empty()) {
            *answer = scan(domain, caller, record, group).await?;
        }
        log(domain, &access, groups, &found).await;
        return Ok((found, access));
    }
}

fn asked_types(criteria: &Criteria) -> Vec<TypeId> {
    match &criteria.types {
        None => thing_types::all().iter().map(|t| t.id).collect(),
        Some(types) => {
            let mut all: Vec<TypeId> =
                types.iter().flat_map(|t| thing_types::family(*t).iter().copied()).collect();
            all.sort_unstable();
            all.dedup();
            all
        }
    }
}

pub(super) fn readable_types(access: &RecordAccess, group: &Group) -> Vec<TypeId> {
    asked_types(&group.criteria).into_iter().filter(|t| access.may(Permission::Read, *t)).collect()
}

struct Slots {
    full: Option<Slot<ThingRow>>,
    infos: Option<Slot<InfoRow>>,
}

fn ask(
    flight: &mut ReadFlight,
    record: RecordId,
    group: &Group,
    types: &[TypeId],
    personal_too: bool,
) -> Slots {
    let full = group.max_full.unwrap_or(MAX_FULL).min(MAX_FULL);
    let all = group.max.filter(|m| *m > 0).unwrap_or(u32::MAX).min(full + MAX_PARTIAL);
    let full = full.min(all);
    // What looks inside the data is read apart.
    if group.criteria.nothing || types.is_empty() || !group.criteria.xpaths.is_empty() {
        return Slots { full: None, infos: None };
    }
    let params = |limit: u32, offset: u32| {
        params_of(record, group, types, personal_too, [Value::from(limit), Value::from(offset)])
    };
    let (things, infos) = queries(&group.which);
    Slots {
        full: (full > 0).then(|| flight.ask(things, params(full, 0))),
        infos: (all > full).then(|| flight.ask(infos, params(all - full, full))),
    }
}

fn queries(which: &Which) -> (&'static Query<ThingRow>, &'static Query<InfoRow>) {
    match which {
        Which::Any => (&THINGS, &INFOS),
        Which::Ids(_) => (&THINGS_BY_ID, &INFOS_BY_ID),
        Which::Keys(_) => (&THINGS_BY_STAMP, &INFOS_BY_STAMP),
        Which::ClientIds(_) => (&THINGS_BY_CLIENT_ID, &INFOS_BY_CLIENT_ID),
    }
}

fn params_of(
    record: RecordId,
    group: &Group,
    types: &[TypeId],
    personal_too: bool,
    limits: [Value; 2],
) -> Vec<Value> {
    let mut params = fits(record, types, &group.criteria, personal_too);
    params.extend(limits);
    let uuids = |ids: &mut dyn Iterator<Item = Uuid>| Value::Uuids(ids.collect());
    match &group.which {
        Which::Any => {}
        Which::Ids(ids) => params.push(uuids(&mut ids.iter().map(|i| i.0))),
        Which::Keys(keys) => {
            params.push(uuids(&mut keys.iter().map(|k| k.id.0)));
            params.push(uuids(&mut keys.iter().map(|k| k.stamp.0)));
        }
        Which::ClientIds(ids) => params.push(Value::Texts(ids.clone())),
    }
    params
}

/// Asks for a piece of a group's things, of whatever type they are.
pub(super) fn things_of(
    flight: &mut ReadFlight,
    record: RecordId,
    group: &Group,
    personal_too: bool,
    limits: [Value; 2],
) -> Option<Slot<ThingRow>> {
    let types = asked_types(&group.criteria);
    if group.criteria.nothing || types.is_empty() {
        return None;
    }
    let params = params_of(record, group, &types, personal_too, limits);
    Some(flight.ask(queries(&group.which).0, params))
}

fn collect(answers: &mut Answers, slots: Slots, filtered: bool) -> Result<GroupAnswer, Outage> {
    let full = match slots.full {
        Some(slot) => answers.all(slot)?.into_iter().map(Thing::from).collect(),
        None => Vec::new(),
    };
    let infos = match slots.infos {
        Some(slot) => answers.all(slot)?.into_iter().map(ThingInfo::from).collect(),
        None => Vec::new(),
    };
    Ok(GroupAnswer { full, infos, filtered })
}

/// A read leaves its entry. The person's own look at their own record at the Shell does too.
async fn log(domain: &Domain, access: &RecordAccess, groups: &[Group], found: &[GroupAnswer]) {
    let counts: Vec<_> = groups
        .iter()
        .zip(found)
        .map(|(group, answer)| {
            serde_json::json!({
                "types": group.criteria.types,
                "full": answer.full.len(),
                "keys": answer.infos.len(),
            })
        })
        .collect();
    audit::read(domain, Entry::of(access, Action::ReadThings).with(&counts)).await;
}
