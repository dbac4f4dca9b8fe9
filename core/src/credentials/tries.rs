//! How often somebody may be wrong when they prove who they are, and who is told apart in that.
//!
//! A gate lets some tries through at once, and after them one each time that another has gone by. A try passes
//! all the gates on its way before it is looked at (claim, work, confirm), so that a hundred at once are as slow
//! as one after the other; a right one is given back. Strangers pass other gates than a browser in which the
//! person has signed in before, and than the person who is signed in: what they use up is theirs alone.

use std::net::IpAddr;

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};
use uuid::Uuid;

use super::store::{CLAIM_TRY, COUNTS_UNTIL, GIVE_BACK, SWEEP_TRIES};
use crate::env::{MINUTE, SECOND};
use crate::ids::PersonId;
use crate::keys::Purpose;
use crate::network::network;
use crate::sessions::known_browser;
use crate::{Domain, Outage};

/// Wrong passwords that one place may give for one login name without a wait.
pub const TRIES: i64 = 10;
/// In this time they are all given back, one by one; microseconds.
pub const PAUSE: i64 = 15 * MINUTE;
/// Wrong passwords for one login name from all places that the person has not signed in from.
pub const TRIES_OF_NAME: i64 = 50;
const PAUSE_OF_NAME: i64 = 25 * MINUTE;
/// Wrong passwords from one address, whatever the name.
pub const TRIES_OF_ADDRESS: i64 = 100;
const PAUSE_OF_ADDRESS: i64 = 20 * MINUTE;
/// Wrong codes of the second step. Who gives them knows the password already.
pub const TRIES_OF_CODE: i64 = 10;
/// A code has six digits, and three are right at any time: so slow that years of guessing hardly find one.
pub const PAUSE_OF_CODE: i64 = TRIES_OF_CODE * 30 * MINUTE;

/// Passkeys that fit nobody, from one address. None can be guessed, and many people may be behind an address.
pub const TRIES_OF_PASSKEY: i64 = 50;

/// From where somebody proves who they are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place<'a> {
    /// The address; those without one are one place.
    pub address: Option<IpAddr>,
    /// What the browser carries if somebody has signed in with it before.
    pub browser: Option<&'a str>,
    /// The sign-in of a person who proves it once more.
    pub session: Option<Uuid>,
}

impl Place<'_> {
    /// The place of a person who is signed in.
    #[must_use]
    pub fn of_session(session: Uuid) -> Self {
        Self { session: Some(session), ..Self::default() }
    }
}

/// What a try passes.
pub(super) struct Gate {
    who: [u8; 32],
    free: i64,
    /// After how long one more goes through, microseconds.
    every: i64,
}

impl Gate {
    fn of(domain: &Domain, who: &[&[u8]], free: i64, pause: i64) -> Self {
        Self { who: domain.keys.mac(Purpose::SignIn, who), free, every: pause / free }
    }

    /// Up to when earlier tries may count at this moment for one more to go through.
    fn limit(&self, now: i64) -> i64 {
        now + (self.free - 1) * self.every
    }
}

/// The gates on the way to a password. `person` is whose name it is, if it is anybody's.
pub(super) async fn to_password(
    domain: &Domain,
    login_name: &str,
    person: Option<PersonId>,
    place: &Place<'_>,
) -> Result<Vec<Gate>, Outage> {
    let gate = |who: &[&[u8]], free, pause| Gate::of(domain, who, free, pause);
    if let Some(session) = place.session {
        return Ok(vec![gate(&[b"password session", session.as_bytes()], TRIES, PAUSE)]);
    }
    if let Some(known) = known(domain, person, place).await? {
        return Ok(vec![gate(&[b"password browser", &known], TRIES, PAUSE)]);
    }
    let (name, network) = (login_name.as_bytes(), network(place.address));
    let mut gates = vec![
        gate(&[b"name at", name, &network], TRIES, PAUSE),
        gate(&[b"name", name], TRIES_OF_NAME, PAUSE_OF_NAME),
    ];
    if place.address.is_some() {
        gates.push(gate(&[b"address", &network], TRIES_OF_ADDRESS, PAUSE_OF_ADDRESS));
    }
    Ok(gates)
}

/// The gate before a person's second step. Nobody comes here without the password.
pub(super) async fn to_code(
    domain: &Domain,
    person: PersonId,
    place: &Place<'_>,
) -> Result<Vec<Gate>, Outage> {
    let gate = |who: &[&[u8]]| vec![Gate::of(domain, who, TRIES_OF_CODE, PAUSE_OF_CODE)];
    if let Some(session) = place.session {
        return Ok(gate(&[b"code session", session.as_bytes()]));
    }
    Ok(match known(domain, Some(person), place).await? {
        Some(known) => gate(&[b"code browser", &known]),
        None => gate(&[b"code", person.0.as_bytes()]),
    })
}

/// The gate before a passkey. `person` is whose it would be, as the browser says; a browser that they have signed
/// in with before shares it with nobody.
pub(super) async fn to_passkey(
    domain: &Domain,
    person: Option<PersonId>,
    place: &Place<'_>,
) -> Result<Vec<Gate>, Outage> {
    let gate = |who: &[&[u8]]| vec![Gate::of(domain, who, TRIES_OF_PASSKEY, PAUSE)];
    Ok(match known(domain, person, place).await? {
        Some(known) => gate(&[b"passkey browser", &known]),
        None => gate(&[b"passkey at", &network(place.address)]),
    })
}

async fn known(
    domain: &Domain,
    person: Option<PersonId>,
    place: &Place<'_>,
) -> Result<Option<known_browser::Digest>, Outage> {
    match (person, place.browser) {
        (Some(person), Some(browser)) => known_browser::find(domain, person, browser).await,
        _ => Ok(None),
    }
}

/// Why a try does not go through.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Held {
    /// There were too many.
    #[error("too many tries")]
    For { seconds: i64 },
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// A try that went through and was counted.
pub(super) struct Claim(Vec<Gate>);

/// Counts a try at all these gates, before anybody looks whether it is right.
pub(super) async fn claim(domain: &Domain, gates: Vec<Gate>) -> Result<Claim, Held> {
    let now = domain.env.now();
    let mut flight = WriteFlight::new();
    for gate in &gates {
        let row = params![&gate.who, now, gate.every, gate.limit(now), now + gate.every];
        flight.run(CLAIM_TRY, row).affects(1, Held::For { seconds: 1 });
    }
    match domain.store.write(flight).await.map_err(Refusal::reason) {
        Ok(_) => Ok(Claim(gates)),
        Err(Held::For { .. }) => Err(Held::For { seconds: wait(domain, &gates, now).await? }),
        Err(outage) => Err(outage),
    }
}

/// How long it takes until the next try goes through all of them, in seconds.
async fn wait(domain: &Domain, gates: &[Gate], now: i64) -> Result<i64, Outage> {
    let mut flight = ReadFlight::new();
    let slots: Vec<_> = gates.iter().map(|gate| flight.ask(&COUNTS_UNTIL, params![&gate.who])).collect();
    let mut answers = domain.store.read(flight).await?;
    let mut longest = 0;
    for (gate, slot) in gates.iter().zip(slots) {
        let until = answers.first(slot)?.map_or(now, |(until,)| until);
        longest = longest.max(until - gate.limit(now));
    }
    Ok((longest + SECOND - 1).div_euclid(SECOND).max(1))
}

impl Claim {
    /// It was right, and does not count: in the flight of what comes of it.
    pub(super) fn give_back<E>(self, flight: &mut WriteFlight<E>) {
        for gate in &self.0 {
            flight.run(GIVE_BACK, params![&gate.who, gate.every]);
        }
    }
}

/// Forgets tries that do not count any more. To be done now and then.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn sweep(domain: &Domain) -> Result<(), Outage> {
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(SWEEP_TRIES, params![domain.env.now()]);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}
