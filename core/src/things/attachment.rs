//! Fetching the bytes of a thing's attachments.

use std::collections::HashMap;
use std::ops::Range;

use bytes::Bytes;
use futures_util::stream::{self, StreamExt};
use keepwell_store::{ReadFlight, params};

use super::store::{ATTACHED, CURRENT_STATE};
use super::{PERSONAL, ThingKey};
use crate::applications::{self, Permission};
use crate::audit::{self, Action, Entry};
use crate::authorizations::{AccessError, Caller, Proof, RecordAccess, knock};
use crate::blobs::{Blob, BlobId, Blobs, Content, ReadToken, ask_contents};
use crate::ids::{RecordId, ThingId, VersionStamp};
use crate::{Domain, Outage};

/// Attachments whose first bytes are fetched at the same time.
const AT_ONCE: usize = 8;

/// Why an attachment cannot be fetched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttachmentError {
    /// The record's door stays shut, or the caller may not read the thing.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// The token has expired.
    #[error("this address has expired; read the thing again for another")]
    Expired,
    /// The thing is gone, or has no such attachment.
    #[error("there is no such attachment")]
    Unknown,
    /// The store could not answer.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// The attachment that a token names, by its application as it was when the thing was read: what was
/// revoked or removed meanwhile is not given.
///
/// # Errors
/// `AttachmentError` saying why it is not given.
pub async fn fetch(domain: &Domain, token: &ReadToken) -> Result<(Blob, Content), AttachmentError> {
    if token.expires <= domain.env.now() {
        return Err(AttachmentError::Expired);
    }
    let app = applications::find(domain, token.app).await?.ok_or(AccessError::Denied)?;
    let holds = Proof::new(app.revision, None);
    let caller = Caller::application(app.application, token.person, token.online).while_holds(holds);
    let opened = attached(domain, &caller, token.record, token.thing, token.stamp).await;
    if matches!(opened, Err(AttachmentError::Access(AccessError::Denied | AccessError::Closed)))
        && let Err(error) = audit::refused(domain, &caller, token.record).await
    {
        tracing::warn!(%error, "a refusal left no entry in the audit log");
    }
    let (access, list) = opened?;
    let blob = list.into_iter().find(|blob| blob.id == token.blob).ok_or(AttachmentError::Unknown)?;
    given(domain, &access, token.thing, blob).await
}

/// An attachment by its place in the list of a version of a thing that the caller may read, from 0.
///
/// # Errors
/// `AttachmentError` saying why it is not given.
pub async fn nth_attachment(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    key: ThingKey,
    index: usize,
) -> Result<(Blob, Content), AttachmentError> {
    let (access, mut list) = attached(domain, caller, record, key.id, key.stamp).await?;
    if index >= list.len() {
        return Err(AttachmentError::Unknown);
    }
    given(domain, &access, key.id, list.swap_remove(index)).await
}

/// The attachments at these places in the list of a version of a thing that the caller may read, as many as
/// there are, each with the first bytes of it, up to `bytes`; none when they cannot be read just now. It leaves no
/// entry in the log: what an attachment says is given to nobody, only what kind of file it is.
///
/// # Errors
/// `AttachmentError` saying why they are not given.
pub async fn beginnings(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    key: ThingKey,
    places: Range<usize>,
    bytes: u64,
) -> Result<Vec<(Blob, Option<Bytes>)>, AttachmentError> {
    let (access, list) = attached(domain, caller, record, key.id, key.stamp).await?;
    let list: Vec<_> = list.into_iter().skip(places.start).take(places.len()).collect();
    let ids: Vec<_> = list.iter().map(|blob| blob.id).collect();
    let found = contents(domain, &access, &ids).await?;
    let begins = list.into_iter().map(|blob| {
        let content = found.get(&blob.id).cloned();
        async move {
            let Some(content) = content else { return (blob, None) };
            let first = match content.length() {
                0 => Some(Bytes::new()),
                length => content.read(domain, 0..length, bytes).await.inspect_err(unread).ok(),
            };
            (blob, first)
        }
    });
    Ok(stream::iter(begins).buffered(AT_ONCE).collect().await)
}

fn unread(error: &Outage) {
    tracing::warn!(%error, "the beginning of an attachment cannot be read");
}

/// The attachments of a version of a thing, if the caller may read it.
async fn attached(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    thing: ThingId,
    stamp: VersionStamp,
) -> Result<(RecordAccess, Vec<Blob>), AttachmentError> {
    let mut flight = ReadFlight::new();
    let door = knock(&mut flight, caller, record, domain.env.now());
    let state = flight.ask(&CURRENT_STATE, params![record, thing]);
    let attached = flight.ask(&ATTACHED, params![record, thing, stamp]);
    let mut answers = domain.store.read(flight).await?;
    let access = door.open(caller, &mut answers, domain.env.now())?;
    let (state, attached) = (answers.first(state)?, answers.first(attached)?);
    let (Some((type_id, deleted, flags, current)), Some((blobs,))) = (state, attached) else {
        return Err(AttachmentError::Unknown);
    };
    // An application may finish what it began to fetch while the thing became another version.
    let is_former = current != stamp && caller.app().is_none();
    let is_hidden = deleted || flags & PERSONAL != 0 || is_former;
    if is_hidden && !access.is_custodian_at_shell() {
        return Err(match caller.app() {
            Some(_) => AttachmentError::Unknown,
            None => AccessError::Denied.into(),
        });
    }
    if !access.may(Permission::Read, type_id) {
        return Err(AccessError::Denied.into());
    }
    Ok((access, Blobs::stored(blobs).list()?))
}

/// Its bytes, and the entry in the log that says who got them.
async fn given(
    domain: &Domain,
    access: &RecordAccess,
    thing: ThingId,
    blob: Blob,
) -> Result<(Blob, Content), AttachmentError> {
    let mut found = contents(domain, access, &[blob.id]).await?;
    let content = found.remove(&blob.id).ok_or(AttachmentError::Unknown)?;
    let about = serde_json::json!({ "thing": thing, "attachment": blob.name });
    audit::read(domain, Entry::of(access, Action::ReadBlob).with(&about)).await;
    Ok((blob, content))
}

/// The bytes of blobs of a record whose door is open; each belongs to a thing that the caller has read.
pub(super) async fn contents(
    domain: &Domain,
    access: &RecordAccess,
    blobs: &[BlobId],
) -> Result<HashMap<BlobId, Content>, Outage> {
    if blobs.is_empty() {
        return Ok(HashMap::new());
    }
    let mut flight = ReadFlight::new();
    let asked = ask_contents(&mut flight, access.record(), blobs);
    asked.collect(&mut domain.store.read(flight).await?)
}

/// The bytes of attachments of things that were read with this access.
///
/// # Errors
/// `Outage` when the store cannot answer, or a thing lists what the record does not have.
pub async fn bytes_of(
    domain: &Domain,
    access: &RecordAccess,
    blobs: &[&Blob],
) -> Result<HashMap<BlobId, Bytes>, Outage> {
    let ids: Vec<_> = blobs.iter().map(|blob| blob.id).collect();
    let found = contents(domain, access, &ids).await?;
    let mut bytes = HashMap::new();
    for id in ids {
        let lost = || Outage::Unavailable(format!("the blob {id} is not in its record"));
        bytes.insert(id, found.get(&id).ok_or_else(lost)?.whole(domain).await?);
    }
    Ok(bytes)
}
