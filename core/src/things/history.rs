//! Former versions of a thing, for the person at the Shell.

use keepwell_store::{ReadFlight, params};

use super::store::VERSIONS;
use super::{Thing, ThingError};
use crate::Domain;
use crate::authorizations::{Avenue, RecordAccess};
use crate::ids::ThingId;

/// A version that was replaced.
pub type Former = Thing;

/// The former versions of a thing, the last first. Applications see none (methods.md 6.1).
///
/// # Errors
/// `ThingError::Access` for an application.
pub async fn history(
    domain: &Domain,
    access: &RecordAccess,
    thing: ThingId,
) -> Result<Vec<Former>, ThingError> {
    if access.avenue() != Avenue::Shell || !access.about().rights.custodian {
        return Err(crate::authorizations::AccessError::Denied.into());
    }
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&VERSIONS, params![access.record(), thing]);
    Ok(domain.store.read(flight).await?.all(slot)?.into_iter().map(Thing::from).collect())
}
