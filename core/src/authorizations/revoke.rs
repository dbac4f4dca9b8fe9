//! Ending an authorization: by the person at the Shell, or by the application itself.

use keepwell_store::{Refusal, WriteFlight, params};

use super::access::{AccessError, Avenue};
use super::consent::{ConsentError, read};
use super::store::{CLOSE_RECORD, DROP_GRANT, UNSELECT};
use crate::Domain;
use crate::audit::{self, Action, Entry};
use crate::ids::{AppId, PersonId, RecordId};

/// Ends what the application may do with the record for this person, online and offline. Every door
/// closes at its next request; the data stays.
///
/// # Errors
/// `ConsentError::Access` with `Denied` when there was no authorization, `Changed` after a change in
/// parallel.
pub async fn revoke(
    domain: &Domain,
    app: AppId,
    person: PersonId,
    id: RecordId,
    avenue: Avenue,
) -> Result<(), ConsentError> {
    let (record, grant) = read(domain, app, person, id).await?;
    if grant.is_none() {
        return Err(AccessError::Denied.into());
    }
    let mut flight = WriteFlight::new();
    records_changed(&mut flight, id, record.access_revision);
    flight.run(DROP_GRANT, params![id, app, person]).affects(1, ConsentError::Changed);
    flight.run(CLOSE_RECORD, params![app, person, id]);
    flight.run(UNSELECT, params![app, person, id]);
    let details = serde_json::json!({ "avenue": avenue.name() });
    let entry = Entry::by_person(id, person, Action::RemoveRecordAuthorization).about_app(app).with(&details);
    audit::write(domain, &mut flight, entry);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

fn records_changed(flight: &mut WriteFlight<ConsentError>, id: RecordId, revision: i64) {
    crate::records::bump_access(flight, id, revision, ConsentError::Changed);
}
