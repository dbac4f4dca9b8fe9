//! Codes with which an account can be opened on a server that is not open to everyone (methods.md 13.3).

use keepwell_store::{Refusal, WriteFlight, params};

use super::SignUpError;
use super::store::{INSERT_CODE, SWEEP_CODES, TAKE_CODE};
use crate::env::DAY;
use crate::ids::AppId;
use crate::tokens::{self, TokenHash};
use crate::{Domain, Outage};

/// How long a code can be used.
pub const CODE_LIFE: i64 = 28 * DAY;
/// Digits and letters of a code, in groups of five: 100 random bits.
const LENGTH: usize = 20;
/// Nothing that is taken for something else: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A new code of 20 characters, in the name of an application. It opens one account.
///
/// # Errors
/// `Outage` when it cannot be kept.
pub async fn new_code(domain: &Domain, app: AppId) -> Result<String, Outage> {
    let letter = |byte: u8| char::from(ALPHABET[usize::from(byte % 32)]);
    let code: String = domain.env.bytes::<LENGTH>().into_iter().map(letter).collect();
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

/// People type it in either case, with spaces or hyphens, and take O for 0.
fn hash(code: &str) -> TokenHash {
    let folded =
        code.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        });
    tokens::hash(&folded.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_as_people_type_it() {
        assert_eq!(hash("01ab-c def"), hash("OLABCDEF"));
        assert_ne!(hash("01ABCDEF"), hash("01ABCDEG"));
    }
}
