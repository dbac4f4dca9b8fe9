//! What an application does with its requests: poll, delete, give another external id (methods.md 8.2 to 8.4).

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

use super::store::{
    AUTHORIZED, BY_CODE, BY_LIVE_KEY, ConnectionRow, DELETE_PENDING, FREE_EXPIRED, RENAME, RENAME_PACKAGES,
};
use super::{ConnectionError, code, live_key};
use crate::ids::{AppId, PersonId, RecordId};
use crate::{Domain, Outage};

/// A request by which a person authorized an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorized {
    /// The application: the one that asks, or a child of it.
    pub app: AppId,
    /// Its own id of the person.
    pub external_id: String,
    /// The person.
    pub person: PersonId,
    /// The record that they chose last.
    pub record: RecordId,
}

/// Requests that were authorized at this time or later, of the application and its children. Reading them
/// changes nothing.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn authorized(domain: &Domain, app: AppId, since: Option<i64>) -> Result<Vec<Authorized>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&AUTHORIZED, params![app, domain.env.now(), since.unwrap_or(i64::MIN)]);
    let rows = domain.store.read(flight).await?.all(slot)?;
    let whole = rows.into_iter().filter_map(|row| {
        let (person, record) = row.person.zip(row.record)?;
        Some(Authorized { app: row.app, external_id: row.external_id, person, record })
    });
    Ok(whole.collect())
}

/// Deletes a request that nobody has authorized. That there is none is fine.
///
/// # Errors
/// `ConnectionError::Authorized` when somebody has.
pub async fn delete_pending(domain: &Domain, app: AppId, external_id: &str) -> Result<(), ConnectionError> {
    let Some(row) = live(domain, app, external_id).await? else { return Ok(()) };
    if row.state == "authorized" {
        return Err(ConnectionError::Authorized);
    }
    let mut flight = WriteFlight::new();
    flight.run(DELETE_PENDING, params![row.id]).affects(1, ConnectionError::Changed);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// How an application names what gets another external id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// The one with this code.
    Code(String),
    /// All that have this external id.
    ExternalId(String),
}

/// Gives requests and packages of the application another external id.
///
/// # Errors
/// `ConnectionError::UnknownCode`; `Taken` when another request has the new id.
pub async fn rename(domain: &Domain, app: AppId, named: &Named, new: &str) -> Result<(), ConnectionError> {
    if new.chars().count() > 255 {
        return Err(ConnectionError::TooLong("external-id may have 255 characters at most"));
    }
    let now = domain.env.now();
    let mut flight = WriteFlight::new();
    let key = live_key(domain, app, new);
    flight.run(FREE_EXPIRED, params![&key, now]);
    let row = match named {
        Named::Code(code) => Some(by_code(domain, app, code).await?),
        Named::ExternalId(old) => {
            flight.run(RENAME_PACKAGES, params![app, old, new, now]);
            live(domain, app, old).await?
        }
    };
    if let Some(row) = row {
        flight.run(RENAME, params![row.id, new, &key]).unique("connection_live", ConnectionError::Taken);
    }
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

pub(super) async fn by_code(
    domain: &Domain,
    app: AppId,
    typed: &str,
) -> Result<ConnectionRow, ConnectionError> {
    let canonical = code::canonical(typed).ok_or(ConnectionError::UnknownCode)?;
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&BY_CODE, params![code::hash(domain, &canonical)]);
    let row = domain.store.read(flight).await?.first(slot)?;
    row.filter(|row| row.app == app && row.expires > domain.env.now()).ok_or(ConnectionError::UnknownCode)
}

/// The request of the application with this external id, if its time is not over.
async fn live(domain: &Domain, app: AppId, external_id: &str) -> Result<Option<ConnectionRow>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&BY_LIVE_KEY, params![live_key(domain, app, external_id)]);
    let row = domain.store.read(flight).await?.first(slot)?;
    Ok(row.filter(|row| row.expires > domain.env.now()))
}
