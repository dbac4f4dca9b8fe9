//! The picture of whom a record is about (things.md 8, Personal Image): it stands on every page about the record.

use keepwell_store::{ReadFlight, params};

use super::attachment::contents;
use super::store::THE_ONE;
use super::{AttachmentError, PERSONAL, ThingKey};
use crate::Domain;
use crate::applications::Permission;
use crate::authorizations::{AccessError, Caller, knock};
use crate::blobs::{Blobs, Content};
use crate::ids::RecordId;
use crate::thing_types::PERSONAL_IMAGE;

/// The picture of a record.
#[derive(Debug)]
pub struct Portrait {
    /// The thing that it hangs on.
    pub key: ThingKey,
    /// Its bytes, whatever they are; none where the thing has no picture.
    pub content: Option<Content>,
}

/// The picture of a record, if it has one that the caller may see. It leaves no entry in the log: it comes with
/// each page about the record, and those who read more than the picture leave theirs.
///
/// # Errors
/// `AttachmentError` saying why it is not given.
pub async fn portrait(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
) -> Result<Option<Portrait>, AttachmentError> {
    let mut flight = ReadFlight::new();
    let door = knock(&mut flight, caller, record, domain.env.now());
    let one = flight.ask(&THE_ONE, params![record, PERSONAL_IMAGE]);
    let mut answers = domain.store.read(flight).await?;
    let access = door.open(caller, &mut answers, domain.env.now())?;
    if !access.may(Permission::Read, PERSONAL_IMAGE) {
        return Err(AccessError::Denied.into());
    }
    let Some((id, stamp, flags, blobs)) = answers.first(one)? else { return Ok(None) };
    if flags & PERSONAL != 0 && !access.is_custodian_at_shell() {
        return Ok(None);
    }
    let picture = Blobs::stored(blobs).list()?.into_iter().find(|blob| blob.name.is_empty());
    let content = match picture {
        None => None,
        Some(blob) => contents(domain, &access, &[blob.id]).await?.remove(&blob.id),
    };
    Ok(Some(Portrait { key: ThingKey { id, stamp }, content }))
}
