//! Making what was uploaded, or sent within a request, a blob of the record.

use std::collections::HashMap;

use bytes::Bytes;
use keepwell_store::{Answers, ReadFlight, Refusal, Slot, WriteFlight, params};

use super::content::{Part, key};
use super::hash::BlockHash;
use super::store::{COMMIT, FORGET_PARTS, KEEP, PARTS, PartRow, UPLOADS, UploadRow};
use super::{BlobId, PIECE, SMALL, UPLOAD_LIFE, UploadError, begin, token};
use crate::authorizations::Caller;
use crate::ids::RecordId;
use crate::tokens::TokenHash;
use crate::{Domain, Outage};

/// A blob that the record does not have yet.
#[derive(Clone, Debug)]
pub(crate) struct NewBlob {
    pub(crate) id: BlobId,
    pub(crate) length: u64,
    pub(crate) source: Source,
}

/// Where its bytes are.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    /// In the request.
    Inline(Bytes),
    /// In an upload.
    Uploaded(Uploaded),
}

/// The bytes of an upload, as they were when it was read.
#[derive(Clone, Debug)]
pub(crate) struct Uploaded {
    received: i64,
    small: Option<Vec<u8>>,
    parts: Vec<Part>,
}

/// Uploads that a call names.
#[derive(Debug, Default)]
pub(crate) struct Uploads(HashMap<BlobId, (UploadRow, Vec<Part>)>);

pub(crate) struct Asked(Slot<UploadRow>, Slot<PartRow>);

/// Asks for uploads within a flight.
pub(crate) fn ask_uploads(flight: &mut ReadFlight, uploads: &[BlobId]) -> Asked {
    let ids: Vec<_> = uploads.iter().map(|upload| upload.0).collect();
    Asked(flight.ask(&UPLOADS, params![ids.clone()]), flight.ask(&PARTS, params![ids]))
}

impl Asked {
    pub(crate) fn collect(self, answers: &mut Answers) -> Result<Uploads, Outage> {
        let mut uploads: HashMap<_, _> =
            answers.all(self.0)?.into_iter().map(|row| (row.id, (row, Vec::new()))).collect();
        for part in answers.all(self.1)? {
            if let Some((_, parts)) = uploads.get_mut(&part.upload) {
                parts.push(part.into());
            }
        }
        Ok(Uploads(uploads))
    }
}

/// What is known of an upload that a thing is to have.
pub(crate) struct Standing<'u> {
    row: &'u UploadRow,
    parts: &'u [Part],
}

impl Uploads {
    /// Whether the upload is one of a package that is still to be created: it is not for things of a call.
    pub(crate) fn is_for_package(&self, id: BlobId, secret: &TokenHash) -> bool {
        self.0
            .get(&id)
            .is_some_and(|(row, _)| row.sealed && row.committed_at.is_none() && row.opens_with(secret))
    }

    /// The upload, if it is this caller's, for this record, and has not expired.
    pub(crate) fn find(
        &self,
        id: BlobId,
        secret: &TokenHash,
        caller: &Caller,
        record: RecordId,
        now: i64,
    ) -> Option<Standing<'_>> {
        let (row, parts) = self.0.get(&id)?;
        let is_theirs = row.opens_with(secret)
            && !row.sealed
            && row.app == caller.app().map(|app| app.id)
            && row.person == caller.person_id()
            && row.record.is_none_or(|named| named == record)
            && row.expires > now;
        is_theirs.then_some(Standing { row, parts })
    }
}

impl Standing<'_> {
    pub(crate) fn is_committed(&self) -> bool {
        self.row.committed_at.is_some()
    }

    pub(crate) fn is_complete(&self) -> bool {
        self.row.complete
    }

    pub(crate) fn received(&self) -> u64 {
        u64::try_from(self.row.received).unwrap_or_default()
    }

    /// The hash of what is here.
    pub(crate) fn hash(&self) -> Option<String> {
        BlockHash::load(&self.row.hash_state).map(BlockHash::finish)
    }

    /// The blob that it becomes.
    pub(crate) fn blob(&self) -> NewBlob {
        let row = self.row;
        let uploaded =
            Uploaded { received: row.received, small: row.small.clone(), parts: self.parts.to_vec() };
        NewBlob { id: row.id, length: self.received(), source: Source::Uploaded(uploaded) }
    }
}

/// Puts what is too long for the database into objects, under an upload of their own: if the flight that
/// makes them a blob never comes, they are swept like any other.
pub(crate) async fn keep_large(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    blob: &mut NewBlob,
) -> Result<(), UploadError> {
    let Source::Inline(bytes) = &blob.source else { return Ok(()) };
    if bytes.len() <= SMALL {
        return Ok(());
    }
    let mut flight = WriteFlight::<UploadError>::new();
    let expires = domain.env.now() + UPLOAD_LIFE;
    let (_, secret) = token::for_upload(&domain.env, blob.id);
    begin::add(&mut flight, blob.id, &secret, &begin::Owner::of(caller, Some(record)), expires);
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    let mut parts = Vec::new();
    let mut rest = bytes.clone();
    let mut start = 0;
    while !rest.is_empty() {
        let piece = rest.split_to(rest.len().min(PIECE));
        let (length, object) = (piece.len() as u64, format!("{start:x}-0"));
        domain.objects.put(&key(blob.id, &object), piece).await?;
        parts.push(Part(start, length, object));
        start += length;
    }
    blob.source = Source::Uploaded(Uploaded { received: 0, small: None, parts });
    Ok(())
}

/// Makes it a blob of the record, in the flight that writes its thing; `gone` when the upload is no longer
/// as it was read.
pub(crate) fn commit<E>(flight: &mut WriteFlight<E>, record: RecordId, now: i64, blob: NewBlob, gone: E) {
    let length = i64::try_from(blob.length).unwrap_or(i64::MAX);
    let (bytes, parts) = match blob.source {
        Source::Inline(bytes) => (Some(bytes.to_vec()), None),
        Source::Uploaded(upload) => {
            flight.run(COMMIT, params![blob.id, now, upload.received, record]).affects(1, gone);
            flight.run(FORGET_PARTS, params![blob.id]);
            let parts = (!upload.parts.is_empty()).then(|| serde_json::to_string(&upload.parts).ok());
            (upload.small, parts.flatten())
        }
    };
    flight.run(KEEP, params![record, blob.id, length, bytes, parts]);
}
