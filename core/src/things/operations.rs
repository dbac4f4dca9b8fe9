//! Following a record: what was done to it since, as far as the caller may know (methods.md 10.2).

use keepwell_store::ReadFlight;

use crate::Domain;
use crate::applications::Permission;
use crate::audit::{self, Action, Entry};
use crate::authorizations::{AccessError, Caller, RecordAccess, knock};
use crate::ids::RecordId;
use crate::records::{self, Operation, Step};

/// The record's latest number, and the steps of calls after this one, in their order. The number counts all
/// calls; the steps are those on types that the caller may read.
///
/// # Errors
/// `AccessError` when the record's door stays shut.
pub async fn operations(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    after: i64,
) -> Result<(i64, Vec<Step>), AccessError> {
    let now = domain.env.now();
    let mut flight = ReadFlight::new();
    let door = knock(&mut flight, caller, record, now);
    let steps = records::ask_steps(&mut flight, record, after);
    let mut answers = domain.store.read(flight).await?;
    let access = door.open(caller, &mut answers, now)?;
    let steps = answers.all(steps)?.into_iter().map(Step::from);
    let visible: Vec<Step> = steps.filter_map(|step| as_seen(&access, step)).collect();
    let details = serde_json::json!({ "steps": visible.len() });
    audit::read(domain, Entry::of(&access, Action::ReadOperations).with(&details)).await;
    Ok((access.about().operation_sequence, visible))
}

/// A step as the caller sees it. What became the person's own is gone for an application; what was so from
/// the beginning never was.
fn as_seen(access: &RecordAccess, step: Step) -> Option<Step> {
    if !access.may(Permission::Read, step.type_id) {
        return None;
    }
    if access.app().is_none() || !step.personal {
        return Some(step);
    }
    match step.operation {
        Operation::Create => None,
        Operation::Update | Operation::Delete => Some(Step { operation: Operation::Delete, ..step }),
    }
}
