//! A person's sign-in at the Shell, one a browser.

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};
use uuid::Uuid;

use super::known_browser::Digest;
use super::store::{
    DROP_ALL_SHELL, DROP_ONE_SHELL, DROP_OTHER_SHELL, DROP_SHELL, FIND_SHELL, FORGET_ALL_BROWSERS,
    FORGET_ONE_BROWSER, FORGET_OTHER_BROWSERS, INSERT_SHELL, LIST_SHELL, PROVE_SHELL, SWEEP_SHELL, ShellRow,
    TOUCH_SHELL,
};
use crate::env::{HOUR, MINUTE};
use crate::ids::PersonId;
use crate::keys::Purpose;
use crate::{Domain, Outage, tokens};

/// How long a sign-in lasts without use.
pub const IDLE: i64 = 12 * HOUR;
/// How exactly the last use is kept; finer would cost a write for each page.
const TOUCH: i64 = 5 * MINUTE;

/// How long after a person proved who they are a sign-in may do what could do harm in the wrong hands: a browser left
/// open must give nobody the account.
pub const FRESH: i64 = 10 * MINUTE;

/// How a person proved who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// With the password, or the link of a letter that lets them choose one.
    Password,
    /// With a passkey, which a device gives out only after a finger, a face or its code: two factors in one.
    Passkey,
}

impl Proof {
    fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Passkey => "passkey",
        }
    }

    fn read(name: &str) -> Self {
        if name == "passkey" { Self::Passkey } else { Self::Password }
    }
}

/// A sign-in at the Shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShellSession {
    /// By which the person tells one from another.
    pub id: Uuid,
    /// Who.
    pub person: PersonId,
    /// The browser, as it calls itself.
    pub agent: String,
    /// When it began, microseconds UTC.
    pub created: i64,
    /// When it was last used, to some minutes.
    pub last_used: i64,
    /// How the person proved who they are when it began.
    pub proof: Proof,
    /// When the person last proved in it who they are, microseconds UTC.
    pub proved_at: i64,
}

impl ShellSession {
    /// Whether the person proved who they are just now ([`FRESH`]).
    #[must_use]
    pub fn is_fresh(&self, now: i64) -> bool {
        now - self.proved_at < FRESH
    }
}

impl From<ShellRow> for ShellSession {
    fn from(row: ShellRow) -> Self {
        Self {
            id: row.session_id,
            person: row.person,
            agent: row.agent,
            created: row.created,
            last_used: row.last_used,
            proof: Proof::read(&row.proof),
            proved_at: row.proved_at,
        }
    }
}

async fn write(domain: &Domain, flight: WriteFlight<Outage>) -> Result<(), Outage> {
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// A browser's name for itself, as much of it as is kept.
pub(super) fn short(agent: &str) -> String {
    agent.chars().take(256).collect()
}

/// A sign-in to be added.
pub(super) struct NewSession<'a> {
    pub(super) token: &'a str,
    pub(super) person: PersonId,
    pub(super) agent: &'a str,
    pub(super) browser: Option<&'a Digest>,
    pub(super) proof: Proof,
}

/// Adds a sign-in of a person who has proved themselves now.
pub(super) fn add<E>(domain: &Domain, flight: &mut WriteFlight<E>, new: &NewSession<'_>) {
    let now = domain.env.now();
    let (hash, id, browser) = (tokens::hash(new.token), domain.env.uuid(), new.browser.map(|b| b.to_vec()));
    flight.run(SWEEP_SHELL, params![now]);
    let row = params![&hash, id, new.person, short(new.agent), now, now + IDLE, browser, new.proof.name()];
    flight.run(INSERT_SHELL, row);
}

/// Begins a sign-in for a person who has proved themselves, in no browser that anybody knows; answers the cookie's
/// token. For a browser there is [`super::known_browser::enter`].
///
/// # Errors
/// `Outage` when it cannot be kept.
pub async fn begin(domain: &Domain, person: PersonId, agent: &str, proof: Proof) -> Result<String, Outage> {
    let token = tokens::mint(&domain.env, "");
    let mut flight = WriteFlight::new();
    add(domain, &mut flight, &NewSession { token: &token, person, agent, browser: None, proof });
    write(domain, flight).await?;
    Ok(token)
}

/// Notes that the person has just proved once more who they are.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn prove(domain: &Domain, token: &str) -> Result<(), Outage> {
    let mut flight = WriteFlight::new();
    flight.run(PROVE_SHELL, params![&tokens::hash(token), domain.env.now()]);
    write(domain, flight).await
}

/// The sign-in behind a cookie's token, if it is still good; using it prolongs it.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn find(domain: &Domain, token: &str) -> Result<Option<ShellSession>, Outage> {
    let hash = tokens::hash(token);
    let now = domain.env.now();
    let mut flight = ReadFlight::new().short();
    let slot = flight.ask(&FIND_SHELL, params![&hash, now]);
    let session = domain.store.read(flight).await?.first(slot)?.map(ShellSession::from);
    if session.as_ref().is_some_and(|s| now - s.last_used > TOUCH) {
        let mut flight = WriteFlight::new();
        flight.run(TOUCH_SHELL, params![&hash, now, now + IDLE]);
        write(domain, flight).await?;
    }
    Ok(session)
}

/// The person's sign-ins, the last used first.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn list(domain: &Domain, person: PersonId) -> Result<Vec<ShellSession>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&LIST_SHELL, params![person, domain.env.now()]);
    Ok(domain.store.read(flight).await?.all(slot)?.into_iter().map(ShellSession::from).collect())
}

/// Ends the sign-in behind a token.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn end(domain: &Domain, token: &str) -> Result<(), Outage> {
    let mut flight = WriteFlight::new();
    flight.run(DROP_SHELL, params![&tokens::hash(token)]);
    write(domain, flight).await
}

/// Ends one of the person's sign-ins. Its browser is not known any more: the next sign-in with it is news.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn end_one(domain: &Domain, person: PersonId, session: Uuid) -> Result<(), Outage> {
    let mut flight = WriteFlight::new();
    flight.run(FORGET_ONE_BROWSER, params![person, session]);
    flight.run(DROP_ONE_SHELL, params![person, session]);
    write(domain, flight).await
}

/// Ends all of the person's sign-ins but this one, and knows no other browser any more.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn end_others(domain: &Domain, person: PersonId, token: &str) -> Result<(), Outage> {
    let mut flight = WriteFlight::new();
    let here = tokens::hash(token);
    flight.run(FORGET_OTHER_BROWSERS, params![person, &here]);
    flight.run(DROP_OTHER_SHELL, params![person, &here]);
    write(domain, flight).await
}

/// Ends all of the person's sign-ins, and knows none of their browsers any more.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn end_all(domain: &Domain, person: PersonId) -> Result<(), Outage> {
    let mut flight = WriteFlight::new();
    drop_all(&mut flight, person);
    write(domain, flight).await
}

/// Ends all of the person's sign-ins, in the flight of what calls for it.
pub(crate) fn drop_all<E>(flight: &mut WriteFlight<E>, person: PersonId) {
    flight.run(FORGET_ALL_BROWSERS, params![person]);
    flight.run(DROP_ALL_SHELL, params![person]);
}

/// The token that a form must bring back: bound to the browser's own cookie, so that another site's
/// form cannot have it.
#[must_use]
pub fn csrf(domain: &Domain, cookie: &str) -> String {
    hex::encode(domain.keys.mac(Purpose::Csrf, &[cookie.as_bytes()]))
}
