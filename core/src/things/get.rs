//! Reading things.

use std::collections::BTreeMap;

use keepwell_store::{Answers, ReadFlight, Slot, Value};
use serde::Serialize;
use uuid::Uuid;

use super::scan::{Budget, MOST, scan};
use super::store::{
    CANDIDATES, CandidateRow, DATA, DataRow, FORMER, INFOS, InfoRow, OLDEST_DATA, OLDEST_INFOS,
    OLDEST_THINGS, THINGS, ThingRow, fits,
};
use super::{Group, GroupAnswer, Intent, Order, Thing, ThingData, ThingError, ThingInfo, Which};
use crate::applications::Permission;
use crate::audit::{self, Action, Entry};
use crate::authorizations::{Avenue, Caller, RecordAccess, knock};
use crate::ids::{RecordId, ThingId, TypeId};
use crate::{Domain, Outage, thing_types};

/// How often a query is answered anew when the record changes while it is read.
const ATTEMPTS: usize = 5;

/// Answers a query, and the access with which it was answered. The permission is read in the same
/// flight as the data, and the answer is that of one moment, in however many flights it is read.
///
/// # Errors
/// `ThingError::Access` when the record's door stays shut; `ThingError::Filter` or `ThingError::TooMuch`
/// when it looks into more data than it may.
pub async fn get(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    groups: &[Group],
) -> Result<(Vec<GroupAnswer>, RecordAccess), ThingError> {
    for _ in 0..ATTEMPTS {
        match attempt(domain, caller, record, groups).await {
            Err(ThingError::Changed) => {}
            Err(other) => return Err(other),
            Ok((found, access)) => {
                log(domain, &access, groups, &found).await;
                return Ok((found, access));
            }
        }
    }
    Err(ThingError::Changed)
}

async fn attempt(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    groups: &[Group],
) -> Result<(Vec<GroupAnswer>, RecordAccess), ThingError> {
    // First ask as if every type could be read, which for most applications is so; when it turns out
    // otherwise, ask again for those that can.
    let asked: Vec<Vec<TypeId>> = groups.iter().map(asked_types).collect();
    let mut readable = asked.clone();
    let mut personal_too = caller.app().is_none();
    loop {
        let mut flight = ReadFlight::new();
        let door = knock(&mut flight, caller, record, domain.env.now());
        let slots: Vec<_> = groups
            .iter()
            .zip(&readable)
            .map(|(group, types)| ask(&mut flight, record, group, types, personal_too))
            .collect();
        if let [group] = groups
            && group.is_short()
        {
            flight = flight.short();
        }
        let mut answers = domain.store.read(flight).await?;
        let access = door.open(caller, &mut answers, domain.env.now())?;
        let may = |t: &TypeId| access.may(Permission::Read, *t);
        if !readable.iter().flatten().all(may) {
            readable.iter_mut().for_each(|types| types.retain(may));
            continue;
        }
        if personal_too && !access.is_custodian_at_shell() {
            personal_too = false;
            continue;
        }
        let mut budget = Budget::default();
        let mut found = Vec::with_capacity(groups.len());
        let left_out = asked.iter().zip(&readable).map(|(asked, read)| read.len() < asked.len());
        for ((group, unread), slots) in groups.iter().zip(left_out).zip(slots) {
            let candidates = slots.candidates.map(|slot| answers.all(slot)).transpose()?;
            let mut answer = collect(&mut answers, slots)?;
            answer.filtered |= unread;
            if let Some(candidates) = candidates {
                let looked = scan(domain, caller, &access, group, &candidates, &mut budget).await?;
                answer = GroupAnswer { filtered: answer.filtered, ..looked };
            }
            found.push(answer);
        }
        return Ok((found, access));
    }
}

/// The types that a group is about, in all their versions.
fn asked_types(group: &Group) -> Vec<TypeId> {
    let mut types: Vec<TypeId> = match &group.criteria.types {
        None => thing_types::all().iter().map(|t| t.id).collect(),
        Some(types) => types.iter().flat_map(|t| thing_types::family(*t).iter().copied()).collect(),
    };
    types.sort_unstable();
    types.dedup();
    if let Some(order) = &group.order {
        types.retain(|t| thing_types::are_related(*t, order.type_id()));
    }
    types
}

#[derive(Default)]
struct Slots {
    full: Option<Slot<ThingRow>>,
    data: Option<Slot<DataRow>>,
    infos: Option<Slot<InfoRow>>,
    candidates: Option<Slot<CandidateRow>>,
    former: Option<Slot<(ThingId,)>>,
}

fn ask(
    flight: &mut ReadFlight,
    record: RecordId,
    group: &Group,
    types: &[TypeId],
    personal_too: bool,
) -> Slots {
    if group.criteria.nothing || types.is_empty() {
        return Slots::default();
    }
    let which = &group.which;
    let criteria = &group.criteria;
    let params = |limit: u32, offset: u32| params_of(record, group, types, personal_too, [limit, offset]);
    let former = group.former_too.then(|| flight.ask(FORMER.of(which, criteria), params(1, 0)));
    if group.looks_inside() {
        let candidates = Some(flight.ask(CANDIDATES.of(which, criteria), params(MOST + 1, 0)));
        return Slots { candidates, former, ..Slots::default() };
    }
    let (full, all) = group.limits();
    let (things, data, infos) = match group.order.as_ref().is_some_and(Order::is_oldest_first) {
        true => (&OLDEST_THINGS, &OLDEST_DATA, &OLDEST_INFOS),
        false => (&THINGS, &DATA, &INFOS),
    };
    let (with_all, data_only) = (full > 0 && !group.data_only, full > 0 && group.data_only);
    Slots {
        full: with_all.then(|| flight.ask(things.of(which, criteria), params(full, 0))),
        data: data_only.then(|| flight.ask(data.of(which, criteria), params(full, 0))),
        infos: (all > full).then(|| flight.ask(infos.of(which, criteria), params(all - full, full))),
        former,
        candidates: None,
    }
}

fn params_of(
    record: RecordId,
    group: &Group,
    types: &[TypeId],
    personal_too: bool,
    limits: [u32; 2],
) -> Vec<Value> {
    let mut params = fits(record, types, &group.criteria, personal_too, limits);
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

fn collect(answers: &mut Answers, slots: Slots) -> Result<GroupAnswer, Outage> {
    let full = match slots.full {
        Some(slot) => answers.all(slot)?.into_iter().map(Thing::from).collect(),
        None => Vec::new(),
    };
    let data = match slots.data {
        Some(slot) => answers.all(slot)?.into_iter().map(ThingData::from).collect(),
        None => Vec::new(),
    };
    let infos = match slots.infos {
        Some(slot) => answers.all(slot)?.into_iter().map(ThingInfo::from).collect(),
        None => Vec::new(),
    };
    let filtered = match slots.former {
        Some(slot) => answers.first(slot)?.is_some(),
        None => false,
    };
    Ok(GroupAnswer { full, data, infos, filtered })
}

/// What an entry says of a group, the fields by the alphabet.
#[derive(Serialize)]
struct Looked<'g> {
    found: Vec<(TypeId, usize)>,
    full: usize,
    intents: Vec<&'static str>,
    keys: usize,
    types: &'g Option<Vec<TypeId>>,
}

/// A read leaves its entry. The person's own look at their own record at the Shell does too.
async fn log(domain: &Domain, access: &RecordAccess, groups: &[Group], found: &[GroupAnswer]) {
    let looked: Vec<_> = groups
        .iter()
        .zip(found)
        .map(|(group, answer)| Looked {
            found: kinds_found(answer),
            full: answer.full.len() + answer.data.len(),
            intents: intents(access, group),
            keys: answer.infos.len(),
            types: &group.criteria.types,
        })
        .collect();
    audit::read(domain, Entry::of(access, Action::ReadThings).with(&looked)).await;
}

/// The types of what was found, each with how many.
fn kinds_found(answer: &GroupAnswer) -> Vec<(TypeId, usize)> {
    let mut found: BTreeMap<TypeId, usize> = BTreeMap::new();
    let types = answer.full.iter().map(|thing| thing.type_id);
    let types = types.chain(answer.data.iter().map(|thing| thing.type_id));
    for id in types.chain(answer.infos.iter().map(|info| info.type_id)) {
        *found.entry(id).or_default() += 1;
    }
    found.into_iter().collect()
}

/// What the person is shown the things for. Who is there and says nothing looks at them; no intent at all
/// must be said (methods.md 6.1, Intents).
fn intents(access: &RecordAccess, group: &Group) -> Vec<&'static str> {
    match &group.intents {
        Some(said) => said.iter().map(|intent| intent.name()).collect(),
        None if access.avenue() == Avenue::Offline => Vec::new(),
        None => vec![Intent::View.name()],
    }
}
