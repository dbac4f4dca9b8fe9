//! When an installation was last used, and whether from two places at once. It is told to the person, and
//! never keeps a device out: phones change networks.

use std::net::IpAddr;

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};
use moka::sync::Cache;

use super::store::{USE, USED, UseRow};
use crate::env::MINUTE;
use crate::ids::AppId;
use crate::keys::Purpose;
use crate::network::network;
use crate::{Domain, Outage};

/// How exactly the time of the last use is kept.
const EXACT: i64 = 5 * MINUTE;
/// Whoever is back at a former address within this time never left it.
const AT_ONCE: i64 = 15 * MINUTE;

/// Where an address is, digested.
type Place = [u8; 32];

/// What was noted lately; cheap to clone.
#[derive(Clone)]
pub struct Uses {
    noted: Cache<(AppId, Place), i64>,
}

impl Uses {
    pub(crate) fn new() -> Self {
        Self { noted: Cache::new(100_000) }
    }
}

/// Notes that an installation called from this address, once in some minutes for each.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn used(domain: &Domain, app: AppId, address: Option<IpAddr>) -> Result<(), Outage> {
    let now = domain.env.now();
    let place = domain.keys.mac(Purpose::CreationToken, &[b"used from", app.0.as_bytes(), &network(address)]);
    let noted = &domain.uses.noted;
    if noted.get(&(app, place)).is_some_and(|at| now - at < EXACT) {
        return Ok(());
    }
    noted.insert((app, place), now);
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&USE, params![app]);
    let Some(before) = domain.store.read(flight).await?.first(slot)? else { return Ok(()) };
    let after = next(before, place, now);
    let mut flight = WriteFlight::<Outage>::new();
    let places = (after.from, after.before_from);
    flight.run(USED, params![app, after.last_used, places.0, places.1, after.before_at, after.two_places_at]);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// What is known after a call from here.
fn next(before: UseRow, here: Place, now: i64) -> UseRow {
    let here = here.to_vec();
    if before.from.as_ref().is_none_or(|from| *from == here) {
        return UseRow { last_used: Some(now), from: Some(here), ..before };
    }
    let is_back =
        before.before_from.as_ref() == Some(&here) && before.before_at.is_some_and(|at| now - at < AT_ONCE);
    UseRow {
        two_places_at: if is_back { Some(now) } else { before.two_places_at },
        before_from: before.from,
        before_at: before.last_used,
        from: Some(here),
        last_used: Some(now),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(calls: &[(u8, i64)]) -> UseRow {
        let start =
            UseRow { last_used: None, from: None, before_from: None, before_at: None, two_places_at: None };
        calls.iter().fold(start, |row, (place, minute)| next(row, [*place; 32], minute * MINUTE))
    }

    #[test]
    fn a_phone_that_leaves_the_house_is_in_one_place() {
        assert_eq!(after(&[(1, 0), (1, 5), (2, 6), (2, 11)]).two_places_at, None);
        assert_eq!(after(&[(1, 0), (2, 20), (1, 300), (2, 600)]).two_places_at, None);
    }

    #[test]
    fn back_and_forth_within_minutes_is_two_places_at_once() {
        let both = after(&[(1, 0), (2, 2), (1, 5), (1, 30)]);
        assert_eq!((both.two_places_at, both.last_used), (Some(5 * MINUTE), Some(30 * MINUTE)));
    }
}
