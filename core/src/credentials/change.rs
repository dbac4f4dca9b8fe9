//! Choosing a new password with the present one.

use keepwell_store::{Refusal, WriteFlight, params};

use super::store::{DROP_RESETS, SET_PASSWORD};
use super::{SignInError, WeakPassword, check_password, fold, sign_in};
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
    check_password(new, &[&person.name, &login_name])?;
    let hash = domain
        .hasher
        .hash(new, domain.env.bytes())
        .await
        .ok_or_else(|| Outage::Unavailable("a password could not be hashed".to_owned()))?;
    let mut flight = WriteFlight::new();
    flight.run(DROP_RESETS, params![&login_name]);
    flight.ask(&SET_PASSWORD, params![&login_name, hash, domain.env.now()]).or(ChangeError::Wrong);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}
