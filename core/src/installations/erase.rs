//! The installations of a person who is erased.

use keepwell_store::{ReadFlight, WriteFlight, params};

use super::store::{DROP, DROP_COUNT, SOME_OF_PERSON};
use crate::ids::{AppId, PersonId};
use crate::{Domain, Outage, applications};

/// Some installations of a person, each with what is installed.
pub(crate) async fn some_of_person(
    domain: &Domain,
    person: PersonId,
    most: u32,
) -> Result<Vec<(AppId, AppId)>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&SOME_OF_PERSON, params![person, most]);
    domain.store.read(flight).await?.all(slot)
}

/// These go. Their ids stay taken, so that no device that still has one is taken for another's.
///
/// # Errors
/// `Outage` when what stays cannot be written.
pub(crate) fn go<E>(
    domain: &Domain,
    flight: &mut WriteFlight<E>,
    person: PersonId,
    installations: &[(AppId, AppId)],
) -> Result<(), Outage> {
    for (app, master) in installations {
        applications::forget_device(domain, flight, *app, *master)?;
        flight.run(DROP, params![*app]);
    }
    flight.run(DROP_COUNT, params![person]);
    Ok(())
}
