//! Choosing a new password with the present one, or a first one.

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};
use uuid::Uuid;

use super::store::{DROP_RESETS, HAS_PASSWORD, SET_FIRST_PASSWORD, SET_PASSWORD};
use super::{SignInError, WeakPassword, check_password, fold, prove_password, tell};
use crate::ids::PersonId;
use crate::letters::{self, Letter};
use crate::persons::Person;
use crate::{Domain, Outage};

/// Why a password cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// The present password is wrong.
    #[error("this is not the present password")]
    Wrong,
    /// Too many wrong tries lately.
    #[error("too many tries; please wait {seconds} seconds")]
    Paused {
        /// How long.
        seconds: i64,
    },
    /// The new password is refused.
    #[error(transparent)]
    Password(#[from] WeakPassword),
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Changes the password of a person who is signed in. The present one is asked for and counted like at a sign-in,
/// so that a browser left open gives nobody the account; links in letters die. The letter that `write` writes
/// tells of it, where the person's address is confirmed.
///
/// # Errors
/// `ChangeError` naming what is refused.
pub async fn change_password(
    domain: &Domain,
    person: &Person,
    session: Uuid,
    present: &str,
    new: &str,
    write: impl FnOnce(&Person) -> Letter,
) -> Result<(), ChangeError> {
    let login_name = fold(&person.email);
    prove_password(domain, person, session, present).await.map_err(|error| match error {
        SignInError::Wrong | SignInError::Suspended => ChangeError::Wrong,
        SignInError::Paused { seconds } => ChangeError::Paused { seconds },
        SignInError::Outage(outage) => ChangeError::Outage(outage),
    })?;
    let hash = hash_new(domain, person, new).await?;
    let mut flight = WriteFlight::new();
    flight.run(DROP_RESETS, params![&login_name]);
    flight.ask(&SET_PASSWORD, params![&login_name, hash, domain.env.now()]).or(ChangeError::Wrong);
    let letter = person.email_validated.then(|| write(person));
    tell(domain, &mut flight, letter.as_ref());
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    letters::wake(domain);
    Ok(())
}

/// Sets the password of a person who has none yet. That it is they, and now, is for the caller to know. The letter
/// that `write` writes tells of it, where the person's address is confirmed.
///
/// # Errors
/// `ChangeError::Wrong` when there is a password already, `Password` for a weak one.
pub async fn set_password(
    domain: &Domain,
    person: &Person,
    new: &str,
    write: impl FnOnce(&Person) -> Letter,
) -> Result<(), ChangeError> {
    let hash = hash_new(domain, person, new).await?;
    let mut flight = WriteFlight::new();
    flight.run(DROP_RESETS, params![fold(&person.email)]);
    flight.run(SET_FIRST_PASSWORD, params![person.id, hash, domain.env.now()]).affects(1, ChangeError::Wrong);
    let letter = person.email_validated.then(|| write(person));
    tell(domain, &mut flight, letter.as_ref());
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    letters::wake(domain);
    Ok(())
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
