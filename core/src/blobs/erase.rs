//! The blobs of a record that is erased: first their rows go, then, by the sweep, what lay in objects. A process that is
//! killed in between leaves nothing that the next sweep does not find.

use keepwell_store::{ReadFlight, WriteFlight, params};
use uuid::Uuid;

use super::BlobId;
use super::store::{DROP_BLOBS, LEAVE_OBJECTS, LEAVE_UPLOADS, SOME_OF_RECORD};
use crate::ids::RecordId;
use crate::{Domain, Outage};

/// Some blobs of a record.
pub(crate) async fn some_of_record(
    domain: &Domain,
    record: RecordId,
    most: u32,
) -> Result<Vec<BlobId>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&SOME_OF_RECORD, params![record, most]);
    Ok(domain.store.read(flight).await?.all(slot)?.into_iter().map(|(id,)| id).collect())
}

/// These go, and their objects are left to the sweep.
pub(crate) fn some_go<E>(flight: &mut WriteFlight<E>, record: RecordId, blobs: &[BlobId]) {
    let ids: Vec<Uuid> = blobs.iter().map(|blob| blob.0).collect();
    let nothing = Vec::<u8>::new();
    flight.run(LEAVE_UPLOADS, params![ids.clone()]);
    flight.run(LEAVE_OBJECTS, params![record, ids.clone(), nothing.clone(), Uuid::nil(), nothing]);
    flight.run(DROP_BLOBS, params![record, ids]);
}
