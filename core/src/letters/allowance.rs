//! How many letters anyone may cause. The counter is guarded on its own row, so that it holds for parallel
//! requests on several servers.

use keepwell_store::{Refusal, WriteFlight, params};

use super::store::{SPEND, SWEEP};
use crate::env::{DAY, HOUR};
use crate::ids::{AppId, PersonId};
use crate::keys::Purpose;
use crate::{Domain, Outage};

/// Letters that an application may send in a day.
pub const PER_APPLICATION_A_DAY: u32 = 1_000;
/// Letters that a person may send in a day.
pub const PER_PERSON_A_DAY: u32 = 50;
/// Letters with a link (new password, confirmation) that an address gets in an hour.
pub const PER_ADDRESS_AN_HOUR: u32 = 5;
/// Letters about sign-ins with new browsers that a person gets in a day.
pub const SIGN_INS_A_DAY: u32 = 5;

/// So many letters in a span of time, for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    subject: [u8; 32],
    span: i64,
    most: u32,
}

impl Allowance {
    /// What an application may send in a day.
    #[must_use]
    pub fn application(domain: &Domain, app: AppId) -> Self {
        Self::of(domain, b"application", app.0.as_bytes(), DAY, PER_APPLICATION_A_DAY)
    }

    /// What a person may send in a day.
    #[must_use]
    pub fn person(domain: &Domain, person: PersonId) -> Self {
        Self::of(domain, b"person", person.0.as_bytes(), DAY, PER_PERSON_A_DAY)
    }

    /// What goes to an address in an hour without its owner having asked, perhaps.
    #[must_use]
    pub fn address(domain: &Domain, address: &str) -> Self {
        let address = crate::credentials::fold(address);
        Self::of(domain, b"address", address.as_bytes(), HOUR, PER_ADDRESS_AN_HOUR)
    }

    /// What a person is told of sign-ins in a day.
    #[must_use]
    pub fn sign_ins(domain: &Domain, person: PersonId) -> Self {
        Self::of(domain, b"sign-ins", person.0.as_bytes(), DAY, SIGN_INS_A_DAY)
    }

    /// The same for another number of letters.
    #[must_use]
    pub fn at_most(self, most: u32) -> Self {
        Self { most, ..self }
    }

    fn of(domain: &Domain, kind: &[u8], subject: &[u8], span: i64, most: u32) -> Self {
        // A keyed digest, so that the table does not tell who writes or is written to.
        Self { subject: domain.keys.mac(Purpose::LetterLimit, &[kind, subject]), span, most }
    }
}

/// Spends so many letters of an allowance in an operation's flight, which is refused with `error` when there
/// are not as many left. A letter to three addresses is three.
///
/// # Errors
/// `error` at once when the whole allowance is less.
pub fn spend<E>(
    domain: &Domain,
    flight: &mut WriteFlight<E>,
    allowance: &Allowance,
    letters: u32,
    error: E,
) -> Result<(), E> {
    // The statement's guard is on a row that is there; the first to come makes it.
    if letters > allowance.most {
        return Err(error);
    }
    let now = domain.env.now();
    let begins = now - now.rem_euclid(allowance.span);
    let ends = begins + allowance.span;
    flight.run(SPEND, params![&allowance.subject, begins, ends, letters, allowance.most]).affects(1, error);
    Ok(())
}

/// Forgets what was spent in spans that are over. To be done now and then.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn sweep(domain: &Domain) -> Result<(), Outage> {
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(SWEEP, params![domain.env.now()]);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}
