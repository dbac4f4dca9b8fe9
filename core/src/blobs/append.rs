//! Bytes for an upload.

use bytes::Bytes;
use keepwell_store::{WriteFlight, params};

use super::content::{Part, key};
use super::hash::BlockHash;
use super::store::{ADD_PART, GROW};
use super::{PIECE, SMALL, Upload, UploadError, seal};
use crate::{Domain, Outage};

/// Adds bytes, at most [`PIECE`], after those that are here; `last` ends the upload. When this answers,
/// they are on the disk.
///
/// # Errors
/// `UploadError::Raced` when another request wrote meanwhile: open the upload anew. After any error nothing
/// has changed.
pub async fn append(
    domain: &Domain,
    upload: &mut Upload,
    bytes: Bytes,
    last: bool,
) -> Result<(), UploadError> {
    if upload.row.complete {
        return Err(UploadError::Complete);
    }
    let was = upload.row.received;
    let most = upload.most(domain).await?;
    let now = i64::try_from(bytes.len()).ok().filter(|_| bytes.len() <= PIECE).map(|n| was + n);
    let Some(received) = now.filter(|n| *n <= most) else {
        return Err(UploadError::TooLong { most });
    };
    let hashed = hash_on(upload.row.hash_state.clone(), bytes.clone());
    let id = upload.row.id;
    let mut small = upload.row.few(domain)?;
    let fits = small.as_ref().is_some_and(|few| few.len() + bytes.len() <= SMALL);
    let (hash_state, part) = match &mut small {
        Some(few) if fits => {
            few.extend_from_slice(&bytes);
            (hashed.await?, None)
        }
        _ if bytes.is_empty() => (hashed.await?, None),
        _ => {
            // Hashing takes a processor, putting takes the disk.
            let few = small.take().unwrap_or_default();
            let (hashed, part) = tokio::join!(hashed, put(domain, upload, few, bytes));
            (hashed?, Some(part?))
        }
    };
    if let Some(few) = small.take() {
        small = Some(if upload.row.sealed { seal::seal(domain, id, seal::IN_ROW, &few)? } else { few });
    }
    let mut flight = WriteFlight::new();
    if let Some(Part(start, length, object)) = &part {
        let number = |n: &u64| i64::try_from(*n).unwrap_or(i64::MAX);
        flight
            .run(ADD_PART, params![id, number(start), number(length), object])
            .unique("blob_part_pkey", UploadError::Raced);
    }
    flight
        .run(GROW, params![id, was, received, hash_state.clone(), small.clone(), last])
        .affects(1, UploadError::Raced);
    if let Err(refusal) = domain.store.write(flight).await {
        let error = refusal.reason();
        // Whether the row came to stand after an outage is not known, so its object stays; the sweep
        // sees what no row names.
        if let (UploadError::Raced, Some(Part(_, _, object))) = (&error, &part) {
            let _ = domain.objects.delete(&key(id, object)).await;
        }
        return Err(error);
    }
    upload.parts.extend(part);
    (upload.row.received, upload.row.complete) = (received, last);
    (upload.row.hash_state, upload.row.small) = (hash_state, small);
    Ok(())
}

/// Puts bytes into an object, with the few that lay in the row before.
async fn put(domain: &Domain, upload: &Upload, few: Vec<u8>, bytes: Bytes) -> Result<Part, UploadError> {
    let start = if few.is_empty() { upload.received() } else { 0 };
    let bytes = if few.is_empty() { bytes } else { [few.as_slice(), &bytes].concat().into() };
    let object = format!("{start:x}-{:08x}", u32::from_be_bytes(domain.env.bytes()));
    let length = bytes.len() as u64;
    let bytes =
        if upload.row.sealed { seal::seal(domain, upload.row.id, start, &bytes)?.into() } else { bytes };
    domain.objects.put(&key(upload.row.id, &object), bytes).await?;
    Ok(Part(start, length, object))
}

/// The running hash after these bytes. Many are hashed where they hold nobody up.
async fn hash_on(state: Vec<u8>, bytes: Bytes) -> Result<Vec<u8>, Outage> {
    let broken = || Outage::Unavailable("the running hash of an upload is not ours".to_owned());
    let hash = move || {
        let mut hash = BlockHash::load(&state)?;
        hash.update(&bytes);
        Some(hash.save())
    };
    tokio::task::spawn_blocking(hash).await.ok().flatten().ok_or_else(broken)
}
