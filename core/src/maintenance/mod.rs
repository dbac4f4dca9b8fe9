//! Maintenance: for a while nothing is changed, and everything can still be read.
//!
//! What decides is a row, so that it holds on every server process at its next request. It is asked for
//! at every request that would change something, by whichever face it comes.

mod store;

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};
use store::{BEGIN, CURRENT, END};

use crate::{Domain, Outage};

/// A maintenance that is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maintenance {
    /// Since when, microseconds UTC.
    pub since: i64,
    /// What people are told beside that nothing can be changed; may be empty.
    pub message: String,
}

/// Begins maintenance, or changes what is said about it.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn begin(domain: &Domain, message: &str) -> Result<(), Outage> {
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(BEGIN, params![domain.env.now(), message]);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// Ends maintenance; without one nothing happens.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn end(domain: &Domain) -> Result<(), Outage> {
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(END, params![]);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// The maintenance that is under way.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn current(domain: &Domain) -> Result<Option<Maintenance>, Outage> {
    let mut flight = ReadFlight::new().short();
    let slot = flight.ask(&CURRENT, params![]);
    let row = domain.store.read(flight).await?.first(slot)?;
    Ok(row.map(|(since, message)| Maintenance { since, message }))
}
