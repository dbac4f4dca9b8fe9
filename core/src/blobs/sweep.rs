//! Giving back the room of uploads that never became part of a record (things.md 7.8).

use std::collections::HashSet;
use std::time::{Duration, UNIX_EPOCH};

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

use uuid::Uuid;

use super::content::{Pieces, folder, key};
use super::store::{CONTENTS, EXPIRED, FORGET, FORGET_PARTS, UploadRow};
use super::{Content, UploadError};
use crate::env::{DAY, HOUR};
use crate::{Domain, Outage};

/// Uploads looked at in one go.
const GROUP: u32 = 100;
/// An upload is swept so long after it expired, so that no clock of another process still lets it go on.
const GRACE: i64 = HOUR;

/// Forgets uploads that expired, with what lies in objects and belongs to no blob; answers how many.
///
/// # Errors
/// The first thing that went wrong; what it was about is tried again the next time.
pub async fn sweep(domain: &Domain) -> Result<usize, UploadError> {
    let before = domain.env.now() - GRACE;
    let (mut swept, mut trouble) = (0, None);
    let mut place = (i64::MIN, Uuid::nil());
    loop {
        let mut flight = ReadFlight::new();
        let slot = flight.ask(&EXPIRED, params![before, place.0, place.1, GROUP]);
        let expired = domain.store.read(flight).await?.all(slot)?;
        let Some(last) = expired.last() else { break };
        place = (last.expires, last.id.0);
        for upload in &expired {
            match forget(domain, upload).await {
                Ok(()) => swept += 1,
                Err(error) => trouble = trouble.or(Some(error)),
            }
        }
    }
    // What a process that was killed had half written has no row either.
    let old = u64::try_from(domain.env.now() - DAY).unwrap_or_default();
    domain.objects.sweep(UNIX_EPOCH + Duration::from_micros(old)).await?;
    trouble.map_or(Ok(swept), Err)
}

async fn forget(domain: &Domain, upload: &UploadRow) -> Result<(), UploadError> {
    let kept = kept(domain, upload).await?;
    for object in domain.objects.keys(&folder(upload.id)).await? {
        if !kept.contains(&object) {
            domain.objects.delete(&object).await?;
        }
    }
    let mut flight = WriteFlight::<UploadError>::new();
    flight.run(FORGET_PARTS, params![upload.id]);
    flight.run(FORGET, params![upload.id, upload.expires]);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// The objects that the blob which it became lies in.
async fn kept(domain: &Domain, upload: &UploadRow) -> Result<HashSet<String>, Outage> {
    let (Some(_), Some(record)) = (upload.committed_at, upload.record) else { return Ok(HashSet::new()) };
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&CONTENTS, params![record, vec![upload.id.0]]);
    let row = domain.store.read(flight).await?.first(slot)?;
    let lost = || Outage::Unavailable(format!("the blob {} is not in its record", upload.id));
    let content = Content::of(row.ok_or_else(lost)?)?;
    Ok(match content.pieces {
        Pieces::Row(_) => HashSet::new(),
        Pieces::Parts(parts) | Pieces::Sealed(parts) => {
            parts.iter().map(|part| key(upload.id, &part.2)).collect()
        }
    })
}
