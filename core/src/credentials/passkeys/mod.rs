//! Passkeys: keys that a person's devices hold and sign in with, instead of a password. The device itself asks
//! for a finger, a face or its code (user verification), and tells whose passkey it is.
//!
//! What a browser is asked to sign is kept on our side ([`ceremony`]). The cryptography is `webauthn-rs`'s, and
//! so are the random challenges.

mod add;
mod ceremony;
mod manage;
mod sign_in;
mod sign_up;
mod site;
mod store;

use keepwell_store::{ReadFlight, WriteFlight, params};
use serde::Serialize;
use webauthn_rs::prelude::Passkey as Key;

pub use add::{add, begin_adding};
pub use manage::{Passkey, find, of_person, remove, rename};
pub use sign_in::{begin_sign_in, sign_in};
pub use sign_up::{PasskeySignUp, begin_sign_up, sign_up};
pub use site::Site;

use crate::env::MINUTE;
use crate::ids::PersonId;
use crate::letters::{self, Letter, LetterError};
use crate::{Domain, Outage};

/// How long a browser may take to answer, microseconds.
pub const LIFE: i64 = 5 * MINUTE;
/// Passkeys that a person may have.
pub const MOST: i64 = 20;
/// The longest name of a passkey, in characters.
pub const LONGEST_NAME: usize = 60;

/// Why a passkey is not added, renamed or removed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyError {
    /// The browser was not asked, was asked too long ago, or has answered already.
    #[error("this took too long, or was answered already; please try again")]
    Over,
    /// The answer is not what was asked for.
    #[error("this passkey cannot be used here")]
    Wrong,
    /// The passkey belongs to an account already.
    #[error("this passkey belongs to an account already")]
    Known,
    /// The person has as many as one may have.
    #[error("a person may have {MOST} passkeys")]
    TooMany,
    /// The name is empty.
    #[error("a passkey has a name of 1 to {LONGEST_NAME} characters")]
    Name,
    /// The person has no such passkey.
    #[error("there is no such passkey")]
    Gone,
    /// Without it the person could not sign in any more.
    #[error("this is the only way in; add another passkey or a password first")]
    LastWay,
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Forgets them, in the flight that erases the person.
pub(super) fn erase<E>(flight: &mut WriteFlight<E>, person: PersonId) {
    flight.run(store::ERASE, params![person]);
}

/// What should never happen, as an outage that says so in the log.
fn broken(why: impl std::fmt::Display) -> Outage {
    Outage::Unavailable(format!("passkeys: {why}"))
}

/// As it is kept.
fn document(of: &impl Serialize) -> Result<String, Outage> {
    serde_json::to_string(of).map_err(broken)
}

/// As a page gets it: only what the device is handed. Whether a browser offers passkeys by itself (mediation)
/// is decided by the page.
fn for_browser(options: &impl Serialize) -> Result<String, Outage> {
    let mut options = serde_json::to_value(options).map_err(broken)?;
    let public_key = options.get_mut("publicKey").map(serde_json::Value::take).unwrap_or_default();
    document(&serde_json::json!({ "publicKey": public_key }))
}

/// The keys of a person.
async fn keys(domain: &Domain, person: PersonId) -> Result<Vec<Key>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&store::OF_PERSON, params![person]);
    let rows = domain.store.read(flight).await?.all(slot)?;
    rows.iter().map(|row| serde_json::from_str(&row.document).map_err(broken)).collect()
}

/// Posts the letter about a change in the flight of the change.
fn post(
    domain: &Domain,
    flight: &mut WriteFlight<PasskeyError>,
    letter: Option<&Letter>,
) -> Result<(), PasskeyError> {
    match letter.map(|letter| letters::post(domain, flight, letter)) {
        None | Some(Ok(())) => Ok(()),
        Some(Err(LetterError::Outage(outage))) => Err(outage.into()),
        Some(Err(why)) => Err(broken(why).into()),
    }
}
