//! A person types a code: what they learn before they answer (connectivity.md 3.4, 3.8).

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

use super::store::{BY_CODE, ConnectionRow, MISS, MISSES};
use super::{ConnectionId, Kind, PickupError, code};
use crate::Domain;
use crate::env::{HOUR, SECOND};
use crate::ids::{AppId, PersonId};
use crate::keys::Purpose;

/// Codes that nobody gave out which a person may try before they wait.
const FREE_MISSES: u32 = 5;
/// The longest wait between two of them, in microseconds.
const LONGEST_WAIT: i64 = 15 * 60 * SECOND;
/// After so long without one, all is forgotten.
const FORGOTTEN: i64 = HOUR;

/// What belongs to a code, as far as somebody learns who has not answered yet: who asks, and the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which.
    pub id: ConnectionId,
    /// What it is.
    pub kind: Kind,
    /// Who asks.
    pub app: AppId,
    /// The question.
    pub question: String,
    /// Answers that are left.
    pub answers_left: i64,
}

/// Finds what belongs to a code, for a person who is signed in. `address` is where they are, if that is
/// known: who tries many codes waits between them, by account and by address.
///
/// # Errors
/// `PickupError` saying how it stands, to whoever holds a code that exists; one text to all others.
pub async fn find(
    domain: &Domain,
    person: PersonId,
    address: Option<&str>,
    typed: &str,
) -> Result<Found, PickupError> {
    let mut who = vec![domain.keys.mac(Purpose::PickupCode, &[b"person", person.0.as_bytes()])];
    who.extend(
        address.map(|address| domain.keys.mac(Purpose::PickupCode, &[b"address", address.as_bytes()])),
    );
    wait(domain, &who).await?;
    let row = match code::canonical(typed) {
        Some(canonical) => {
            let mut flight = ReadFlight::new();
            let slot = flight.ask(&BY_CODE, params![code::hash(domain, &canonical)]);
            domain.store.read(flight).await?.first(slot)?
        }
        // A slip of the pen is not a guess.
        None => return Err(PickupError::Unknown),
    };
    let Some(row) = row else {
        missed(domain, &who).await?;
        return Err(PickupError::Unknown);
    };
    standing(domain, &row, person)?;
    let answers_left = domain.limits.wrong_answers - row.wrong_answers;
    Ok(Found { id: row.id, kind: row.kind(), app: row.app, question: row.question, answers_left })
}

/// How it stands with a code that exists.
pub(super) fn standing(domain: &Domain, row: &ConnectionRow, person: PersonId) -> Result<(), PickupError> {
    let is_others = row.person.is_some_and(|by| by != person);
    match row.state.as_str() {
        "picked-up" => Err(PickupError::PickedUp(row.app)),
        _ if row.expires <= domain.env.now() => Err(PickupError::Expired(row.app)),
        "allocated" => Err(PickupError::NotReady(row.app)),
        // It would mean two people to the clinic.
        _ if is_others => Err(PickupError::Used(row.app)),
        _ if row.wrong_answers >= domain.limits.wrong_answers => Err(PickupError::Locked(row.app)),
        "pending" | "authorized" => Ok(()),
        _ => Err(PickupError::Unknown),
    }
}

impl ConnectionRow {
    pub(super) fn kind(&self) -> Kind {
        Kind::read(&self.kind)
    }
}

async fn wait(domain: &Domain, who: &[[u8; 32]]) -> Result<(), PickupError> {
    let mut flight = ReadFlight::new();
    let slots: Vec<_> = who.iter().map(|who| flight.ask(&MISSES, params![who])).collect();
    let mut answers = domain.store.read(flight).await?;
    for slot in slots {
        if let Some((misses, last_at)) = answers.first(slot)? {
            let left = last_at + pause(misses) - domain.env.now();
            if left > 0 {
                return Err(PickupError::Wait { seconds: left / SECOND + 1 });
            }
        }
    }
    Ok(())
}

/// How long to wait after so many.
fn pause(misses: i64) -> i64 {
    let over = u32::try_from(misses).unwrap_or(u32::MAX).saturating_sub(FREE_MISSES);
    if over == 0 { 0 } else { SECOND.checked_shl(over.min(20)).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT) }
}

async fn missed(domain: &Domain, who: &[[u8; 32]]) -> Result<(), PickupError> {
    let now = domain.env.now();
    let mut flight = WriteFlight::<PickupError>::new();
    for who in who {
        flight.run(MISS, params![who, now, now - FORGOTTEN]);
    }
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_guesses_waits_longer_each_time_and_never_for_ever() {
        assert_eq!([0, 5].map(pause), [0, 0]);
        assert_eq!([6, 7, 8].map(|n| pause(n) / SECOND), [2, 4, 8]);
        assert_eq!([20, 1_000_000, i64::MAX].map(pause), [LONGEST_WAIT; 3]);
    }
}
