//! A download under way.

use http::HeaderValue;

use super::{Blob, BlobData, BlobError, BlobHash, BlobHasher};
use crate::Error;

/// A download under way. With it, a download whose URL was refused in the middle, since reading takes
/// longer than a URL is good for, [goes on](Download::renew).
#[derive(Clone, Debug)]
pub struct Download {
    pub(super) data: BlobData,
    pub(super) length: Option<u64>,
    pub(super) hash: Option<BlobHash>,
    pub(super) received: u64,
    pub(super) hasher: Option<BlobHasher>,
    /// The server's mark of the bytes.
    pub(super) etag: Option<HeaderValue>,
}

impl Download {
    /// The download of a blob, none of which has arrived yet. It fails with [`BlobError::NoBytes`] if the
    /// answer told of the blob only.
    pub fn of(blob: &Blob) -> Result<Self, Error> {
        if blob.data == BlobData::Information {
            return Err(BlobError::NoBytes.into());
        }
        Ok(Download {
            data: blob.data.clone(),
            length: blob.length,
            hash: blob.hash.clone(),
            received: 0,
            hasher: blob.hash.as_ref().and_then(BlobHash::hasher),
            etag: None,
        })
    }

    /// Goes on with the URL of a blob that was read again. It fails with [`BlobError::Damaged`] if that is
    /// another blob by now: then begin anew, with an empty file.
    pub fn renew(&mut self, blob: &Blob) -> Result<(), Error> {
        if (blob.length, &blob.hash) != (self.length, &self.hash) {
            return Err(BlobError::Damaged("it was replaced meanwhile".to_owned()).into());
        }
        self.data = Download::of(blob)?.data;
        Ok(())
    }

    /// How many bytes have arrived and were written.
    pub fn received(&self) -> u64 {
        self.received
    }

    /// Whether there is a hash that will be checked. If not, only the length is.
    pub fn is_hash_checked(&self) -> bool {
        self.hasher.is_some()
    }
}
