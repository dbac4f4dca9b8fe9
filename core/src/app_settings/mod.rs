//! What an application keeps about a person for itself: a document of its own, never looked into
//! (methods.md 11.1).

mod store;

use keepwell_store::{ReadFlight, Refusal, Slot, WriteFlight, params};
pub(crate) use store::GO_WITH_PERSON;
use store::{CLEAR, FIND, PUT};

use crate::ids::{AppId, PersonId};
use crate::{Domain, Outage};

/// Bytes of one document.
pub const LIMIT: usize = 64 * 1024;

/// Why settings cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// Longer than [`LIMIT`].
    #[error("settings may have {LIMIT} bytes at most")]
    TooLong,
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Replaces what the application keeps about the person; nothing clears it.
///
/// # Errors
/// `SettingsError::TooLong`, or an outage.
pub async fn set(
    domain: &Domain,
    app: AppId,
    person: PersonId,
    document: Option<&str>,
) -> Result<(), SettingsError> {
    let mut flight = WriteFlight::new();
    match document {
        Some(document) if document.len() > LIMIT => return Err(SettingsError::TooLong),
        Some(document) => drop(flight.run(PUT, params![app, person, document, domain.env.now()])),
        None => drop(flight.run(CLEAR, params![app, person])),
    }
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// Asks for it within another flight.
pub(crate) fn ask(flight: &mut ReadFlight, app: AppId, person: PersonId) -> Slot<(String,)> {
    flight.ask(&FIND, params![app, person])
}
