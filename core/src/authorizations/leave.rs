//! All that a person allowed with a record ends, with the person's own access to it.

use keepwell_store::{WriteFlight, params};

use super::store::{DROP_GRANTS, DROP_RECORD_PSEUDONYMS};
use crate::ids::{PersonId, RecordId};

/// Ends it, in the flight that also guards the record's revision. Who was allowed something by this person does not
/// know the record any more.
pub(crate) fn leave<E>(flight: &mut WriteFlight<E>, record: RecordId, person: PersonId) {
    flight.run(DROP_GRANTS, params![record, person]);
    flight.run(DROP_RECORD_PSEUDONYMS, params![record, person]);
}
