//! What applications know persons and records by: a keyed digest of the real ids, so that the same
//! come back after a revocation and nobody can compare two applications' (connectivity.md 8.8).

use uuid::Uuid;

use crate::Domain;
use crate::ids::{AppId, PersonId, PersonPseudonym, RecordId, RecordPseudonym};
use crate::keys::Purpose;

fn digest(domain: &Domain, parts: &[&[u8]]) -> [u8; 16] {
    let mac = domain.keys.mac(Purpose::Pseudonym, parts);
    let mut short = [0; 16];
    short.copy_from_slice(&mac[..16]);
    short
}

fn as_uuid(bytes: [u8; 16]) -> Uuid {
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// The id by which an application knows a person.
#[must_use]
pub fn person_pseudonym(domain: &Domain, app: AppId, person: PersonId) -> PersonPseudonym {
    PersonPseudonym(as_uuid(digest(domain, &[b"person", app.0.as_bytes(), person.0.as_bytes()])))
}

/// The id by which an application knows a record for one person.
#[must_use]
pub fn record_pseudonym(domain: &Domain, app: AppId, person: PersonId, record: RecordId) -> RecordPseudonym {
    let parts: [&[u8]; 4] = [b"record", app.0.as_bytes(), person.0.as_bytes(), record.0.as_bytes()];
    RecordPseudonym(as_uuid(digest(domain, &parts)))
}

/// The id of a record that is the same for all its persons within one application: a decimal
/// number, as the original's were.
#[must_use]
pub fn app_specific_record_id(domain: &Domain, app: AppId, record: RecordId) -> String {
    let bytes = digest(domain, &[b"record of app", app.0.as_bytes(), record.0.as_bytes()]);
    (u128::from_be_bytes(bytes) >> 65).to_string()
}
