//! The calls that changed a record, by number (methods.md 10.2): each call that writes takes the next.

use keepwell_store::{ReadFlight, Slot, WriteFlight, params};

use super::store::{LAST_OPERATIONS, LATEST_OPERATIONS, NOTE, OPERATIONS, OperationRow};
use crate::ids::{RecordId, ThingId, TypeId, VersionStamp};

/// What was done to a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// It was made.
    Create,
    /// It was changed, or brought back.
    Update,
    /// It was removed.
    Delete,
}

impl Operation {
    /// Its name on the wire.
    #[must_use]
    pub fn wire_name(self) -> &'static str {
        match self {
            Self::Create => "Create",
            Self::Update => "Update",
            Self::Delete => "Delete",
        }
    }

    fn read(text: &str) -> Self {
        match text {
            "Create" => Self::Create,
            "Delete" => Self::Delete,
            _ => Self::Update,
        }
    }
}

/// One thing's part in a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The number of the call.
    pub sequence: i64,
    /// What was done.
    pub operation: Operation,
    /// To which thing.
    pub thing: ThingId,
    /// The version that came of it.
    pub stamp: VersionStamp,
    /// Its type.
    pub type_id: TypeId,
    /// Its effective date: wall clock, microseconds.
    pub eff_date: i64,
    /// Its end date, the far future for none.
    pub end_date: i64,
    /// Whether it was for the person alone.
    pub personal: bool,
    /// When, microseconds UTC.
    pub at: i64,
}

impl From<OperationRow> for Step {
    fn from(row: OperationRow) -> Self {
        Self {
            sequence: row.sequence,
            operation: Operation::read(&row.operation),
            thing: row.thing,
            stamp: row.stamp,
            type_id: row.type_id,
            eff_date: row.eff_date,
            end_date: row.end_date,
            personal: row.personal,
            at: row.at,
        }
    }
}

/// Notes a step within the flight that does it, after [`super::claim_write`], whose number it gets.
pub(crate) fn note<E>(flight: &mut WriteFlight<E>, id: RecordId, place: usize, step: &Step) {
    let place = i64::try_from(place).unwrap_or(i64::MAX);
    flight.run(
        NOTE,
        params![
            id,
            step.thing,
            place,
            step.operation.wire_name(),
            step.stamp,
            step.type_id,
            step.eff_date,
            step.end_date,
            step.personal,
            step.at
        ],
    );
}

/// Asks for the steps of calls after this number, in their order.
pub(crate) fn ask_steps(flight: &mut ReadFlight, id: RecordId, after: i64) -> Slot<OperationRow> {
    flight.ask(&OPERATIONS, params![id, after])
}

/// Asks for each type's last step at this time or later: type, time, and whether it was for the person
/// alone.
pub(crate) fn ask_changed(flight: &mut ReadFlight, id: RecordId, since: i64) -> Slot<(TypeId, i64)> {
    flight.ask(&LATEST_OPERATIONS, params![id, since])
}

/// Asks for the last steps, the latest call first.
pub(crate) fn ask_last(flight: &mut ReadFlight, id: RecordId, most: u32) -> Slot<OperationRow> {
    flight.ask(&LAST_OPERATIONS, params![id, most])
}
