//! What is over goes.

use keepwell_store::{Refusal, WriteFlight, params};

use super::LONGEST_TOKEN;
use super::store::SWEEP_FAILURES;
use crate::env::DAY;
use crate::{Domain, Outage, applications};

/// Forgets what people refused long enough ago that its token has expired, and who failed.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn sweep(domain: &Domain) -> Result<(), Outage> {
    let now = domain.env.now();
    let mut flight = WriteFlight::<Outage>::new();
    applications::sweep_refused(&mut flight, now - LONGEST_TOKEN - DAY);
    flight.run(SWEEP_FAILURES, params![now - DAY]);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}
