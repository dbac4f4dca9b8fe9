//! Credentials: how a person proves who they are.
//!
//! A try is counted before it is looked at (claim, work, confirm), so that a hundred parallel guesses are as slow
//! as one after the other ([`tries`]).

mod change;
mod change_email;
mod confirm;
mod erase;
mod hasher;
pub mod passkeys;
mod policy;
mod readable;
mod reset;
pub mod second_factor;
mod sign_in;
mod sign_up;
mod sign_up_code;
mod store;
mod tries;
mod undo_email;

use keepwell_store::{ReadFlight, WriteFlight, params};

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
pub use sign_in::{SignInError, prove_password, sign_in, sign_in_from};
pub use sign_up::{SignUp, SignUpError, sign_up};
pub use sign_up_code::{CODE_LIFE, new_code};
use store::FIND_LOGIN;
pub use tries::{
    PAUSE, PAUSE_OF_CODE, Place, TRIES, TRIES_OF_ADDRESS, TRIES_OF_CODE, TRIES_OF_NAME, TRIES_OF_PASSKEY,
    sweep,
};
pub use undo_email::{email_to_restore, undo_email};

use crate::ids::PersonId;
use crate::letters::{self, Letter};
use crate::{Domain, Outage};

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

/// Posts a letter in the flight of what it tells. What was done stands also where the address can have no letter.
fn tell<E>(domain: &Domain, flight: &mut WriteFlight<E>, letter: Option<&Letter>) {
    if let Some(Err(error)) = letter.map(|letter| letters::post(domain, flight, letter)) {
        tracing::warn!(%error, "a letter about a change of how somebody signs in could not be posted");
    }
}
