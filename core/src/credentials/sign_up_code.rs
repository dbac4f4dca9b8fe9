//! Codes with which an account can be opened on a server that is not open to everyone (methods.md 13.3).

use keepwell_store::{Refusal, WriteFlight, params};

use super::store::{INSERT_CODE, SWEEP_CODES, TAKE_CODE};
use super::{SignUpError, readable};
use crate::env::DAY;
use crate::ids::AppId;
use crate::tokens::{self, TokenHash};
use crate::{Domain, Outage};

/// How long a code can be used.
pub const CODE_LIFE: i64 = 28 * DAY;
/// Digits and letters of a code, in groups of five: 100 random bits.
const LENGTH: usize = 20;

/// A new code of 20 characters, in the name of an application. It opens one account.
///
/// # Errors
/// `Outage` when it cannot be kept.
pub async fn new_code(domain: &Domain, app: AppId) -> Result<String, Outage> {
    let code = readable::mint::<LENGTH>(&domain.env);
    let now = domain.env.now();
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(SWEEP_CODES, params![now]);
    flight.run(INSERT_CODE, params![&hash(&code), app, now, now + CODE_LIFE]);
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok(code)
}

/// Uses a code up, within the flight that opens the account.
pub(super) fn take(flight: &mut WriteFlight<SignUpError>, code: &str, now: i64) {
    flight.run(TAKE_CODE, params![&hash(code), now]).affects(1, SignUpError::Code);
}

fn hash(code: &str) -> TokenHash {
    tokens::hash(&readable::fold(code))
}
