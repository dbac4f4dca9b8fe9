//! What the server says about itself, and since when (GetServiceDefinition, `updated-date`).

mod store;

use aws_lc_rs::digest::{SHA256, digest};
use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};
use store::{FIND, PUT};

use crate::{Domain, Outage};

/// Since when the service describes itself so, microseconds UTC. A description that is not the one that is
/// known makes it now: a restart alone changes nothing, and every server process says the same.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn since(domain: &Domain, description: &str) -> Result<i64, Outage> {
    let digest = digest(&SHA256, description.as_bytes());
    let digest = digest.as_ref();
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
