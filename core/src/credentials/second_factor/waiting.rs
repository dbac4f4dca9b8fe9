//! Who has given the password and not the code yet. Nothing of it lies on our side: the browser carries it,
//! sealed, and it is good for nothing but for being asked for the code in this browser.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use keepwell_store::{ReadFlight, params};
use uuid::Uuid;

use super::super::store::PASSWORD_CHANGED;
use super::is_on;
use crate::env::MINUTE;
use crate::ids::PersonId;
use crate::keys::Purpose;
use crate::{Domain, Outage};

/// How long the code is waited for, microseconds.
pub const LIFE: i64 = 10 * MINUTE;

/// Somebody on the way to the second step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Whose password it was.
    pub person: PersonId,
    /// Whether a letter has told the person already of what they do, as one for a forgotten password has.
    pub told: bool,
    /// When, microseconds UTC.
    at: i64,
}

impl Waiting {
    /// Somebody who has given the password of this person now.
    #[must_use]
    pub fn new(domain: &Domain, person: PersonId, told: bool) -> Self {
        Self { person, told, at: domain.env.now() }
    }

    /// It, sealed for this browser, which is named by what only it and we know.
    ///
    /// # Errors
    /// Never in practice: a fresh key seals.
    pub fn token(&self, domain: &Domain, browser: &str) -> Result<String, Outage> {
        let plain =
            [self.person.0.as_bytes().as_slice(), &self.at.to_be_bytes(), &[u8::from(self.told)]].concat();
        let sealed = domain.keys.seal(&domain.env, Purpose::SecondFactor, &context(browser), &plain);
        let sealed = sealed.map_err(|error| Outage::Unavailable(format!("a second step: {error}")))?;
        Ok(BASE64_URL_SAFE_NO_PAD.encode(sealed))
    }

    /// Who is on the way in this browser. `None` for what was made for another one, took too long, or from
    /// before the password was changed, and where no second step is asked for any more.
    ///
    /// # Errors
    /// `Outage` when the store cannot answer.
    pub async fn find(domain: &Domain, browser: &str, token: &str) -> Result<Option<Self>, Outage> {
        let Some(waiting) = Self::open(domain, browser, token) else { return Ok(None) };
        let mut flight = ReadFlight::new();
        let changed = flight.ask(&PASSWORD_CHANGED, params![waiting.person]);
        let changed = domain.store.read(flight).await?.first(changed)?;
        let is_good = domain.env.now() - waiting.at < LIFE
            && changed.is_some_and(|(changed,)| changed <= waiting.at)
            && is_on(domain, waiting.person).await?;
        Ok(is_good.then_some(waiting))
    }

    fn open(domain: &Domain, browser: &str, token: &str) -> Option<Self> {
        let sealed = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?;
        let plain = domain.keys.open(Purpose::SecondFactor, &context(browser), &sealed).ok()?;
        let (person, rest) = plain.split_first_chunk::<16>()?;
        let (at, rest) = rest.split_first_chunk::<8>()?;
        let at = i64::from_be_bytes(*at);
        Some(Self { person: PersonId(Uuid::from_bytes(*person)), at, told: *rest.first()? == 1 })
    }
}

fn context(browser: &str) -> Vec<u8> {
    [b"waiting", browser.as_bytes()].concat()
}
