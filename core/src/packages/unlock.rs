//! The right answer gives the key of a package, which then goes with the person's browser.

use std::fmt;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use keepwell_dopu::{Key, Parameters};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use super::sealed;
use crate::connections::PickupError;
use crate::env::HOUR;
use crate::ids::{ConnectionId, PersonId};
use crate::keys::Purpose;
use crate::{Domain, Outage};

/// How long a package stays open after the right answer, in microseconds: as long as a visit to the Shell.
pub const UNLOCKED_LIFE: i64 = HOUR;

/// Senders choose how long deriving a key takes, so that few are derived at a time, and others wait. It says
/// nothing of anybody, so that one process's own will do.
static DERIVING: LazyLock<Semaphore> = LazyLock::new(|| {
    Semaphore::new(std::thread::available_parallelism().map_or(1, |cores| cores.get().div_ceil(2)))
});

/// A package that a person gave the right answer for.
#[derive(Clone, PartialEq, Eq)]
pub struct Unlocked {
    pub(super) id: ConnectionId,
    pub(super) person: PersonId,
    key: Zeroizing<Vec<u8>>,
}

impl fmt::Debug for Unlocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unlocked").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The key of a package, if this is the answer.
pub(crate) async fn unlock(
    domain: &Domain,
    person: PersonId,
    id: ConnectionId,
    answer: &str,
) -> Result<Option<Unlocked>, PickupError> {
    // Whether an answer may be looked at was decided when it was counted.
    let package = sealed::find(domain, id).await?.ok_or(PickupError::Unknown)?;
    let answer = Zeroizing::new(answer.to_owned());
    let open = move || {
        let key = Key::derive(&answer, &package.parameters);
        key.open(&package.cipher_text).ok().map(|_| key.save())
    };
    let _turn = DERIVING.acquire().await.map_err(|_| died("a queue"))?;
    let key = tokio::task::spawn_blocking(open).await.map_err(died)?;
    Ok(key.map(|key| Unlocked { id, person, key }))
}

fn died(error: impl fmt::Display) -> Outage {
    Outage::Unavailable(format!("opening a package: {error}"))
}

impl Unlocked {
    pub(super) fn key(&self, parameters: &Parameters) -> Option<Key> {
        Key::load(&self.key, parameters)
    }

    /// It, sealed, for the person's browser: good for an hour, for this person.
    ///
    /// # Errors
    /// Never in practice: a fresh key seals.
    pub fn token(&self, domain: &Domain) -> Result<String, Outage> {
        let until = domain.env.now() + UNLOCKED_LIFE;
        let whole = Zeroizing::new([&until.to_be_bytes(), self.key.as_slice()].concat());
        let sealed = domain.keys.seal(&domain.env, Purpose::Unlocked, &context(self.person, self.id), &whole);
        sealed.map(|sealed| BASE64_URL_SAFE_NO_PAD.encode(sealed)).map_err(died)
    }

    /// What [`Unlocked::token`] made for this person and package; `None` for anything else, and when its
    /// time is over.
    #[must_use]
    pub fn read(domain: &Domain, person: PersonId, id: ConnectionId, token: &str) -> Option<Self> {
        let sealed = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?;
        let whole = domain.keys.open(Purpose::Unlocked, &context(person, id), &sealed).ok()?;
        let whole = Zeroizing::new(whole);
        let (until, key) = whole.split_first_chunk::<8>()?;
        let key = Zeroizing::new(key.to_vec());
        (i64::from_be_bytes(*until) > domain.env.now()).then_some(Self { id, person, key })
    }
}

fn context(person: PersonId, id: ConnectionId) -> Vec<u8> {
    [person.0.as_bytes().as_slice(), id.0.as_bytes()].concat()
}
