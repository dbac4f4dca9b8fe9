//! Attachments of a thing in a request, in the newer shape (`blob-payload`) and the older (`data-other`).

use keepwell_core::Domain;
use keepwell_core::blobs::read_token;
use keepwell_core::things::{BlobSource, ClaimedHash, PutBlob};
use keepwell_wire::error::InfoError;
use keepwell_wire::integrity::decode_base64;
use keepwell_wire::status::Status;
use keepwell_wire::things::{BlobData, BlobIn, DataOther};

use crate::settings::token_of;

pub(super) fn read(domain: &Domain, blob: BlobIn) -> Result<PutBlob, InfoError> {
    let source = match blob.data {
        BlobData::Inline(bytes) => BlobSource::Inline(bytes.into()),
        BlobData::Reference(url) => {
            BlobSource::Token(token_of(&url).and_then(|token| read_token(domain, &token)))
        }
        // No bytes and no length is how two clients remove one (things.md 7.6).
        BlobData::Absent if blob.content_length == Some(0) => BlobSource::Removed,
        BlobData::Absent => {
            let message = "a blob needs base64data or blob-ref-url, or content-length 0 to be removed";
            return Err(InfoError::new(Status::INVALID_XML, message));
        }
    };
    Ok(PutBlob {
        name: blob.name,
        content_type: blob.content_type,
        hash: blob.hash.map(|hash| ClaimedHash {
            algorithm: hash.algorithm,
            block_size: hash.block_size,
            hash: hash.hash,
        }),
        // One client says -1 for a length that it does not know.
        length: blob.content_length.and_then(|length| u64::try_from(length).ok()),
        source,
        legacy_encoding: blob.legacy_content_encoding,
        encoding: blob.current_content_encoding,
    })
}

/// `data-other` is the default attachment: text, mostly Base64 of the bytes.
pub(super) fn read_other(other: DataOther) -> Result<PutBlob, InfoError> {
    let legacy = other.content_encoding.unwrap_or_default();
    let mut encodings: Vec<&str> = legacy.split(',').map(str::trim).filter(|e| !e.is_empty()).collect();
    let is_base64 = |e: &&str| e.eq_ignore_ascii_case("base64") || e.eq_ignore_ascii_case("base-64");
    let bytes = match encodings.last().filter(|last| is_base64(last)) {
        None => other.text.into_bytes(),
        Some(_) => {
            encodings.pop();
            let message = "data-other is not Base64, as its content-encoding says";
            let bad = || InfoError::new(Status::CONTENT_ENCODING_DATA_MISMATCH, message);
            decode_base64(&other.text).ok_or_else(bad)?
        }
    };
    Ok(PutBlob {
        name: String::new(),
        content_type: other.content_type.unwrap_or_default(),
        hash: None,
        length: None,
        source: if bytes.is_empty() { BlobSource::Removed } else { BlobSource::Inline(bytes.into()) },
        encoding: (!encodings.is_empty()).then(|| encodings.join(",")),
        legacy_encoding: Some(legacy),
    })
}
