//! What the server says about itself, and since when (GetServiceDefinition, `updated-date`).

mod store;

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};
use store::{FIND, PUT};

use crate::{Domain, Outage};

/// Since when the service is as this digest says, microseconds UTC. A digest that is not the one that is
/// known makes it now, so that a restart alone changes nothing and every server process says the same.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn since(domain: &Domain, digest: &[u8]) -> Result<i64, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&FIND, params![]);
    let known = domain.store.read(flight).await?.first(slot)?;
    if let Some((_, since)) = known.filter(|(known, _)| known == digest) {
        return Ok(since);
    }
    let now = domain.env.now();
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(PUT, params![digest, now]);
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok(now)
}
