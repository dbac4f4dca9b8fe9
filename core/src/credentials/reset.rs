//! Choosing a new password by a letter.

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

use super::store::{
    DROP_RESETS, FIND_LOGIN, FIND_RESET, INSERT_RESET, SET_PASSWORD, SWEEP_RESETS, TAKE_RESET,
};
use super::{WeakPassword, check_password, fold, tell};
use crate::env::HOUR;
use crate::ids::PersonId;
use crate::letters::{self, Allowance, Letter, LetterError};
use crate::persons::{self, Person};
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

/// Begins a reset whose link is handed over otherwise than by letter. `None` when nobody signs in with this
/// name.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn begin_reset(domain: &Domain, login_name: &str) -> Result<Option<Reset>, Outage> {
    let Some(reset) = new_reset(domain, login_name).await? else { return Ok(None) };
    let mut flight = WriteFlight::<Outage>::new();
    keep(domain, &mut flight, &reset, false);
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok(Some(reset))
}

/// Sends the letter with the link, which `write` writes, if somebody signs in with this name: the page says
/// the same either way.
///
/// # Errors
/// `LetterError::Limit` when the address got too many of them lately; the page does not say that either.
pub async fn send_reset(
    domain: &Domain,
    login_name: &str,
    write: impl FnOnce(&Reset) -> Letter,
) -> Result<(), LetterError> {
    let Some(reset) = new_reset(domain, login_name).await? else { return Ok(()) };
    let mut flight = WriteFlight::new();
    let allowance = Allowance::address(domain, &reset.email);
    letters::spend(domain, &mut flight, &allowance, 1, LetterError::Limit)?;
    keep(domain, &mut flight, &reset, true);
    letters::post(domain, &mut flight, &write(&reset))?;
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    letters::wake(domain);
    Ok(())
}

async fn new_reset(domain: &Domain, login_name: &str) -> Result<Option<Reset>, Outage> {
    let email = fold(login_name);
    let known = login(domain, &email).await?;
    Ok(known.map(|_| Reset { email, token: tokens::mint(&domain.env, "") }))
}

pub(super) fn keep<E>(domain: &Domain, flight: &mut WriteFlight<E>, reset: &Reset, by_letter: bool) {
    let now = domain.env.now();
    flight.run(SWEEP_RESETS, params![now]);
    flight.run(INSERT_RESET, params![&tokens::hash(&reset.token), &reset.email, now + LIFE, by_letter]);
}

async fn login(domain: &Domain, login_name: &str) -> Result<Option<PersonId>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&FIND_LOGIN, params![login_name]);
    Ok(domain.store.read(flight).await?.first(slot)?.map(|(person,)| person))
}

/// The person whose address this login name is.
async fn owner(domain: &Domain, login_name: &str) -> Result<Option<Person>, Outage> {
    let Some(id) = login(domain, login_name).await? else { return Ok(None) };
    Ok(persons::find(domain, id).await?.filter(|person| fold(&person.email) == login_name))
}

/// The login name that a letter's link is for, while the link works.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn reset_login(domain: &Domain, token: &str) -> Result<Option<String>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&FIND_RESET, params![&tokens::hash(token), domain.env.now()]);
    Ok(domain.store.read(flight).await?.first(slot)?.map(|(login_name, _)| login_name))
}

/// Sets a new password, once for each link, and signs the person out everywhere. A link that went by letter
/// also confirms the address that it went to. The letter that `write` writes tells of it, where the address is
/// confirmed.
///
/// # Errors
/// `ResetError::Over` for a dead link, `Password` for a weak password (the link then still works).
pub async fn choose_password(
    domain: &Domain,
    token: &str,
    password: &str,
    write: impl FnOnce(&Person) -> Letter,
) -> Result<PersonId, ResetError> {
    let hashed = tokens::hash(token);
    let now = domain.env.now();
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&FIND_RESET, params![&hashed, now]);
    let (login_name, by_letter) = domain.store.read(flight).await?.first(slot)?.ok_or(ResetError::Over)?;
    check_password(password, &[&login_name])?;
    let owner = owner(domain, &login_name).await?;
    let hash = domain
        .hasher
        .hash(password, domain.env.bytes())
        .await
        .ok_or_else(|| Outage::Unavailable("a password could not be hashed".to_owned()))?;
    let mut flight = WriteFlight::new();
    flight.ask(&TAKE_RESET, params![&hashed, now]).or(ResetError::Over);
    flight.run(DROP_RESETS, params![&login_name]);
    let person = flight.ask(&SET_PASSWORD, params![&login_name, hash, now]).or(ResetError::Over).slot();
    if let Some(owner) = owner {
        if by_letter {
            persons::validate_email(&mut flight, owner.id, &owner.email);
        }
        let letter = (by_letter || owner.email_validated).then(|| write(&owner));
        tell(domain, &mut flight, letter.as_ref());
    }
    let (person,) = domain.store.write(flight).await.map_err(Refusal::reason)?.one(person)?;
    letters::wake(domain);
    shell::end_all(domain, person).await?;
    Ok(person)
}
