//! What was decided, written in one flight.

use keepwell_store::{Refusal, Value, WriteFlight, params};

use super::super::store::{FORGET_MADE_OF, INSERT, KEEP_VERSION, UPDATE};
use super::super::{PERSONAL, Problem, ThingError};
use super::Also;
use super::decide::Change;
use crate::audit::{self, Action, Entry};
use crate::authorizations::{Caller, RecordAccess};
use crate::blobs::{self, UploadError};
use crate::ids::VersionStamp;
use crate::records::{self, Operation, Step};
use crate::{Domain, Outage};

/// Writes the changes and what else is asked for, if the record is as it was read; `alone` if nothing at all may have
/// been done to it since.
pub(super) async fn write(
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
    let mut flight = WriteFlight::new();
    if alone {
        records::expect_sequence(&mut flight, record, about.operation_sequence, ThingError::Changed);
    }
    records::claim_write(&mut flight, record, access.revision(), grows_by, ThingError::Changed);
    let details: Vec<_> = changes
        .iter()
        .map(|c| serde_json::json!({ "thing": c.key.id, "type": c.type_id, "new": c.replaces.is_none() }))
        .collect();
    let now = domain.env.now();
    for change in changes {
        add(&mut flight, access, now, change);
    }
    if let Some(also) = also {
        also(&mut flight);
    }
    let action = if access.picks_up() { Action::PickUpPackage } else { Action::PutThings };
    audit::write(domain, &mut flight, Entry::of(access, action).with(&details));
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// One thing: what is told to those who follow the record, its new attachments, and its row.
fn add(flight: &mut WriteFlight<ThingError>, access: &RecordAccess, now: i64, mut change: Change) {
    let record = access.record();
    records::note(flight, record, change.index, &change.step(now));
    for blob in std::mem::take(&mut change.new_blobs) {
        // What was uploaded has changed meanwhile, or another call took it: look again.
        blobs::commit(flight, record, now, blob, ThingError::Changed);
    }
    match change.replaces {
        None => insert(flight, access, now, change),
        Some(old) => update(flight, access, now, change, old),
    }
}

fn insert(flight: &mut WriteFlight<ThingError>, access: &RecordAccess, now: i64, change: Change) {
    let record = access.record();
    let made_of = change.made_of.clone();
    if change.made_before {
        flight.run(FORGET_MADE_OF, params![record, made_of.clone()]);
    }
    let mut params = params![record, change.key.id, change.key.stamp];
    params.extend(rest(change, access, now));
    params.extend(params![made_of]);
    // The same create came twice at once: look again, and find what the other made.
    flight.run(INSERT, params).unique("thing_made_of", ThingError::Changed);
}

fn update(
    flight: &mut WriteFlight<ThingError>,
    access: &RecordAccess,
    now: i64,
    change: Change,
    old: VersionStamp,
) {
    let (record, id) = (access.record(), change.key.id);
    let gone = ThingError::Item { index: change.index, problem: Problem::StampMismatch };
    flight.run(KEEP_VERSION, params![record, id, old]).affects(1, gone.clone());
    let mut params = params![record, id, old, change.key.stamp];
    params.extend(rest(change, access, now));
    flight.run(UPDATE, params).affects(1, gone);
}

/// The parameters that `INSERT` and `UPDATE` share, in their order, from the type to the size.
fn rest(change: Change, access: &RecordAccess, now: i64) -> Vec<Value> {
    let size = change.size();
    params![
        change.type_id,
        change.flags,
        change.eff_date,
        change.end_date,
        now,
        access.app(),
        access.person(),
        access.avenue().name(),
        change.client_thing_id,
        change.tags,
        change.data_xml,
        change.signature,
        change.blobs.into_text(),
        size
    ]
}

impl Change {
    /// What is told of it to those who follow the record.
    fn step(&self, at: i64) -> Step {
        Step {
            sequence: 0,
            operation: if self.replaces.is_none() { Operation::Create } else { Operation::Update },
            thing: self.key.id,
            stamp: self.key.stamp,
            type_id: self.type_id,
            eff_date: self.eff_date,
            end_date: self.end_date,
            personal: self.flags & PERSONAL != 0,
            at,
        }
    }
}

fn of_upload(error: UploadError) -> ThingError {
    match error {
        UploadError::Outage(outage) => outage.into(),
        UploadError::Full => ThingError::Full,
        other => Outage::Unavailable(format!("keeping an attachment: {other}")).into(),
    }
}
