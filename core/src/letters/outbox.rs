//! Putting letters into the outbox.

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

use super::store::{GIVEN_UP, INSERT, WAITING};
use super::{Allowance, Letter, LetterError, spend};
use crate::env::DAY;
use crate::keys::Purpose;
use crate::{Domain, Outage};

/// Adds a letter to an operation's flight: it will be sent if the flight holds. Say [`wake`] then.
///
/// # Errors
/// `LetterError` when it cannot be sent to where it should.
pub fn post<E>(domain: &Domain, flight: &mut WriteFlight<E>, letter: &Letter) -> Result<(), LetterError> {
    letter.check()?;
    let id = domain.env.uuid_in_time();
    let broken = |why: &dyn std::fmt::Display| Outage::Unavailable(format!("sealing a letter: {why}"));
    let plain = serde_json::to_vec(letter).map_err(|e| broken(&e))?;
    let sealed = domain.keys.seal(&domain.env, Purpose::Letter, id.as_bytes(), &plain);
    let sealed = sealed.map_err(|e| broken(&e))?;
    flight.run(INSERT, params![id, sealed, domain.env.now()]);
    Ok(())
}

/// Posts a letter by itself. When this answers, it will be sent, also after a restart.
///
/// # Errors
/// As [`post`], and `LetterError::Outage` when it cannot be kept.
pub async fn send(domain: &Domain, letter: &Letter) -> Result<(), LetterError> {
    send_within(domain, std::slice::from_ref(letter), &[]).await
}

/// Posts letters, all or none, within these allowances. Each is charged with every address that they go to.
///
/// # Errors
/// As [`send`], and `LetterError::Limit` when there is not as much left of an allowance.
pub async fn send_within(
    domain: &Domain,
    letters: &[Letter],
    allowances: &[Allowance],
) -> Result<(), LetterError> {
    let addresses = letters.iter().map(|letter| letter.to.len()).sum::<usize>();
    let addresses = u32::try_from(addresses).map_err(|_| LetterError::Limit)?;
    let mut flight = WriteFlight::new();
    for allowance in allowances {
        spend(domain, &mut flight, allowance, addresses, LetterError::Limit)?;
    }
    for letter in letters {
        post(domain, &mut flight, letter)?;
    }
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    wake(domain);
    Ok(())
}

/// Tells this process's deliverer that there is something to do. Without it the letter waits until the
/// deliverer looks by itself.
pub fn wake(domain: &Domain) {
    domain.post.notify_one();
}

/// Done when there was a [`wake`] since the last time.
pub async fn wait(domain: &Domain) {
    domain.post.notified().await;
}

/// How the outbox stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Letters that wait.
    pub waiting: i64,
    /// Letters given up in the last 30 days.
    pub given_up: i64,
}

/// How the outbox stands, for who runs the server.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn standing(domain: &Domain) -> Result<Standing, Outage> {
    let mut flight = ReadFlight::new();
    let waiting = flight.ask(&WAITING, params![]);
    let given_up = flight.ask(&GIVEN_UP, params![domain.env.now() - 30 * DAY]);
    let mut answers = domain.store.read(flight).await?;
    Ok(Standing { waiting: answers.one(waiting)?.0, given_up: answers.one(given_up)?.0 })
}
