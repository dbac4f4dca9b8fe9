//! Closing a record for a while, by who runs the server.

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

use super::State;
use super::store::{FIND, SET_STATE};
use crate::audit::{self, Action, Entry};
use crate::ids::RecordId;
use crate::{Domain, Outage};

/// Why a record's state cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StateError {
    /// There is no such record.
    #[error("there is no record {0}")]
    Unknown(RecordId),
    /// It is deleted, which is for good.
    #[error("the record is deleted; it cannot be opened again")]
    Deleted,
    /// Something about the record changed at the same moment.
    #[error("something about this record changed just now; please try again")]
    Changed,
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Sets how a record stands, effective at the next request through every door. The person can read it in
/// the record's log.
///
/// # Errors
/// `StateError` saying why not.
pub async fn set_state(domain: &Domain, id: RecordId, state: State) -> Result<(), StateError> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&FIND, params![id]);
    let row = domain.store.read(flight).await?.first(slot)?.ok_or(StateError::Unknown(id))?;
    if State::read(&row.state) == State::Deleted {
        return Err(StateError::Deleted);
    }
    let mut flight = WriteFlight::new();
    flight.run(SET_STATE, params![id, state.name(), row.access_revision]).affects(1, StateError::Changed);
    let details = serde_json::json!({ "state": state.name() });
    audit::write(domain, &mut flight, Entry::by_host(id, Action::SetRecordState).with(&details));
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}
