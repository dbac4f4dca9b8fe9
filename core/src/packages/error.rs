//! Why a package cannot be left, or taken.

use crate::Outage;
use crate::blobs::UploadError;
use crate::connections::{ConnectionError, PickupError};
use crate::things::ThingError;

/// Why an application cannot leave a package.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackageError {
    /// Something about its code, question or names.
    #[error(transparent)]
    Connection(#[from] ConnectionError),
    /// The cipher text is none of this algorithm.
    #[error("the package's cipher text has {0} bytes, which its algorithm never makes")]
    CipherText(usize),
    /// A URL of a blob is not ours, not this application's, or too old.
    #[error("a blob-in-package-ref-url is not one that this application was given, or it has expired")]
    BlobUrl,
    /// A blob is in a package already.
    #[error("a blob of the package is in another one already")]
    BlobCommitted,
    /// An upload has not ended.
    #[error("a blob of the package has not been uploaded to its end")]
    BlobIncomplete,
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Why a person cannot take what is in a package into a record. It stays as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TakeError {
    /// It is not to be had.
    #[error(transparent)]
    Pickup(#[from] PickupError),
    /// The record does not take it.
    #[error(transparent)]
    Thing(ThingError),
    /// One of its blobs cannot be kept.
    #[error(transparent)]
    Upload(UploadError),
    /// A blob is not there, or does not open with the key of the package.
    #[error("a blob of the package is missing or damaged")]
    Blob,
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

impl From<UploadError> for TakeError {
    fn from(error: UploadError) -> Self {
        match error {
            UploadError::Outage(outage) => outage.into(),
            other => Self::Upload(other),
        }
    }
}
