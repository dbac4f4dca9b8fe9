//! Credentials: how a person proves who they are.
//!
//! A try is counted before the password is looked at (claim, work, confirm), so that a hundred
//! parallel guesses are as slow as one after the other.

mod change;
mod change_email;
mod confirm;
mod erase;
mod hasher;
pub mod passkeys;
mod policy;
mod reset;
mod sign_up;
mod sign_up_code;
mod store;
mod undo_email;

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

pub use change::{ChangeError, change_password, has_password, set_password};
pub use change_email::{
    ChangeEmailError, LIFE as CHANGE_EMAIL_LIFE, Told, UNDO_LIFE, ask_email, asked_email, drop_asked_email,
    email_to_take, take_email,
};
pub use confirm::{
    ConfirmError, Confirmation, LIFE as CONFIRMATION_LIFE, confirm_email, email_to_confirm, send_confirmation,
};
pub(crate) use erase::{drop_pending, erase};
pub use hasher::Hasher;
pub use policy::{WeakPassword, check as check_password};
pub use reset::{
    LIFE as RESET_LIFE, Reset, ResetError, begin_reset, choose_password, reset_login, send_reset,
};
pub use sign_up::{SignUp, SignUpError, sign_up};
pub use sign_up_code::{CODE_LIFE, new_code};
use store::{CLAIM_TRY, CONFIRM_TRY, FIND_LOGIN};
pub use undo_email::{email_to_restore, undo_email};

use crate::env::MINUTE;
use crate::ids::PersonId;
use crate::persons::{self, State};
use crate::{Domain, Outage};

/// Wrong passwords for one login name before a pause.
pub const TRIES: i64 = 10;
/// The pause after too many wrong passwords, microseconds.
pub const PAUSE: i64 = 15 * MINUTE;

/// Why a sign-in failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// The name or the password is wrong; which of them is not told.
    #[error("the e-mail address or the password is not right")]
    Wrong,
    /// Too many wrong tries for this name lately.
    #[error("too many tries; please wait a quarter of an hour")]
    Paused,
    /// The password is right, and the account is closed for now.
    #[error("this account is suspended")]
    Suspended,
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// A login name as it is kept: trimmed, in lower case.
#[must_use]
pub fn fold(login_name: &str) -> String {
    login_name.trim().to_lowercase()
}

/// Whose login name it is; for who runs the server.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn find_login(domain: &Domain, login_name: &str) -> Result<Option<PersonId>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&FIND_LOGIN, params![fold(login_name)]);
    Ok(domain.store.read(flight).await?.first(slot)?.map(|(person,)| person))
}

/// Checks a password. An unknown name, and an account that has none, take as long as a wrong password. Who closed their
/// account is answered too: they may keep it, and nothing else ([`crate::erasure::waiting`]).
///
/// # Errors
/// `SignInError::Wrong`, `Paused` or `Suspended`.
pub async fn sign_in(domain: &Domain, login_name: &str, password: &str) -> Result<PersonId, SignInError> {
    let login_name = fold(login_name);
    let now = domain.env.now();
    let mut claim = WriteFlight::<SignInError>::new();
    let claimed = claim.ask(&CLAIM_TRY, params![&login_name, now, now - PAUSE, TRIES]).slot();
    let claimed = domain.store.write(claim).await.map_err(Refusal::reason)?.first(claimed)?;
    let Some((person, hash, tries)) = claimed else {
        domain.hasher.waste(password).await;
        return Err(SignInError::Wrong);
    };
    if tries > TRIES {
        return Err(SignInError::Paused);
    }
    if hash == sign_up::NO_PASSWORD {
        domain.hasher.waste(password).await;
        return Err(SignInError::Wrong);
    }
    if !domain.hasher.verify(password, hash).await {
        return Err(SignInError::Wrong);
    }
    let mut confirm = WriteFlight::<SignInError>::new();
    confirm.run(CONFIRM_TRY, params![&login_name]);
    domain.store.write(confirm).await.map_err(Refusal::reason)?;
    may_come(domain, person).await
}

/// Whether someone who proved who they are may sign in.
async fn may_come(domain: &Domain, person: PersonId) -> Result<PersonId, SignInError> {
    match persons::find(domain, person).await?.map(|found| found.state) {
        Some(State::Active | State::Closing) => Ok(person),
        Some(State::Suspended) => Err(SignInError::Suspended),
        Some(State::Erasing) | None => Err(SignInError::Wrong),
    }
}
