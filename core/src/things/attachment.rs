//! Fetching the bytes of a thing's attachments.

use std::collections::HashMap;

use keepwell_store::{ReadFlight, params};

use super::PERSONAL;
use super::store::{ATTACHED, CURRENT_STATE};
use crate::applications::{self, Permission};
use crate::audit::{self, Action, Entry};
use crate::authorizations::{AccessError, Caller, Proof, RecordAccess, knock};
use crate::blobs::{Blob, BlobId, Blobs, Content, ReadToken, ask_contents};
use crate::ids::{RecordId, ThingId, VersionStamp};
use crate::{Domain, Outage};

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
    let holds = Proof { revision: app.revision, user_token: None };
    let caller = Caller::application(app.application, token.person, token.online).while_holds(holds);
    one(domain, &caller, token.record, token.thing, token.stamp, |blob| blob.id == token.blob).await
}

/// An attachment by its name, of a version of a thing that the caller may read.
///
/// # Errors
/// `AttachmentError` saying why it is not given.
pub async fn attachment(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    thing: ThingId,
    stamp: VersionStamp,
    name: &str,
) -> Result<(Blob, Content), AttachmentError> {
    one(domain, caller, record, thing, stamp, |blob| blob.name == name).await
}

async fn one(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    thing: ThingId,
    stamp: VersionStamp,
    which: impl Fn(&Blob) -> bool,
) -> Result<(Blob, Content), AttachmentError> {
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
        return Err(AttachmentError::Unknown);
    }
    if !access.may(Permission::Read, type_id) {
        return Err(AccessError::Denied.into());
    }
    let blob = Blobs::stored(blobs).list()?.into_iter().find(which).ok_or(AttachmentError::Unknown)?;
    let mut found = contents(domain, &access, &[blob.id]).await?;
    let content = found.remove(&blob.id).ok_or(AttachmentError::Unknown)?;
    let about = serde_json::json!({ "thing": thing, "attachment": blob.name });
    audit::read(domain, Entry::of(&access, Action::ReadBlob).with(&about)).await;
    Ok((blob, content))
}

/// The bytes of blobs of a record whose door is open; each belongs to a thing that the caller has read.
async fn contents(
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
) -> Result<HashMap<BlobId, bytes::Bytes>, Outage> {
    let ids: Vec<_> = blobs.iter().map(|blob| blob.id).collect();
    let mut bytes = HashMap::new();
    for (id, content) in contents(domain, access, &ids).await? {
        bytes.insert(id, content.whole(domain).await?);
    }
    Ok(bytes)
}
