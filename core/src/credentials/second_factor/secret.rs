//! What a person's app and we both know, as it lies in the database: sealed, and bound to the person.

use zeroize::Zeroizing;

use super::totp::SECRET_LENGTH;
use crate::ids::PersonId;
use crate::keys::{KeyError, Purpose};
use crate::{Domain, Outage};

fn context(person: PersonId) -> Vec<u8> {
    [b"secret", person.0.as_bytes().as_slice()].concat()
}

/// A new one, sealed.
pub(super) fn make(domain: &Domain, person: PersonId) -> Result<Vec<u8>, Outage> {
    let secret = Zeroizing::new(domain.env.bytes::<SECRET_LENGTH>());
    let sealed = domain.keys.seal(&domain.env, Purpose::SecondFactor, &context(person), secret.as_slice());
    sealed.map_err(broken)
}

/// Reads it.
pub(super) fn open(domain: &Domain, person: PersonId, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Outage> {
    let secret = domain.keys.open(Purpose::SecondFactor, &context(person), sealed);
    secret.map(Zeroizing::new).map_err(broken)
}

fn broken(error: KeyError) -> Outage {
    Outage::Unavailable(format!("the secret of a second step: {error}"))
}
