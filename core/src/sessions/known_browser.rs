//! Browsers in which a person has signed in before. Each carries a long-lived token that says nothing and opens
//! nothing: a sign-in with another one is told to the person, and strangers cannot use up its tries.

use std::net::IpAddr;

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

use super::shell::{self, NewSession, Proof};
use super::store::{
    FORGET_ALL_BROWSERS, FORGET_SIGNED_IN, KEEP_LATEST_BROWSERS, KNOW_BROWSER, KNOWN_BROWSER, SIGNED_IN,
    SIGNED_IN_BEFORE, SWEEP_BROWSERS,
};
use crate::env::{DAY, SECOND};
use crate::ids::PersonId;
use crate::keys::Purpose;
use crate::letters::{self, Allowance, Letter};
use crate::notices::{self, Happened, SignedIn};
use crate::{Domain, Outage, tokens};

/// How long a browser is known since the last sign-in with it, microseconds.
pub const LIFE: i64 = 400 * DAY;
/// The same in seconds, for the cookie.
pub const LIFE_SECONDS: i64 = LIFE / SECOND;
/// Browsers that are known of one person; who signs in with more is told of one of them again.
const MOST: u32 = 20;

/// What is kept of a browser: no two persons' are the same, nor two browsers'.
pub(crate) type Digest = [u8; 32];

/// A sign-in that is about to begin.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Who has proved themselves.
    pub person: PersonId,
    /// The browser, as it calls itself.
    pub agent: &'a str,
    /// Where it is.
    pub address: Option<IpAddr>,
    /// The token that it carries, if it has one.
    pub browser: Option<&'a str>,
    /// How the person proved who they are.
    pub proof: Proof,
    /// Nobody need be told: the person has just opened the account, or another letter says it.
    pub told: bool,
}

/// A sign-in that has begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// The sign-in's token.
    pub token: String,
    /// What the browser is to carry from now on.
    pub browser: String,
}

/// Whether what is new is told.
#[derive(Debug, thiserror::Error)]
enum Untold {
    #[error("there were letters enough today")]
    Enough,
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Begins a sign-in, and tells the person of it at the Shell and by the letter that `write` writes, if this browser
/// is new to their account. The first sign-in of an account is no news.
///
/// # Errors
/// `Outage` when it cannot be kept.
pub async fn enter(
    domain: &Domain,
    entry: &Entry<'_>,
    write: impl FnOnce() -> Option<Letter>,
) -> Result<Entered, Outage> {
    let browser = entry.browser.filter(|browser| tokens::is_well_formed(browser));
    let browser = browser.map_or_else(|| tokens::mint(&domain.env, ""), str::to_owned);
    let digest = digest(domain, entry.person, &browser);
    let token = tokens::mint(&domain.env, "");
    if !entry.told && is_news(domain, entry.person, &digest).await? {
        match told(domain, entry, &token, &digest, write()).await {
            Ok(()) => return Ok(Entered { token, browser }),
            Err(Untold::Enough) => {}
            Err(Untold::Outage(outage)) => return Err(outage),
        }
    }
    let mut flight = WriteFlight::<Outage>::new();
    begin(domain, &mut flight, entry, &token, &digest);
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok(Entered { token, browser })
}

/// Begins it and tells of it, or neither where there were letters enough.
async fn told(
    domain: &Domain,
    entry: &Entry<'_>,
    token: &str,
    digest: &Digest,
    letter: Option<Letter>,
) -> Result<(), Untold> {
    let mut flight = WriteFlight::new();
    let allowance = Allowance::sign_ins(domain, entry.person);
    letters::spend(domain, &mut flight, &allowance, 1, Untold::Enough)?;
    begin(domain, &mut flight, entry, token, digest);
    let signed_in = SignedIn { agent: shell::short(entry.agent), address: entry.address };
    notices::add(domain, &mut flight, entry.person, &Happened::SignedIn(signed_in));
    if let Some(Err(error)) = letter.map(|letter| letters::post(domain, &mut flight, &letter)) {
        tracing::warn!(%error, "a letter about a sign-in could not be posted");
    }
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    letters::wake(domain);
    Ok(())
}

fn begin<E>(domain: &Domain, flight: &mut WriteFlight<E>, entry: &Entry<'_>, token: &str, digest: &Digest) {
    let now = domain.env.now();
    let session = NewSession {
        token,
        person: entry.person,
        agent: entry.agent,
        browser: Some(digest),
        proof: entry.proof,
    };
    shell::add(domain, flight, &session);
    flight.run(KNOW_BROWSER, params![entry.person, digest, now]);
    flight.run(KEEP_LATEST_BROWSERS, params![entry.person, MOST]);
    flight.run(SIGNED_IN, params![entry.person]);
}

async fn is_news(domain: &Domain, person: PersonId, digest: &Digest) -> Result<bool, Outage> {
    let mut flight = ReadFlight::new().short();
    let known = flight.ask(&KNOWN_BROWSER, params![person, digest, domain.env.now() - LIFE]);
    let before = flight.ask(&SIGNED_IN_BEFORE, params![person]);
    let mut answers = domain.store.read(flight).await?;
    Ok(answers.first(known)?.is_none() && answers.first(before)?.is_some())
}

/// The browser that carries this token, if the person has signed in with it.
pub(crate) async fn find(domain: &Domain, person: PersonId, browser: &str) -> Result<Option<Digest>, Outage> {
    let digest = digest(domain, person, browser);
    let mut flight = ReadFlight::new().short();
    let known = flight.ask(&KNOWN_BROWSER, params![person, &digest, domain.env.now() - LIFE]);
    Ok(domain.store.read(flight).await?.first(known)?.map(|_| digest))
}

fn digest(domain: &Domain, person: PersonId, browser: &str) -> Digest {
    domain.keys.mac(Purpose::SignIn, &[b"browser", person.0.as_bytes(), browser.as_bytes()])
}

/// Forgets all of a person's, in the flight that erases them.
pub(crate) fn erase<E>(flight: &mut WriteFlight<E>, person: PersonId) {
    flight.run(FORGET_ALL_BROWSERS, params![person]);
    flight.run(FORGET_SIGNED_IN, params![person]);
}

/// Forgets browsers that nobody signed in with for long. To be done now and then.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn sweep(domain: &Domain) -> Result<(), Outage> {
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(SWEEP_BROWSERS, params![domain.env.now() - LIFE]);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}
