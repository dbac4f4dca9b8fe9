//! Why an upload cannot go on.

use keepwell_objects::ObjectError;

use crate::Outage;
use crate::authorizations::AccessError;

/// Why an upload cannot begin or go on; what it has already stays.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UploadError {
    /// The record's door stays shut.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// No upload has this token.
    #[error("this is no token for an upload that is open here; it may have expired")]
    Unknown,
    /// It is part of a record already.
    #[error("this upload is an attachment already; begin another with BeginPutBlob")]
    Committed,
    /// It was ended by its last chunk.
    #[error("this upload is complete")]
    Complete,
    /// Another request wrote to it meanwhile.
    #[error("another request is writing to this upload")]
    Raced,
    /// It would be too long.
    #[error("an attachment may have {most} bytes at most")]
    TooLong {
        /// How many, then.
        most: i64,
    },
    /// Too much waits to become part of a record.
    #[error("too many uploads of this application for this person have not become part of a record yet")]
    Pending,
    /// The record has no room.
    #[error("the record has no room for an attachment")]
    Quota,
    /// The place where attachments lie has no room.
    #[error("the server has no room for attachments")]
    Full,
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

impl From<ObjectError> for UploadError {
    fn from(error: ObjectError) -> Self {
        match error {
            ObjectError::Full => Self::Full,
            other => Self::Outage(outage(&other)),
        }
    }
}

/// What went wrong with the objects, for the log.
pub(super) fn outage(error: &ObjectError) -> Outage {
    Outage::Unavailable(format!("attachments: {error}"))
}
