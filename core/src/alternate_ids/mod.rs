//! Alternate ids: what an application itself calls a person and record, such as a patient number
//! (methods.md 9, connectivity.md 8.9).

mod store;

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};
use store::{COUNT_DOWN, COUNT_UP, DELETE, FIND, INSERT, LIST};
pub(crate) use store::{GO_WITH_PERSON, GO_WITH_RECORD};

use crate::audit::{self, Action, Entry};
use crate::authorizations::RecordAccess;
use crate::ids::{AppId, PersonId, RecordId};
use crate::{Domain, Outage, records};

/// Ids of one person and record in one application; what a client observed of the original.
pub const LIMIT: i64 = 100;

/// Why an id cannot be given or taken away.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AlternateIdError {
    /// The application uses the id already, perhaps for this very record.
    #[error("this application uses this alternate id already")]
    Taken,
    /// The record has [`LIMIT`] ids.
    #[error("a person and record have {LIMIT} alternate ids at most")]
    TooMany,
    /// No such id, or it is another record's.
    #[error("this application uses no such alternate id")]
    Unknown,
    /// The authorization changed at the same moment.
    #[error("something about this record changed just now; please try again")]
    Changed,
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Gives an id to the person and record of an access.
///
/// # Errors
/// `Taken`, `TooMany`, `Changed` after a revocation in parallel, or an outage.
pub async fn associate(
    domain: &Domain,
    access: &RecordAccess,
    app: AppId,
    id: &str,
) -> Result<(), AlternateIdError> {
    let (person, record, now) = (access.person(), access.record(), domain.env.now());
    let mut flight = WriteFlight::new();
    records::hold_access(&mut flight, record, access.revision(), AlternateIdError::Changed);
    flight
        .run(INSERT, params![app, id, person, record, now])
        .unique("alternate_id_pkey", AlternateIdError::Taken);
    // The limit is a guard on the row that changes: parallel calls cannot pass it together.
    flight.run(COUNT_UP, params![app, person, record, LIMIT]).affects(1, AlternateIdError::TooMany);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// Takes an id away; with `of`, only if it is that person's and record's.
///
/// # Errors
/// `Unknown`, or an outage.
pub async fn disassociate(
    domain: &Domain,
    app: AppId,
    id: &str,
    of: Option<(PersonId, RecordId)>,
) -> Result<(), AlternateIdError> {
    let found = find(domain, app, id).await?;
    let owner = found.filter(|owner| of.is_none_or(|of| of == *owner)).ok_or(AlternateIdError::Unknown)?;
    let (person, record) = owner;
    let mut flight = WriteFlight::new();
    flight.run(DELETE, params![app, id, person, record]).affects(1, AlternateIdError::Unknown);
    flight.run(COUNT_DOWN, params![app, person, record]);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// The ids of an access's person and record, oldest first. It leaves an entry in the log.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn of(domain: &Domain, access: &RecordAccess, app: AppId) -> Result<Vec<String>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&LIST, params![app, access.person(), access.record()]);
    let ids = domain.store.read(flight).await?.all(slot)?.into_iter().map(|(id,)| id).collect();
    audit::read(domain, Entry::of(access, Action::ReadAlternateIds)).await;
    Ok(ids)
}

/// Whose an application's id is, allowed or not any more.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn find(domain: &Domain, app: AppId, id: &str) -> Result<Option<(PersonId, RecordId)>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&FIND, params![app, id]);
    domain.store.read(flight).await?.first(slot)
}
