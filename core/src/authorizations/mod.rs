//! Authorizations: what a person allowed an application to do with a record, and the only way to
//! the record's data.
//!
//! The effective permission is what the person may do ∩ what they granted ∩ what the application
//! asks for today ∩ online or offline ∩ the state of the record (connectivity.md 8.5). It is
//! computed in `access.rs` and nowhere else.

mod access;
mod consent;
mod cut_off;
mod grant;
mod leave;
mod optional;
mod people;
mod pseudonyms;
mod remembered;
mod revoke;
mod standing;
mod store;
mod updated;

pub(crate) use access::knock;
pub use access::{AccessError, Avenue, Caller, RecordAccess, open, still_may};
pub use consent::{Consent, ConsentError, allow, allow_by_code, allow_on_device, select};
pub(crate) use cut_off::{end, ending};
pub use grant::Grant;
pub(crate) use leave::leave;
pub use optional::{Optional, set_optional};
pub use people::{
    AuthorizedPerson, AuthorizedRecord, PeopleQuery, authorized_people, find_person, of_person_at_home,
    records_of, resolve_person, resolve_record,
};
pub use pseudonyms::{app_specific_record_id, person_pseudonym, record_pseudonym};
pub(crate) use remembered::Proof;
pub use revoke::revoke;
pub use standing::{Standing, standing};
pub(crate) use store::{GO_WITH_PERSON, GO_WITH_RECORD, GrantRow};
pub use updated::{UpdatedRecord, updated_records};
