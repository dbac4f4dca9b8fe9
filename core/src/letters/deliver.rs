//! Handing letters over: claim, work, confirm.

use std::time::Duration;

use futures_util::future::join_all;
use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};
use uuid::Uuid;

use super::store::{CLAIM, COUNT_GIVEN_UP, ClaimedRow, DROP, DUE, POSTPONE};
use super::{Letter, MailError, Mailer, Outgoing};
use crate::env::{DAY, HOUR, MINUTE};
use crate::keys::Purpose;
use crate::{Domain, Outage};

/// How long a letter belongs to who claimed it, microseconds. After that another may try.
pub const LEASE: i64 = 10 * MINUTE;
/// How long a letter is tried, microseconds. Even a refusal that a server calls final is tried again: it
/// also says so when our own password is wrong.
pub const LIFE: i64 = 3 * DAY;
/// The longest pause between two tries.
const LONGEST_PAUSE: i64 = 4 * HOUR;
/// Letters under way at a time.
const AT_ONCE: i64 = 8;
/// A carrier that takes longer has failed; well within the lease.
const PATIENCE: Duration = Duration::from_secs(5 * 60);

/// Hands over all letters that are due; answers how many left.
///
/// # Errors
/// `Outage` when the store cannot do it. A letter that a carrier does not take is no error: it waits.
pub async fn deliver(domain: &Domain, mailer: &dyn Mailer) -> Result<usize, Outage> {
    let mut delivered = 0;
    while let Some(some) = deliver_some(domain, mailer).await? {
        delivered += some;
    }
    Ok(delivered)
}

/// Hands over some letters that are due, so that a server that stops need not finish all of them; answers how
/// many left, and `None` when none was due.
///
/// # Errors
/// As [`deliver`].
pub async fn deliver_some(domain: &Domain, mailer: &dyn Mailer) -> Result<Option<usize>, Outage> {
    let mut flight = ReadFlight::new();
    let due = flight.ask(&DUE, params![domain.env.now(), AT_ONCE]);
    let due = domain.store.read(flight).await?.all(due)?;
    if due.is_empty() {
        return Ok(None);
    }
    let mut delivered = 0;
    for left in join_all(due.into_iter().map(|(id,)| hand_over(domain, mailer, id))).await {
        delivered += usize::from(left?);
    }
    Ok(Some(delivered))
}

/// Whether we claimed the letter and it left.
async fn hand_over(domain: &Domain, mailer: &dyn Mailer, id: Uuid) -> Result<bool, Outage> {
    let (claim, now) = (domain.env.uuid(), domain.env.now());
    let mut flight = WriteFlight::<Outage>::new();
    let row = flight.ask(&CLAIM, params![id, now + LEASE, claim, now]).slot();
    let row = domain.store.write(flight).await.map_err(Refusal::reason)?.first(row)?;
    let Some(row) = row else { return Ok(false) };
    let sent = match open(domain, id, &row.sealed) {
        Ok(letter) => {
            let outgoing = Outgoing { id, letter };
            let late = |_| Err(MailError::because("it took too long"));
            tokio::time::timeout(PATIENCE, mailer.send(&outgoing)).await.unwrap_or_else(late)
        }
        Err(error) => Err(error),
    };
    let left = sent.is_ok();
    let mut flight = WriteFlight::new();
    match sent {
        Ok(_) => {
            flight.run(DROP, params![id, claim]).affects(1, Lapsed::Claim);
        }
        Err(error) => after_failure(domain, &mut flight, id, claim, &row, &error),
    }
    match domain.store.write(flight).await.map_err(Refusal::reason) {
        // Another took it over in the meantime, and it is theirs to say how it went.
        Ok(_) | Err(Lapsed::Claim) => Ok(left),
        Err(Lapsed::Outage(outage)) => Err(outage),
    }
}

/// The claim does not hold any more.
#[derive(Debug, thiserror::Error)]
enum Lapsed {
    #[error("another has claimed the letter")]
    Claim,
    #[error(transparent)]
    Outage(#[from] Outage),
}

pub(super) fn open(domain: &Domain, id: Uuid, sealed: &[u8]) -> Result<Letter, MailError> {
    let plain = domain.keys.open(Purpose::Letter, id.as_bytes(), sealed);
    let plain = plain.map_err(|error| MailError::because(error.to_string()))?;
    serde_json::from_slice(&plain).map_err(|_| MailError::because("it is not a letter as we write them"))
}

fn after_failure(
    domain: &Domain,
    flight: &mut WriteFlight<Lapsed>,
    id: Uuid,
    claim: Uuid,
    row: &ClaimedRow,
    error: &MailError,
) {
    let now = domain.env.now();
    if now - row.created >= LIFE {
        tracing::error!(letter = %id, tries = row.tries, %error, "a letter is given up");
        flight.run(DROP, params![id, claim]).affects(1, Lapsed::Claim);
        flight.run(COUNT_GIVEN_UP, params![now - now.rem_euclid(DAY)]);
    } else {
        tracing::warn!(letter = %id, tries = row.tries, %error, "a letter waits for another try");
        let due = now + pause(row.tries);
        flight.run(POSTPONE, params![id, claim, due]).affects(1, Lapsed::Claim);
    }
}

/// How long to wait after so many tries: a minute, two, four, up to some hours.
fn pause(tries: i64) -> i64 {
    (MINUTE << (tries - 1).clamp(0, 16)).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_doubles_up_to_some_hours() {
        assert_eq!([1, 2, 3].map(pause), [MINUTE, 2 * MINUTE, 4 * MINUTE]);
        assert_eq!([9, 40, i64::MAX].map(pause), [LONGEST_PAUSE; 3]);
    }
}
