//! Letters to somebody who is erased.

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};
use uuid::Uuid;

use super::deliver::open;
use super::store::{FORGET, SOME_WAITING};
use crate::credentials::fold;
use crate::{Domain, Outage};

/// Letters looked at in one go.
const PAGE: u32 = 100;

/// Forgets letters to this address that still wait. They are sealed, so each is opened to see where it goes.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub(crate) async fn forget(domain: &Domain, address: &str) -> Result<(), Outage> {
    let mut after = Uuid::nil();
    loop {
        let mut flight = ReadFlight::new();
        let slot = flight.ask(&SOME_WAITING, params![after, PAGE]);
        let some = domain.store.read(flight).await?.all(slot)?;
        let Some((last, _)) = some.last() else { return Ok(()) };
        after = *last;
        let mut flight = WriteFlight::<Outage>::new();
        for (id, sealed) in &some {
            // One that cannot be opened goes nowhere and is given up by itself.
            let Ok(letter) = open(domain, *id, sealed) else { continue };
            if letter.to.iter().any(|to| fold(&to.address) == fold(address)) {
                flight.run(FORGET, params![*id]);
            }
        }
        domain.store.write(flight).await.map_err(Refusal::reason)?;
    }
}
