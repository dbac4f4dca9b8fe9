//! What a write says about the attachments of a thing (things.md 7.6): decided without any doing.

use std::collections::HashSet;

use bytes::Bytes;
use uuid::Uuid;

use super::encoding;
use crate::authorizations::Caller;
use crate::blobs::{self, ALGORITHM, BLOCK, Blob, BlobId, BlobToken, NewBlob, ReadToken, Source, Uploads};
use crate::ids::{RecordId, ThingId};
use crate::tokens::TokenHash;

/// An attachment as a write names it: new, replaced, unchanged or removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutBlob {
    /// Its name; empty for the default one.
    pub name: String,
    /// What the sender says that it is.
    pub content_type: String,
    /// The hash that the sender made, if it made one.
    pub hash: Option<ClaimedHash>,
    /// How many bytes, if the sender says so.
    pub length: Option<u64>,
    /// The bytes.
    pub source: BlobSource,
    /// How the sender of the older shape encoded it.
    pub legacy_encoding: Option<String>,
    /// How the bytes are encoded.
    pub encoding: Option<String>,
}

/// Where the bytes of an attachment are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlobSource {
    /// Nowhere: the attachment goes.
    Removed,
    /// In the request.
    Inline(Bytes),
    /// Where a token of ours says; `None` for what is no token of ours.
    Token(Option<BlobToken>),
}

/// A hash as a sender gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimedHash {
    /// The algorithm.
    pub algorithm: String,
    /// Bytes of a block; ours if it is not said.
    pub block_size: Option<u64>,
    /// The hash, Base64.
    pub hash: String,
}

/// What is wrong with an attachment of a write.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BlobProblem {
    /// Two of a thing have this name.
    #[error("the name stands twice")]
    Twice,
    /// The URL is not ours, not for this, or too old.
    #[error("blob-ref-url is not one that this application was given for this person, or it has expired")]
    Url,
    /// The upload is an attachment already.
    #[error("what was uploaded is an attachment already; begin another upload with BeginPutBlob")]
    Committed,
    /// The upload is for a package.
    #[error("what was uploaded is for a package, which CreateConnectPackage has to create first")]
    OfPackage,
    /// The upload has not ended.
    #[error(
        "{received} bytes were uploaded, and neither an end of the upload nor content-length says that these are all"
    )]
    Incomplete {
        /// What is here.
        received: u64,
    },
    /// The sender counts differently.
    #[error("content-length says {said} bytes, but there are {received}")]
    Length {
        /// What is said.
        said: u64,
        /// What is here.
        received: u64,
    },
    /// An algorithm that we do not have.
    #[error("the hash algorithm {0:?} is not offered; use SHA256Block, or give no hash")]
    Algorithm(String),
    /// The algorithm is not that of the upload.
    #[error("the hash algorithm {0:?} is not the one that the upload was told to use")]
    OtherAlgorithm(String),
    /// Blocks of a size that we do not take.
    #[error("blocks of {0} bytes are not offered")]
    BlockSize(u64),
    /// Blocks of another size than the upload's.
    #[error("blocks of {0} bytes are not what the upload was told to use")]
    OtherBlockSize(u64),
    /// The bytes are not those that were hashed.
    #[error("the hash does not fit the bytes: they changed on their way, or another hash was made of them")]
    Hash,
    /// An encoding that we do not know.
    #[error("the content encoding {0:?} is not offered; use gzip or deflate, or none")]
    Encoding(String),
    /// The bytes are not encoded so.
    #[error("the bytes are not encoded as {0}")]
    NotEncoded(&'static str),
    /// A content type that no header could carry.
    #[error("the content type is no content type")]
    ContentType,
}

/// What deciding needs to know.
pub(super) struct Known<'k> {
    pub(super) caller: &'k Caller,
    pub(super) record: RecordId,
    /// The thing, if there is one already.
    pub(super) thing: Option<ThingId>,
    pub(super) uploads: &'k Uploads,
    pub(super) now: i64,
    /// A hash that does not fit is no matter.
    pub(super) any_hash: bool,
}

/// Uploads that things of the same call have taken.
pub(super) type Taken = HashSet<BlobId>;

/// The attachments that a thing has after the write, and those that are new in the record.
pub(super) fn attach(
    known: &Known<'_>,
    stored: &[Blob],
    put: &[PutBlob],
    taken: &mut Taken,
    new_id: &mut impl FnMut() -> Uuid,
) -> Result<(Vec<Blob>, Vec<NewBlob>), super::Problem> {
    let mut list = stored.to_vec();
    let mut new = Vec::new();
    let mut named = HashSet::new();
    for blob in put {
        let refuse = |problem| super::Problem::Blob { name: blob.name.clone(), problem };
        if !named.insert(&blob.name) {
            return Err(refuse(BlobProblem::Twice));
        }
        if blob.name.chars().count() > 255 || blob.content_type.chars().count() > 1024 {
            let most = "an attachment's name may have 255 characters at most, its content type 1024";
            return Err(super::Problem::TooLong(most));
        }
        if blob.content_type.chars().any(char::is_control) {
            return Err(refuse(BlobProblem::ContentType));
        }
        let became = match &blob.source {
            BlobSource::Removed => None,
            BlobSource::Inline(bytes) => Some(inline(known, blob, bytes, BlobId(new_id()))),
            BlobSource::Token(Some(BlobToken::Upload(id, secret))) => Some(
                known
                    .uploads
                    .find(*id, secret, known.caller, known.record, known.now)
                    .ok_or_else(|| not_found(known, *id, secret))
                    .and_then(|upload| uploaded(known, blob, &upload, taken)),
            ),
            BlobSource::Token(Some(BlobToken::Read(token))) => {
                Some(unchanged(known, blob, token, stored).ok_or(BlobProblem::Url).map(|blob| (blob, None)))
            }
            BlobSource::Token(None) => Some(Err(BlobProblem::Url)),
        };
        let place = list.iter().position(|there| there.name == blob.name);
        match (became.transpose().map_err(refuse)?, place) {
            (None, Some(place)) => drop(list.remove(place)),
            (None, None) => {}
            (Some((blob, bytes)), place) => {
                new.extend(bytes);
                match place.and_then(|place| list.get_mut(place)) {
                    Some(there) => *there = blob,
                    None => list.push(blob),
                }
            }
        }
    }
    Ok((list, new))
}

fn not_found(known: &Known<'_>, id: BlobId, secret: &TokenHash) -> BlobProblem {
    if known.uploads.is_for_package(id, secret) { BlobProblem::OfPackage } else { BlobProblem::Url }
}

type Became = Result<(Blob, Option<NewBlob>), BlobProblem>;

fn inline(known: &Known<'_>, put: &PutBlob, bytes: &Bytes, id: BlobId) -> Became {
    let length = bytes.len() as u64;
    check_length(put, length)?;
    encoding::check(put, Some(bytes))?;
    let hash = blobs::hash(bytes, BLOCK);
    if let Some(claimed) = &put.hash {
        if claimed.algorithm != ALGORITHM {
            return Err(BlobProblem::Algorithm(claimed.algorithm.clone()));
        }
        let size = claimed.block_size.unwrap_or(BLOCK as u64);
        // Blocks of a few bytes would only cost us time.
        let block = usize::try_from(size).ok().filter(|size| *size >= 1024);
        let block = block.ok_or(BlobProblem::BlockSize(size))?;
        let made = if block == BLOCK { hash.clone() } else { blobs::hash(bytes, block) };
        if made != claimed.hash.trim() && !known.any_hash {
            return Err(BlobProblem::Hash);
        }
    }
    let new = NewBlob { id, length, source: Source::Inline(bytes.clone()) };
    Ok((listed(put, id, length, hash), Some(new)))
}

fn uploaded(known: &Known<'_>, put: &PutBlob, upload: &blobs::Standing<'_>, taken: &mut Taken) -> Became {
    let new = upload.blob();
    if upload.is_committed() || !taken.insert(new.id) {
        return Err(BlobProblem::Committed);
    }
    encoding::check(put, None)?;
    let hash = upload.hash().unwrap_or_default();
    if let Some(claimed) = &put.hash {
        if claimed.algorithm != ALGORITHM {
            return Err(BlobProblem::OtherAlgorithm(claimed.algorithm.clone()));
        }
        if let Some(size) = claimed.block_size.filter(|size| *size != BLOCK as u64) {
            return Err(BlobProblem::OtherBlockSize(size));
        }
    }
    let fits = put.hash.as_ref().map(|claimed| claimed.hash.trim() == hash);
    let fits = fits.filter(|fits| *fits || !known.any_hash);
    if !upload.is_complete() {
        // Some clients never say which chunk is the last (things.md 7.4). What they say of the whole shows
        // that it is here; where they say nothing, what is here is all there is.
        let received = upload.received();
        let says_so = put.length.map_or(fits != Some(false), |said| said == received);
        if !says_so {
            return Err(BlobProblem::Incomplete { received });
        }
    }
    check_length(put, new.length)?;
    if fits == Some(false) {
        return Err(BlobProblem::Hash);
    }
    Ok((listed(put, new.id, new.length, hash), Some(new)))
}

/// A URL that we gave out for the thing and this blob, written back: the bytes stay (things.md 7.6), also
/// when nothing could be fetched by it any more.
fn unchanged(known: &Known<'_>, put: &PutBlob, token: &ReadToken, stored: &[Blob]) -> Option<Blob> {
    let is_theirs = Some(token.app) == known.caller.app().map(|app| app.id)
        && token.person == known.caller.person_id()
        && token.record == known.record
        && Some(token.thing) == known.thing;
    let there = stored.iter().find(|blob| blob.id == token.blob && blob.name == put.name);
    let there = there.or_else(|| stored.iter().find(|blob| blob.id == token.blob));
    let there = there.filter(|_| is_theirs)?;
    Some(Blob { name: put.name.clone(), content_type: put.content_type.clone(), ..there.clone() })
}

fn listed(put: &PutBlob, id: BlobId, length: u64, hash: String) -> Blob {
    Blob {
        name: put.name.clone(),
        content_type: put.content_type.clone(),
        id,
        length,
        hash,
        legacy_encoding: put.legacy_encoding.clone(),
        encoding: put.encoding.clone(),
    }
}

fn check_length(put: &PutBlob, received: u64) -> Result<(), BlobProblem> {
    match put.length {
        Some(said) if said != received => Err(BlobProblem::Length { said, received }),
        _ => Ok(()),
    }
}

impl PutBlob {
    /// What tells it from others, for a create that comes again.
    pub(super) fn digest(&self) -> Vec<u8> {
        let source = match &self.source {
            BlobSource::Removed => String::new(),
            BlobSource::Inline(bytes) => blobs::hash(bytes, BLOCK),
            BlobSource::Token(Some(BlobToken::Upload(id, _))) => id.to_string(),
            BlobSource::Token(_) => "a token".to_owned(),
        };
        format!("{:?}", (&self.name, &self.content_type, source, &self.legacy_encoding, &self.encoding))
            .into()
    }

    /// The upload that it names.
    pub(super) fn upload(&self) -> Option<BlobId> {
        match self.source {
            BlobSource::Token(Some(BlobToken::Upload(id, _))) => Some(id),
            _ => None,
        }
    }
}
