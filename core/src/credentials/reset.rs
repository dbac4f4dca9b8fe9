//! Choosing a new password by a letter.

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

use super::store::{
    DROP_RESETS, FIND_LOGIN, FIND_RESET, INSERT_RESET, SET_PASSWORD, SWEEP_RESETS, TAKE_RESET,
};
use super::{WeakPassword, check_password, fold};
use crate::env::HOUR;
use crate::ids::PersonId;
use crate::sessions::shell;
use crate::{Domain, Outage, tokens};

/// How long the link in the letter works, microseconds.
pub const LIFE: i64 = HOUR;

/// What the letter needs.
#[derive(Clone, Debug)]
pub struct Reset {
    /// Where it goes.
    pub email: String,
    /// The token of the link in it.
    pub token: String,
}

/// Why a new password cannot be set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResetError {
    /// The link was used, is too old, or never was one.
    #[error("this link no longer works; ask for a new one")]
    Over,
    /// The password is refused.
    #[error(transparent)]
    Password(#[from] WeakPassword),
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Begins a reset. `None` when nobody signs in with this name: the page says the same either way.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn begin_reset(domain: &Domain, login_name: &str) -> Result<Option<Reset>, Outage> {
    let login_name = fold(login_name);
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&FIND_LOGIN, params![&login_name]);
    if domain.store.read(flight).await?.first(slot)?.is_none() {
        return Ok(None);
    }
    let token = tokens::mint(&domain.env, "");
    let now = domain.env.now();
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(SWEEP_RESETS, params![now]);
    flight.run(INSERT_RESET, params![&tokens::hash(&token), &login_name, now + LIFE]);
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok(Some(Reset { email: login_name, token }))
}

/// The login name that a letter's link is for, while the link works.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn reset_login(domain: &Domain, token: &str) -> Result<Option<String>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&FIND_RESET, params![&tokens::hash(token), domain.env.now()]);
    Ok(domain.store.read(flight).await?.first(slot)?.map(|(login_name,)| login_name))
}

/// Sets a new password, once for each letter, and signs the person out everywhere.
///
/// # Errors
/// `ResetError::Over` for a dead link, `Password` for a weak password (the link then still works).
pub async fn choose_password(domain: &Domain, token: &str, password: &str) -> Result<PersonId, ResetError> {
    let hashed = tokens::hash(token);
    let now = domain.env.now();
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&FIND_RESET, params![&hashed, now]);
    let (login_name,) = domain.store.read(flight).await?.first(slot)?.ok_or(ResetError::Over)?;
    check_password(password, &[&login_name])?;
    let hash = domain
        .hasher
        .hash(password, domain.env.bytes())
        .await
        .ok_or_else(|| Outage::Unavailable("a password could not be hashed".to_owned()))?;
    let mut flight = WriteFlight::new();
    flight.ask(&TAKE_RESET, params![&hashed, now]).or(ResetError::Over);
    flight.run(DROP_RESETS, params![&login_name]);
    let person = flight.ask(&SET_PASSWORD, params![&login_name, hash, now]).or(ResetError::Over).slot();
    let (person,) = domain.store.write(flight).await.map_err(Refusal::reason)?.one(person)?;
    shell::end_all(domain, person).await?;
    Ok(person)
}
