//! Operators: the persons who run this server. They have no more right to a record than anyone else.

mod store;

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};
use store::{ALL, DROP, INSERT};

use crate::ids::PersonId;
use crate::{Domain, Outage};

/// Makes a person an operator.
///
/// # Errors
/// `Outage` when it cannot be kept.
pub async fn appoint(domain: &Domain, person: PersonId) -> Result<(), Outage> {
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(INSERT, params![person, domain.env.now()]);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// All operators, the first first.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn all(domain: &Domain) -> Result<Vec<PersonId>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&ALL, params![]);
    Ok(domain.store.read(flight).await?.all(slot)?.into_iter().map(|(id,)| id).collect())
}

/// Who is erased runs nothing, in the flight that erases them.
pub(crate) fn erase<E>(flight: &mut WriteFlight<E>, person: PersonId) {
    flight.run(DROP, params![person]);
}
