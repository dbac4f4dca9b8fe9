//! What was done to a record last, for the person at the Shell.

use std::collections::HashMap;

use keepwell_store::{ReadFlight, params};
use uuid::Uuid;

use super::list::{at_shell, log};
use super::store::{CURRENT, ThingRow};
use super::{PERSONAL, Thing, ThingError};
use crate::Domain;
use crate::applications::Permission;
use crate::authorizations::{Caller, knock};
use crate::ids::{RecordId, ThingId};
use crate::records::{self, Operation};

/// The most changes that are answered.
const MOST: u32 = 100;

/// A thing whose last change is among the record's last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The thing as it is now; `updated` says who changed it and when.
    pub thing: Thing,
    /// What that change was.
    pub operation: Operation,
}

/// The things that were changed last, each once, the latest first. What was removed is for custodians.
///
/// # Errors
/// `ThingError::Access` for an application, or when the record's door stays shut.
pub async fn latest(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    most: u32,
) -> Result<Vec<Changed>, ThingError> {
    let now = domain.env.now();
    let mut flight = ReadFlight::new();
    let door = knock(&mut flight, caller, record, now);
    let steps = records::ask_last(&mut flight, record, most.min(MOST));
    let mut answers = domain.store.read(flight).await?;
    at_shell(door.open(caller, &mut answers, now)?)?;
    let steps = answers.all(steps)?;

    let mut flight = ReadFlight::new();
    let door = knock(&mut flight, caller, record, now);
    let ids: Vec<Uuid> = steps.iter().map(|step| step.thing.0).collect();
    let rows = flight.ask(&CURRENT, params![record, ids]);
    let mut answers = domain.store.read(flight).await?;
    let access = at_shell(door.open(caller, &mut answers, now)?)?;
    let mut rows: HashMap<ThingId, ThingRow> =
        answers.all(rows)?.into_iter().map(|row| (row.id, row)).collect();
    rows.retain(|_, row| {
        let guarded = row.deleted || row.flags & PERSONAL != 0;
        access.may(Permission::Read, row.type_id) && (!guarded || access.is_custodian_at_shell())
    });
    // The first step that names a thing is its last change, unless it was changed again meanwhile.
    let changed = steps.into_iter().filter_map(|step| {
        let row = rows.remove(&step.thing)?;
        let operation = match (row.deleted, &*step.operation) {
            (true, _) => Operation::Delete,
            (false, "Create") => Operation::Create,
            (false, _) => Operation::Update,
        };
        Some(Changed { thing: row.into(), operation })
    });
    let changed: Vec<Changed> = changed.collect();
    log(domain, &access, &serde_json::json!({ "latest": changed.len() })).await;
    Ok(changed)
}
