//! Who fails to prove an installation's secret waits: for that installation, from that address. So nobody
//! can keep the device itself out, and its siblings notice nothing.

use std::net::IpAddr;

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

use super::store::{FAILED, FAILURES};
use crate::env::{HOUR, MINUTE, SECOND};
use crate::ids::AppId;
use crate::keys::Purpose;
use crate::network::network;
use crate::{Domain, Outage};

/// Failures without a wait.
const FREE: i64 = 10;
/// The longest wait, in microseconds.
const LONGEST: i64 = 5 * MINUTE;

fn who(domain: &Domain, app: AppId, address: Option<IpAddr>) -> [u8; 32] {
    domain.keys.mac(Purpose::CreationToken, &[b"failure", app.0.as_bytes(), &network(address)])
}

/// How many seconds are left to wait, if any, before this address may prove the installation's secret again.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn may_try(domain: &Domain, app: AppId, address: Option<IpAddr>) -> Result<Option<i64>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&FAILURES, params![who(domain, app, address)]);
    let Some((failures, last_at)) = domain.store.read(flight).await?.first(slot)? else { return Ok(None) };
    let left = last_at + wait(failures) - domain.env.now();
    Ok((left > 0).then_some(left / SECOND + 1))
}

/// Notes that this address failed.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn failed(domain: &Domain, app: AppId, address: Option<IpAddr>) -> Result<(), Outage> {
    let now = domain.env.now();
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(FAILED, params![who(domain, app, address), now, now - HOUR]);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// How long to wait after so many.
fn wait(failures: i64) -> i64 {
    let over = u32::try_from((failures - FREE).clamp(0, 20)).unwrap_or_default();
    if over == 0 { 0 } else { (SECOND << over).min(LONGEST) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_fails_again_and_again_waits_longer_and_never_for_ever() {
        assert_eq!([0, 1, FREE].map(wait), [0; 3]);
        assert_eq!([11, 12, 13].map(|n| wait(n) / SECOND), [2, 4, 8]);
        assert_eq!([19, 1000, i64::MAX].map(wait), [LONGEST; 3]);
    }
}
