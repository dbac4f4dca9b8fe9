//! Bringing back what was removed: a new version, in which the thing is active again (things.md 2.5).

use std::collections::HashMap;

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};
use uuid::Uuid;

use super::put::ATTEMPTS;
use super::store::{CURRENT, KEEP_REMOVED, OF_TYPES, RESTORE, ThingRow};
use super::{MAX_WRITE, Problem, ThingError, ThingKey};
use crate::applications::Permission;
use crate::audit::{self, Action, Entry};
use crate::authorizations::{AccessError, Caller, RecordAccess, knock};
use crate::ids::{RecordId, ThingId, TypeId, VersionStamp};
use crate::records::{self, Operation};
use crate::{Domain, thing_types};

/// Brings removed things back, all or none; answers their new keys in the same order. Only a custodian at
/// the Shell can.
///
/// # Errors
/// `ThingError::Access` for anybody else; `ThingError::Item` with the index of the first that is refused.
pub async fn restore(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    things: &[ThingKey],
) -> Result<Vec<ThingKey>, ThingError> {
    if things.len() > MAX_WRITE {
        return Err(ThingError::TooMany);
    }
    let ids: Vec<Uuid> = things.iter().map(|key| key.id.0).collect();
    let singletons: Vec<Uuid> = thing_types::all().iter().filter(|t| t.singleton).map(|t| t.id.0).collect();
    for _ in 0..ATTEMPTS {
        let mut flight = ReadFlight::new();
        let door = knock(&mut flight, caller, record, domain.env.now());
        let current = flight.ask(&CURRENT, params![record, ids.clone()]);
        let existing = flight.ask(&OF_TYPES, params![record, singletons.clone()]);
        let mut answers = domain.store.read(flight).await?;
        let access = door.open(caller, &mut answers, domain.env.now())?;
        if !access.is_custodian_at_shell() {
            return Err(AccessError::Denied.into());
        }
        let current: HashMap<ThingId, ThingRow> =
            answers.all(current)?.into_iter().map(|row| (row.id, row)).collect();
        let existing = answers.all(existing)?.into_iter().map(|(id,)| id).collect();
        let removed = decide(&access, &current, existing, things)?;
        match write(domain, &access, &removed).await {
            Err(ThingError::Changed) => {}
            other => return other,
        }
    }
    Err(ThingError::Changed)
}

/// The rows that come back; `existing` are the singleton types of which the record has a thing.
fn decide<'a>(
    access: &RecordAccess,
    current: &'a HashMap<ThingId, ThingRow>,
    mut existing: Vec<TypeId>,
    things: &[ThingKey],
) -> Result<Vec<&'a ThingRow>, ThingError> {
    let mut removed = Vec::with_capacity(things.len());
    for (index, key) in things.iter().enumerate() {
        let refuse = |problem| Err(ThingError::Item { index, problem });
        if things.iter().take(index).any(|other| other.id == key.id) {
            return refuse(Problem::Twice);
        }
        let Some(stored) = current.get(&key.id) else { return refuse(Problem::Unknown) };
        if !stored.deleted {
            return refuse(Problem::NotRemoved);
        }
        if !access.may(Permission::Update, stored.type_id) {
            return refuse(Problem::Denied("bring back"));
        }
        if stored.stamp != key.stamp {
            return refuse(Problem::StampMismatch);
        }
        if is_singleton(stored) {
            if existing.iter().any(|other| thing_types::are_related(*other, stored.type_id)) {
                return refuse(Problem::Singleton);
            }
            existing.push(stored.type_id);
        }
        removed.push(stored);
    }
    Ok(removed)
}

fn is_singleton(row: &ThingRow) -> bool {
    thing_types::find(row.type_id).is_some_and(|kind| kind.singleton)
}

async fn write(
    domain: &Domain,
    access: &RecordAccess,
    removed: &[&ThingRow],
) -> Result<Vec<ThingKey>, ThingError> {
    if removed.is_empty() {
        return Ok(Vec::new());
    }
    let (record, now, about) = (access.record(), domain.env.now(), access.about());
    // The version that it was removed in is kept whole beside the new one.
    let grows_by: i64 = removed.iter().map(|row| row.size()).sum();
    if about.size_bytes + grows_by > about.max_size_bytes {
        return Err(ThingError::Quota);
    }
    let mut flight = WriteFlight::new();
    if removed.iter().any(|row| is_singleton(row)) {
        records::expect_sequence(&mut flight, record, about.operation_sequence, ThingError::Changed);
    }
    records::claim_write(&mut flight, record, access.revision(), grows_by, ThingError::Changed);
    let mut keys = Vec::with_capacity(removed.len());
    for (index, row) in removed.iter().enumerate() {
        let gone = ThingError::Item { index, problem: Problem::StampMismatch };
        flight.run(KEEP_REMOVED, params![record, row.id, row.stamp]).affects(1, gone.clone());
        let key = ThingKey { id: row.id, stamp: VersionStamp(domain.env.uuid()) };
        let (app, person, avenue) = (access.app(), access.person(), access.avenue().name());
        let writing = params![record, key.id, row.stamp, key.stamp, now, app, person, avenue];
        flight.run(RESTORE, writing).affects(1, gone);
        let step = row.step(Operation::Update, key.stamp, now);
        records::note(&mut flight, record, index, &step);
        keys.push(key);
    }
    let details: Vec<_> =
        removed.iter().map(|row| serde_json::json!({ "thing": row.id, "type": row.type_id })).collect();
    audit::write(domain, &mut flight, Entry::of(access, Action::RestoreThings).with(&details));
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok(keys)
}
