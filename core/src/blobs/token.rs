//! What stands in a `blob-ref-url`: a token for an upload, or for a download (things.md 7.3, 7.7).

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use uuid::Uuid;

use super::BlobId;
use crate::env::MINUTE;
use crate::ids::{AppId, PersonId, RecordId, ThingId, VersionStamp};
use crate::keys::{KeyError, Purpose};
use crate::tokens::{self, TokenHash};
use crate::{Domain, Env};

/// How long a blob can be fetched by the URL of a GetThings answer, in microseconds.
pub const READ_LIFE: i64 = 15 * MINUTE;

const UPLOAD: char = 'W';
const READ: char = 'R';

/// A token from a URL; whether it is good is another question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlobToken {
    /// One for an upload: which, and the hash of its secret.
    Upload(BlobId, TokenHash),
    /// One for a download, made by us; it may have expired.
    Read(ReadToken),
}

/// For whom a blob may be fetched, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadToken {
    /// The application that read the thing.
    pub app: AppId,
    /// For this person.
    pub person: PersonId,
    /// While they used it.
    pub online: bool,
    /// The record.
    pub record: RecordId,
    /// The thing.
    pub thing: ThingId,
    /// The version that was read.
    pub stamp: VersionStamp,
    /// The blob.
    pub blob: BlobId,
    /// Until when, microseconds UTC.
    pub expires: i64,
}

/// A new token for an upload, with the hash of its secret.
pub(super) fn for_upload(env: &Env, upload: BlobId) -> (String, TokenHash) {
    let secret: [u8; 32] = env.bytes();
    let bytes = [upload.0.as_bytes().as_slice(), &secret].concat();
    (format!("{UPLOAD}{}", BASE64_URL_SAFE_NO_PAD.encode(bytes)), tokens::hash_bytes(&secret))
}

/// The token by which a blob can be fetched.
///
/// # Errors
/// Never in practice: a fresh key seals.
pub fn for_reading(domain: &Domain, token: &ReadToken) -> Result<String, KeyError> {
    let mut bytes = vec![u8::from(token.online)];
    let ids = [token.app.0, token.person.0, token.record.0, token.thing.0, token.stamp.0, token.blob.0];
    ids.iter().for_each(|id| bytes.extend_from_slice(id.as_bytes()));
    bytes.extend_from_slice(&token.expires.to_be_bytes());
    let sealed = domain.keys.seal(&domain.env, Purpose::BlobToken, &[], &bytes)?;
    Ok(format!("{READ}{}", BASE64_URL_SAFE_NO_PAD.encode(sealed)))
}

/// Reads a token; `None` for what we never made.
#[must_use]
pub fn read(domain: &Domain, token: &str) -> Option<BlobToken> {
    let kind = token.chars().next()?;
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(token.get(1..)?).ok()?;
    match kind {
        UPLOAD => {
            let (id, secret) = bytes.split_first_chunk::<16>()?;
            let secret: [u8; 32] = secret.try_into().ok()?;
            Some(BlobToken::Upload(BlobId(Uuid::from_bytes(*id)), tokens::hash_bytes(&secret)))
        }
        READ => domain.keys.open(Purpose::BlobToken, &[], &bytes).ok().as_deref().and_then(unpack),
        _ => None,
    }
}

fn unpack(bytes: &[u8]) -> Option<BlobToken> {
    let (online, mut rest) = bytes.split_first()?;
    let mut id = || {
        let (id, after) = rest.split_first_chunk::<16>()?;
        rest = after;
        Some(Uuid::from_bytes(*id))
    };
    let (app, person, record) = (AppId(id()?), PersonId(id()?), RecordId(id()?));
    let (thing, stamp, blob) = (ThingId(id()?), VersionStamp(id()?), BlobId(id()?));
    let expires = i64::from_be_bytes(rest.try_into().ok()?);
    Some(BlobToken::Read(ReadToken {
        app,
        person,
        online: *online == 1,
        record,
        thing,
        stamp,
        blob,
        expires,
    }))
}
