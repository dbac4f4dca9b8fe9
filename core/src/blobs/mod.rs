//! Blobs: the attachments of things (things.md 7).
//!
//! An upload takes bytes piece by piece. Each piece lies in an object of its own, synced, before the row
//! says that it is there; a small upload lies in its row. PutThings makes an upload a blob of the record:
//! that is one row, in the flight that writes the thing. What no row names is swept later.

mod append;
mod begin;
mod commit;
mod content;
mod erase;
mod error;
mod hash;
mod packaged;
mod range;
mod seal;
mod store;
mod sweep;
mod token;
mod upload;

pub use append::append;
pub use begin::{Begun, begin, begin_for_package};
pub(crate) use commit::{NewBlob, Source, Standing, Uploads, ask_uploads, commit, keep_large};
pub use content::Content;
pub(crate) use content::ask_contents;
pub(crate) use erase::{some_go, some_of_record};
pub use error::UploadError;
pub(crate) use hash::hash;
pub use hash::{ALGORITHM, BLOCK};
pub(crate) use packaged::{Packaged, PackagedError, keep_for_package, lapse, of_package, packaged};
pub use range::{Part, unit};
use serde::{Deserialize, Serialize};
pub(crate) use store::{GO_WITH_PERSON, GO_WITH_RECORD};
pub use sweep::sweep;
pub use token::{BlobToken, READ_LIFE, ReadToken, for_reading, read as read_token};
pub use upload::{Upload, open};

use crate::Outage;
use crate::env::DAY;
pub use crate::ids::BlobId;

/// Bytes of a chunk that clients are told to send; any number is taken.
pub const CHUNK: usize = BLOCK;
/// Bytes of a blob: what fits the 31 bits of every client (things.md 7.3).
pub const MAX: i64 = (1 << 31) - 1;
/// Up to so many bytes lie in the database, more in objects.
pub const SMALL: usize = 64 * 1024;
/// Bytes of an object, at most.
pub const PIECE: usize = 4 * 1024 * 1024;
/// How long an upload can be used, in microseconds: a failed PutThings may come again (things.md 7.8).
pub const UPLOAD_LIFE: i64 = 2 * DAY;
/// Uploads of one application for one person that may wait to become part of a record.
pub const MAX_PENDING: i64 = 1_000;
/// Their bytes.
pub const MAX_PENDING_BYTES: i64 = 8 << 30;

/// An attachment, as a version of a thing lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blob {
    /// Its name; empty for the default blob. No two of a thing have the same.
    #[serde(rename = "n")]
    pub name: String,
    /// What the sender says that it is; never to be trusted.
    #[serde(rename = "t")]
    pub content_type: String,
    /// Its bytes.
    #[serde(rename = "b")]
    pub id: BlobId,
    /// How many.
    #[serde(rename = "l")]
    pub length: u64,
    /// Their hash (SHA256Block with blocks of [`BLOCK`] bytes), Base64.
    #[serde(rename = "h")]
    pub hash: String,
    /// How the sender of the older shape had encoded it: empty for not at all.
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub legacy_encoding: Option<String>,
    /// How the bytes are encoded.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
}

/// The attachments of a version, as they are stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blobs(Option<String>);

impl Blobs {
    pub(crate) fn stored(text: Option<String>) -> Self {
        Self(text)
    }

    /// What is stored of this list.
    pub(crate) fn of(list: &[Blob]) -> Self {
        let text = (!list.is_empty()).then(|| serde_json::to_string(list).ok());
        Self(text.flatten())
    }

    pub(crate) fn into_text(self) -> Option<String> {
        self.0
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Bytes that the list takes.
    pub(crate) fn size(&self) -> usize {
        self.0.as_ref().map_or(0, String::len)
    }

    /// The attachments, in the order in which they came.
    ///
    /// # Errors
    /// `Outage` when what is stored is not ours.
    pub fn list(&self) -> Result<Vec<Blob>, Outage> {
        let broken = |error| Outage::Unavailable(format!("a list of attachments: {error}"));
        self.0.as_deref().map_or(Ok(Vec::new()), |text| serde_json::from_str(text).map_err(broken))
    }
}
