//! Who tries codes that nobody gave out waits between them, by account and by address; nobody is refused for good,
//! and nobody for what others do elsewhere (connectivity.md 3.8).

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

use super::PickupError;
use super::store::{FIRST_TRY, NO_TRY, TRIES, TRY};
use crate::env::{HOUR, SECOND};
use crate::ids::PersonId;
use crate::keys::Purpose;
use crate::{Domain, Outage};

/// Codes that an account may try before it waits.
const FREE_TO_PERSON: i64 = 5;
/// The same for an address, behind which many may be.
const FREE_TO_ADDRESS: i64 = 50;
/// The longest wait between two of them, in microseconds.
const LONGEST_WAIT: i64 = 15 * 60 * SECOND;
/// After so long without one, all is forgotten.
const FORGOTTEN: i64 = HOUR;
/// How often a try is claimed anew when others come at the same moment.
const ATTEMPTS: usize = 20;

/// Whose tries are counted.
struct Who {
    key: [u8; 32],
    free: i64,
    /// Tries and when the last was, as they were before this one.
    before: Option<(i64, i64)>,
}

/// A try, which was counted before anybody looked whether there is such a code.
pub(super) struct Try(Vec<Who>);

/// Counts a try of a person at an address.
pub(super) async fn claim(
    domain: &Domain,
    person: PersonId,
    address: Option<&str>,
) -> Result<Try, PickupError> {
    let key = |kind: &[u8], of: &[u8]| domain.keys.mac(Purpose::PickupCode, &[kind, of]);
    let mut who = vec![Who { key: key(b"person", person.0.as_bytes()), free: FREE_TO_PERSON, before: None }];
    who.extend(address.map(|address| Who {
        key: key(b"address", address.as_bytes()),
        free: FREE_TO_ADDRESS,
        before: None,
    }));
    for _ in 0..ATTEMPTS {
        let now = domain.env.now();
        read(domain, &mut who).await?;
        let wait = who.iter().map(|who| who.wait(now)).max().unwrap_or_default();
        if wait > 0 {
            return Err(PickupError::Wait { seconds: wait / SECOND + 1 });
        }
        if count(domain, &who, now).await? {
            return Ok(Try(who));
        }
    }
    Err(PickupError::Wait { seconds: 1 })
}

impl Who {
    /// Tries that still count.
    fn tries(&self, now: i64) -> i64 {
        self.before.filter(|(_, last_at)| *last_at >= now - FORGOTTEN).map_or(0, |(tries, _)| tries)
    }

    /// How long they have to wait, in microseconds; 0 or less for not at all.
    fn wait(&self, now: i64) -> i64 {
        self.before.map_or(0, |(_, last_at)| last_at + pause(self.tries(now) - self.free) - now)
    }
}

async fn read(domain: &Domain, who: &mut [Who]) -> Result<(), Outage> {
    let mut flight = ReadFlight::new();
    let slots: Vec<_> = who.iter().map(|who| flight.ask(&TRIES, params![&who.key])).collect();
    let mut answers = domain.store.read(flight).await?;
    for (who, slot) in who.iter_mut().zip(slots) {
        who.before = answers.first(slot)?;
    }
    Ok(())
}

/// Counts it; answers false where another came first.
async fn count(domain: &Domain, who: &[Who], now: i64) -> Result<bool, Outage> {
    let mut flight = WriteFlight::<()>::new();
    for who in who {
        match who.before {
            None => flight.run(FIRST_TRY, params![&who.key, now]).unique("connection_miss_pkey", ()),
            Some((was, last_at)) => {
                flight.run(TRY, params![&who.key, was, last_at, who.tries(now) + 1, now]).affects(1, ())
            }
        };
    }
    match domain.store.write(flight).await {
        Ok(_) => Ok(true),
        Err(Refusal::Because(())) => Ok(false),
        Err(Refusal::Out(outage)) => Err(outage),
    }
}

impl Try {
    /// There was such a code: it does not count.
    pub(super) async fn give_back(self, domain: &Domain) -> Result<(), Outage> {
        let mut flight = WriteFlight::<Outage>::new();
        for who in &self.0 {
            flight.run(NO_TRY, params![&who.key]);
        }
        domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
    }
}

/// How long to wait after so many more than are free, in microseconds.
fn pause(over: i64) -> i64 {
    match u32::try_from(over) {
        Err(_) | Ok(0) => 0,
        Ok(over) => SECOND.checked_shl(over.min(20)).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_guesses_waits_longer_each_time_and_never_for_ever() {
        assert_eq!([-5, 0].map(pause), [0, 0]);
        assert_eq!([1, 2, 3].map(|n| pause(n) / SECOND), [2, 4, 8]);
        assert_eq!([20, 1_000_000].map(pause), [LONGEST_WAIT; 2]);
    }
}
