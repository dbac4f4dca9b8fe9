//! A person's installations.

use keepwell_store::{ReadFlight, params};

use super::store::{COUNT_OF, OF_PERSON, OWNER};
use crate::env::DAY;
use crate::ids::{AppId, PersonId};
use crate::{Domain, Outage};

/// For how long it is told that an installation was used from two places at once.
const TOLD: i64 = 30 * DAY;

/// An installation, as the person who made it sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installation {
    /// Its id.
    pub app: AppId,
    /// What is installed.
    pub master: AppId,
    /// What the device is called; empty if it did not say.
    pub name: String,
    /// When it was allowed, microseconds UTC.
    pub created: i64,
    /// When it last called.
    pub last_used: Option<i64>,
    /// When it was lately used from two places at once.
    pub two_places: Option<i64>,
    /// It was not used for as long as the host says.
    pub is_unused: bool,
}

/// The installations that a person has, the newest first.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn of_person(domain: &Domain, person: PersonId) -> Result<Vec<Installation>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&OF_PERSON, params![person]);
    let now = domain.env.now();
    let rows = domain.store.read(flight).await?.all(slot)?;
    let installation = |row: super::store::Row| Installation {
        app: row.app,
        master: row.master,
        name: row.name,
        created: row.created,
        last_used: row.last_used,
        two_places: row.two_places_at.filter(|at| now - at < TOLD),
        is_unused: now - row.last_used.unwrap_or(row.created) >= domain.devices.unused,
    };
    Ok(rows.into_iter().map(installation).collect())
}

/// Whose installation it is; `None` where it is none, or was cut off.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn owner(domain: &Domain, app: AppId) -> Result<Option<PersonId>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&OWNER, params![app]);
    Ok(domain.store.read(flight).await?.first(slot)?.map(|(person,)| person))
}

/// On how many devices an application is.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn count_of(domain: &Domain, master: AppId) -> Result<i64, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&COUNT_OF, params![master]);
    Ok(domain.store.read(flight).await?.first(slot)?.map_or(0, |(count,)| count))
}
