//! Who may authorize an application that is not for everyone (`restrict-app-users`, methods.md 11.2).

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

use super::store::{ADMIT, IS_ADMITTED};
use super::{Application, ApplicationError, find};
use crate::ids::{AppId, PersonId};
use crate::{Domain, Outage};

/// Admits a person to an application; once more changes nothing. No access to anything follows from it.
///
/// # Errors
/// `ApplicationError::Unknown`, or an outage.
pub async fn admit(domain: &Domain, app: AppId, person: PersonId) -> Result<(), ApplicationError> {
    find(domain, app).await?.ok_or(ApplicationError::Unknown(app))?;
    let mut flight = WriteFlight::new();
    flight.run(ADMIT, params![app, person, domain.env.now()]);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// Whether a person may authorize the application.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn is_admitted(domain: &Domain, app: &Application, person: PersonId) -> Result<bool, Outage> {
    if !app.restrict_users {
        return Ok(true);
    }
    let mut flight = ReadFlight::new().short();
    let slot = flight.ask(&IS_ADMITTED, params![app.as_registered(), person]);
    Ok(domain.store.read(flight).await?.first(slot)?.is_some())
}
