//! Codes for who has lost the app: printed once, and each good for one time.

use keepwell_store::{WriteFlight, params};

use super::super::readable;
use super::store::{DROP_CODES, INSERT_CODE};
use crate::Domain;
use crate::ids::PersonId;
use crate::keys::Purpose;

/// How many a person gets.
pub const RECOVERY_CODES: usize = 10;
/// Characters of one: 60 random bits.
const LENGTH: usize = 12;
/// How they are grouped for the eye.
const GROUP: usize = 4;

/// What is kept of one. The person is in it: nobody's code is anybody else's.
pub(super) fn digest(domain: &Domain, person: PersonId, folded: &str) -> [u8; 32] {
    domain.keys.mac(Purpose::SecondFactor, &[b"recovery", person.0.as_bytes(), folded.as_bytes()])
}

/// Gives the person new ones in place of those that there were; answers them as they are shown.
pub(super) fn renew<E>(domain: &Domain, flight: &mut WriteFlight<E>, person: PersonId) -> Vec<String> {
    flight.run(DROP_CODES, params![person]);
    let mut shown = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        let code = readable::mint::<LENGTH>(&domain.env);
        flight.run(INSERT_CODE, params![&digest(domain, person, &code), person]);
        let groups: Vec<_> = code.as_bytes().chunks(GROUP).map(String::from_utf8_lossy).collect();
        shown.push(groups.join("-"));
    }
    shown
}
