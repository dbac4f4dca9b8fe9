//! Choosing a new password with the present one, or a first one.

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

use super::store::{DROP_RESETS, HAS_PASSWORD, SET_FIRST_PASSWORD, SET_PASSWORD};
use super::{SignInError, WeakPassword, check_password, fold, sign_in};
use crate::ids::PersonId;
use crate::persons::Person;
use crate::{Domain, Outage};

/// Why a password cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// The present password is wrong.
    #[error("this is not the present password")]
    Wrong,
    /// Too many wrong tries for this name lately.
    #[error("too many tries; please wait a quarter of an hour")]
    Paused,
    /// The new password is refused.
    #[error(transparent)]
    Password(#[from] WeakPassword),
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Changes a person's password. The present one is asked for and counted like at a sign-in, so that a
/// browser left open gives nobody the account; links in letters die.
///
/// # Errors
/// `ChangeError` naming what is refused.
pub async fn change_password(
    domain: &Domain,
    person: &Person,
    present: &str,
    new: &str,
) -> Result<(), ChangeError> {
    let login_name = fold(&person.email);
    match sign_in(domain, &login_name, present).await {
        Ok(id) if id == person.id => {}
        Ok(_) | Err(SignInError::Wrong) => return Err(ChangeError::Wrong),
        Err(SignInError::Paused) => return Err(ChangeError::Paused),
        Err(SignInError::Suspended) => return Err(ChangeError::Wrong),
        Err(SignInError::Outage(outage)) => return Err(outage.into()),
    }
    let hash = hash_new(domain, person, new).await?;
    let mut flight = WriteFlight::new();
    flight.run(DROP_RESETS, params![&login_name]);
    flight.ask(&SET_PASSWORD, params![&login_name, hash, domain.env.now()]).or(ChangeError::Wrong);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// Sets the password of a person who has none yet. That it is they, and now, is for the caller to know.
///
/// # Errors
/// `ChangeError::Wrong` when there is a password already, `Password` for a weak one.
pub async fn set_password(domain: &Domain, person: &Person, new: &str) -> Result<(), ChangeError> {
    let hash = hash_new(domain, person, new).await?;
    let mut flight = WriteFlight::new();
    flight.run(DROP_RESETS, params![fold(&person.email)]);
    flight.run(SET_FIRST_PASSWORD, params![person.id, hash, domain.env.now()]).affects(1, ChangeError::Wrong);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// Whether a person can sign in with a password; with none they have a passkey.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn has_password(domain: &Domain, person: PersonId) -> Result<bool, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&HAS_PASSWORD, params![person]);
    Ok(domain.store.read(flight).await?.first(slot)?.is_some())
}

async fn hash_new(domain: &Domain, person: &Person, new: &str) -> Result<String, ChangeError> {
    check_password(new, &[&person.name, &fold(&person.email)])?;
    let hash = domain.hasher.hash(new, domain.env.bytes()).await;
    hash.ok_or_else(|| Outage::Unavailable("a password could not be hashed".to_owned()).into())
}
