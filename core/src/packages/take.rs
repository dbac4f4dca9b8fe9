//! A person takes what is in a package into a record: once, all of it or nothing.

use std::collections::HashMap;
use std::sync::Arc;

use keepwell_store::WriteFlight;

use super::delete::forget;
use super::streamed::{chunk, reuploaded};
use super::{TakeError, Unlocked, sealed};
use crate::authorizations::{AccessError, Caller};
use crate::blobs::{BlobId, BlobToken};
use crate::connections::{Kind, PickupError, package, told};
use crate::ids::RecordId;
use crate::things::{self, BlobSource, PutBlob, PutThing, ThingError, ThingKey};
use crate::{Domain, applications};

/// Writes the things of an open package into a record, with the person's rights and in the sender's name
/// (connectivity.md 4.5). `things` are what the package's contents say; one that names a thing that exists is
/// taken for a new one. The flight that writes them takes the package away, so of two at once one writes.
///
/// # Errors
/// `TakeError`; nothing is written then, and the package is as it was.
pub async fn take(
    domain: &Domain,
    unlocked: &Unlocked,
    record: RecordId,
    things: Vec<PutThing>,
) -> Result<Vec<ThingKey>, TakeError> {
    let (app, package) = sealed::waiting(domain, unlocked.person, unlocked.id).await?;
    let registered = applications::find(domain, app).await?.ok_or(PickupError::Unknown)?;
    let caller = Caller::picking_up(registered.application, unlocked.person);
    let key = Arc::new(unlocked.key(&package.parameters).ok_or(PickupError::Damaged(app))?);
    let mut things: Vec<_> = things.into_iter().map(as_new).collect();
    let mut moved = HashMap::new();
    for blob in things.iter_mut().flat_map(|thing| &mut thing.blobs) {
        let Some(id) = upload_of(blob) else { continue };
        if !package.uploads.contains(&id) {
            return Err(TakeError::Blob);
        }
        let to = match moved.get(&id) {
            Some(to) => *to,
            None => {
                reuploaded(domain, &caller, record, &key, id, chunk(package.parameters.algorithm())).await?
            }
        };
        moved.insert(id, to);
        blob.source = BlobSource::Token(Some(to));
    }
    let now = domain.env.now();
    let also = |flight: &mut WriteFlight<ThingError>| {
        package::take(flight, unlocked.id, now, ThingError::Taken);
        forget(flight, unlocked.id, &package.uploads, now);
    };
    let written = things::put_with(domain, &caller, record, &things, Some(&also)).await;
    told(Kind::Package, if written.is_ok() { "picked-up" } else { "refused" });
    written.map_err(|error| match error {
        ThingError::Taken => PickupError::PickedUp(app).into(),
        ThingError::Outage(outage) | ThingError::Access(AccessError::Outage(outage)) => outage.into(),
        other => TakeError::Thing(other),
    })
}

fn as_new(thing: PutThing) -> PutThing {
    PutThing { id: None, stamp: None, ..thing }
}

fn upload_of(blob: &PutBlob) -> Option<BlobId> {
    match blob.source {
        BlobSource::Token(Some(BlobToken::Upload(id, _))) => Some(id),
        _ => None,
    }
}
