//! Blobs of a package: decrypted chunk by chunk, and uploaded anew for the record (connectivity.md 4.5, 5.3).

use std::sync::Arc;

use bytes::Bytes;
use keepwell_dopu::Key;

use super::TakeError;
use crate::authorizations::Caller;
use crate::blobs::{self, BLOCK, BlobId, BlobToken, Packaged, UploadError};
use crate::ids::RecordId;
use crate::{Domain, Outage};

/// Makes an upload of the record from a blob of a package; answers what names it. A fixed part of the bytes
/// is in memory, however many they are. What was uploaded when something failed is swept like any upload.
pub(super) async fn reuploaded(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    key: &Arc<Key>,
    id: BlobId,
    chunk: u64,
) -> Result<BlobToken, TakeError> {
    let packaged = blobs::packaged(domain, id).await?.ok_or(TakeError::Blob)?;
    let begun = blobs::begin(domain, caller, Some(record)).await?;
    let mut upload = blobs::open(domain, &begun.token).await?;
    let mut at = 0;
    while at < packaged.length() {
        let plain = decrypted(domain, &packaged, key, at, chunk).await?;
        at += chunk;
        let last = at >= packaged.length();
        blobs::append(domain, &mut upload, plain, last).await?;
    }
    if packaged.length() == 0 {
        blobs::append(domain, &mut upload, Bytes::new(), true).await?;
    }
    blobs::read_token(domain, &begun.token).ok_or(TakeError::Upload(UploadError::Unknown))
}

/// Bytes of an encrypted chunk that a sender was told to send.
pub(super) fn chunk(algorithm: super::Algorithm) -> u64 {
    algorithm.post_size(BLOCK as u64)
}

async fn decrypted(
    domain: &Domain,
    packaged: &Packaged,
    key: &Arc<Key>,
    at: u64,
    chunk: u64,
) -> Result<Bytes, TakeError> {
    let sealed = packaged.read(domain, at, chunk).await?;
    let key = Arc::clone(key);
    let opened = tokio::task::spawn_blocking(move || key.open_chunk(&sealed)).await;
    let opened = opened.map_err(|error| Outage::Unavailable(format!("opening a package: {error}")))?;
    let mut opened = opened.map_err(|_| TakeError::Blob)?;
    Ok(std::mem::take(&mut *opened).into())
}
