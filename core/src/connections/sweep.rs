//! What is over goes, with all that it says.

use keepwell_store::{Refusal, WriteFlight, params};

use super::store::{SWEEP, SWEEP_MISSES};
use crate::env::DAY;
use crate::{Domain, Outage, packages};

/// Who holds a code is told for so long that it has expired.
const TOLD: i64 = 28 * DAY;

/// Forgets requests and packages that expired long ago, and who tried codes.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn sweep(domain: &Domain) -> Result<(), Outage> {
    let now = domain.env.now();
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(SWEEP, params![now - TOLD]);
    packages::sweep(&mut flight, now);
    flight.run(SWEEP_MISSES, params![now - DAY]);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}
