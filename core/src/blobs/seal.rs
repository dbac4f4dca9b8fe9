//! What is uploaded for a package lies sealed with the server's key, over the sender's encryption: an answer
//! is short, and whoever got hold of the bytes could guess it (connectivity.md 4.7).

use super::BlobId;
use crate::keys::Purpose;
use crate::{Domain, Outage};

/// Bytes by which sealed ones are more: version, nonce and tag.
pub(super) const OVERHEAD: u64 = 32;
/// Where the bytes lie that are in the row.
pub(super) const IN_ROW: u64 = u64::MAX;

fn context(upload: BlobId, start: u64) -> Vec<u8> {
    [upload.0.as_bytes().as_slice(), &start.to_be_bytes()].concat()
}

/// Seals the bytes of an upload that begin at this place.
pub(super) fn seal(domain: &Domain, upload: BlobId, start: u64, bytes: &[u8]) -> Result<Vec<u8>, Outage> {
    let sealed = domain.keys.seal(&domain.env, Purpose::Package, &context(upload, start), bytes);
    sealed.map_err(|error| Outage::Unavailable(format!("sealing a package: {error}")))
}

/// Opens them.
pub(super) fn open(domain: &Domain, upload: BlobId, start: u64, sealed: &[u8]) -> Result<Vec<u8>, Outage> {
    let opened = domain.keys.open(Purpose::Package, &context(upload, start), sealed);
    opened.map_err(|error| Outage::Unavailable(format!("the blob {upload} of a package: {error}")))
}
