//! Visits: a person's way through the Shell's pages on behalf of an application (shell.md 3).
//!
//! What a visit is about is decided once, when it begins, and kept here; the browser carries a token
//! only. A visit ends after an hour, and can be finished once.

mod store;

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};
use store::{FIND, FINISH, INSERT, SWEEP, UPDATE};

use crate::env::HOUR;
use crate::{Domain, Outage, tokens};

/// How long a visit may take (shell.md 3).
pub const LIFE: i64 = HOUR;

/// Why a visit cannot go on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VisitError {
    /// Expired, finished, or never begun.
    #[error("this visit is over; please start again from the website or app")]
    Over,
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Begins a visit about what the document says; answers the browser's token.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn begin(domain: &Domain, document: String) -> Result<String, Outage> {
    let token = tokens::mint(&domain.env, "");
    let now = domain.env.now();
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(SWEEP, params![now]);
    flight.run(INSERT, params![&tokens::hash(&token), document, now, now + LIFE]);
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok(token)
}

/// What the visit is about.
///
/// # Errors
/// `VisitError::Over` when it has ended or never was.
pub async fn find(domain: &Domain, token: &str) -> Result<String, VisitError> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&FIND, params![&tokens::hash(token), domain.env.now()]);
    let row = domain.store.read(flight).await?.first(slot)?;
    row.map(|(document,)| document).ok_or(VisitError::Over)
}

/// Replaces what the visit knows (a new account was made, say).
///
/// # Errors
/// `VisitError::Over` when it has ended.
pub async fn update(domain: &Domain, token: &str, document: String) -> Result<(), VisitError> {
    let mut flight = WriteFlight::new();
    flight
        .run(UPDATE, params![&tokens::hash(token), document, domain.env.now()])
        .affects(1, VisitError::Over);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// Ends the visit: of any number of parallel calls, one succeeds.
///
/// # Errors
/// `VisitError::Over` when it has ended already.
pub async fn finish(domain: &Domain, token: &str) -> Result<(), VisitError> {
    let mut flight = WriteFlight::new();
    flight.run(FINISH, params![&tokens::hash(token), domain.env.now()]).affects(1, VisitError::Over);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}
