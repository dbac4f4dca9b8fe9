//! Removing things: a new version, in which the thing is deleted.

use std::collections::HashMap;

use keepwell_store::{Refusal, WriteFlight, params};
use uuid::Uuid;

use super::group::by_their_ids;
use super::store::{CURRENT, KEEP_VERSION, REMOVE, ThingRow};
use super::{MAX_WRITE, Problem, ThingError};
use crate::Domain;
use crate::applications::Permission;
use crate::audit::{self, Action, Entry};
use crate::authorizations::{Caller, RecordAccess, knock};
use crate::ids::{RecordId, ThingId, VersionStamp};
use crate::records::{self, Operation};

/// What a former version costs the record, besides its data.
const ROW_BYTES: i64 = 256;

/// Removes things, all or none.
///
/// # Errors
/// `ThingError::Item` with the index of the first that is refused.
pub async fn remove(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    things: &[(ThingId, Option<VersionStamp>)],
) -> Result<(), ThingError> {
    if things.len() > MAX_WRITE {
        return Err(ThingError::TooMany);
    }
    let ids: Vec<Uuid> = things.iter().map(|(id, _)| id.0).collect();
    let mut flight = by_their_ids(things.len());
    let door = knock(&mut flight, caller, record, domain.env.now());
    let current = flight.ask(&CURRENT, params![record, ids]);
    let mut answers = domain.store.read(flight).await?;
    let access = door.open(caller, &mut answers, domain.env.now())?;
    let current: HashMap<ThingId, ThingRow> =
        answers.all(current)?.into_iter().map(|row| (row.id, row)).collect();
    decide(&access, &current, things)?;
    write(domain, &access, &current, things).await
}

fn decide(
    access: &RecordAccess,
    current: &HashMap<ThingId, ThingRow>,
    things: &[(ThingId, Option<VersionStamp>)],
) -> Result<(), ThingError> {
    for (index, (id, stamp)) in things.iter().enumerate() {
        let refuse = |problem| Err(ThingError::Item { index, problem });
        if things.iter().take(index).any(|(other, _)| other == id) {
            return refuse(Problem::Twice);
        }
        let Some(stored) = current.get(id).filter(|row| !row.deleted) else {
            return refuse(Problem::Unknown);
        };
        if !access.may(Permission::Delete, stored.type_id) {
            let seen = access.may(Permission::Read, stored.type_id);
            return refuse(if seen { Problem::Denied("remove") } else { Problem::Unknown });
        }
        match stamp {
            None => return refuse(Problem::StampMissing),
            Some(stamp) if *stamp != stored.stamp => return refuse(Problem::StampMismatch),
            Some(_) => {}
        }
    }
    Ok(())
}

async fn write(
    domain: &Domain,
    access: &RecordAccess,
    current: &HashMap<ThingId, ThingRow>,
    things: &[(ThingId, Option<VersionStamp>)],
) -> Result<(), ThingError> {
    let (record, now) = (access.record(), domain.env.now());
    let grows_by = ROW_BYTES * i64::try_from(things.len()).unwrap_or_default();
    let about = access.about();
    if about.size_bytes + grows_by > about.max_size_bytes {
        return Err(ThingError::Quota);
    }
    let mut flight = WriteFlight::new();
    records::claim_write(&mut flight, record, access.revision(), grows_by, ThingError::Changed);
    for (index, (id, stamp)) in things.iter().enumerate() {
        let gone = ThingError::Item { index, problem: Problem::StampMismatch };
        flight.run(KEEP_VERSION, params![record, *id, *stamp]).affects(1, gone.clone());
        let new = VersionStamp(domain.env.uuid());
        let writing =
            params![record, *id, *stamp, new, now, access.app(), access.person(), access.avenue().name()];
        flight.run(REMOVE, writing).affects(1, gone);
        if let Some(stored) = current.get(id) {
            let step = stored.step(Operation::Delete, new, now);
            records::note(&mut flight, record, index, &step);
        }
    }
    let type_of = |id: &ThingId| current.get(id).map(|row| row.type_id);
    let details: Vec<_> =
        things.iter().map(|(id, _)| serde_json::json!({ "thing": id, "type": type_of(id) })).collect();
    audit::write(domain, &mut flight, Entry::of(access, Action::RemoveThings).with(&details));
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}
