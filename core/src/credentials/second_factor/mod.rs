//! The second step of a sign-in: a code of an app that the person set up (TOTP, RFC 6238), or one of the codes
//! that they printed for the day on which the app is lost.
//!
//! It is asked for after the password and never instead of it, so a stranger cannot even try it.

mod check;
mod enrol;
mod recovery;
mod secret;
mod store;
mod totp;
mod waiting;

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

pub use check::{Given, check};
pub use enrol::{OFFER_LIFE, TurnOnError, offer, renew_recovery_codes, turn_on};
pub use recovery::RECOVERY_CODES;
use store::{CODES_LEFT, DROP, DROP_CODES, FIND, FactorRow};
pub use totp::Offer;
pub use waiting::{LIFE as WAITING_LIFE, Waiting};

use super::tell;
use super::tries::Held;
use crate::ids::PersonId;
use crate::letters::{self, Letter};
use crate::{Domain, Outage};

/// Why a code is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecondFactorError {
    /// It is not right, was used before, or belongs to somebody else.
    #[error("this code is not right")]
    Wrong,
    /// Too many wrong codes lately.
    #[error("too many wrong codes; please wait {seconds} seconds")]
    Paused {
        /// How long.
        seconds: i64,
    },
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

impl From<Held> for SecondFactorError {
    fn from(held: Held) -> Self {
        match held {
            Held::For { seconds } => Self::Paused { seconds },
            Held::Outage(outage) => Self::Outage(outage),
        }
    }
}

/// A second step that is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Since when, microseconds UTC.
    pub since: i64,
    /// Recovery codes that were not used yet.
    pub codes_left: u32,
}

/// How a person's second step stands; `None` when it is off.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn standing(domain: &Domain, person: PersonId) -> Result<Option<Standing>, Outage> {
    let mut flight = ReadFlight::new();
    let factor = flight.ask(&FIND, params![person]);
    let left = flight.ask(&CODES_LEFT, params![person]);
    let mut answers = domain.store.read(flight).await?;
    let codes_left = u32::try_from(answers.one(left)?.0).unwrap_or(u32::MAX);
    let since = answers.first(factor)?.and_then(|row| row.on_since);
    Ok(since.map(|since| Standing { since, codes_left }))
}

/// Whether a person's sign-in has a second step.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn is_on(domain: &Domain, person: PersonId) -> Result<bool, Outage> {
    Ok(find(domain, person).await?.is_some_and(|row| row.on_since.is_some()))
}

/// Turns the second step off, with all its codes, and posts the letter that tells of it.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn turn_off(domain: &Domain, person: PersonId, letter: Option<&Letter>) -> Result<(), Outage> {
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(DROP, params![person]);
    flight.run(DROP_CODES, params![person]);
    tell(domain, &mut flight, letter);
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    letters::wake(domain);
    Ok(())
}

async fn find(domain: &Domain, person: PersonId) -> Result<Option<FactorRow>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&FIND, params![person]);
    domain.store.read(flight).await?.first(slot)
}

/// Forgets it, in the flight that erases the person.
pub(super) fn erase<E>(flight: &mut WriteFlight<E>, person: PersonId) {
    flight.run(store::DROP, params![person]);
    flight.run(store::DROP_CODES, params![person]);
}
