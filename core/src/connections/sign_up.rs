//! A pickup code opens an account where that needs a code: who was asked to come may come (connectivity.md 3.2).

use keepwell_store::{WriteFlight, params};

use super::code;
use super::store::OPEN_ACCOUNT;
use crate::Domain;

/// Uses a pickup code up for an account, in the flight that opens it; what belongs to the code stays. Answers
/// false for what is no pickup code.
pub(crate) fn open_account<E>(domain: &Domain, flight: &mut WriteFlight<E>, typed: &str, unknown: E) -> bool {
    let Some(canonical) = code::canonical(typed) else { return false };
    flight.run(OPEN_ACCOUNT, params![code::hash(domain, &canonical), domain.env.now()]).affects(1, unknown);
    true
}
