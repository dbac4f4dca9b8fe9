//! Attachments, which the protocol calls blobs (things.md 7): bytes beside the data of a thing, too many to
//! stand in it. They go over a channel of their own, whose address is all that it asks for.
//!
//! To attach: [`RecordCaller::upload`](crate::RecordCaller::upload) the bytes, and put a thing
//! [with](crate::NewThing::with_blob) what came of it. To read: ask [for blobs](crate::Query::with_blobs),
//! and [`RecordCaller::download`](crate::RecordCaller::download) one of [`Thing::blobs`](crate::Thing).

mod answers;
mod blob;
mod download;
mod error;
mod hash;
mod new_blob;
mod patience;
mod progress;
mod receiving;
mod sending;
mod source;
#[cfg(test)]
mod tests;
mod upload;
mod url;

pub use blob::{Blob, BlobData};
pub use download::Download;
pub use error::BlobError;
pub use hash::{BLOCK_SIZE, BlobHash, BlobHasher, SHA256_BLOCK};
pub use keepwell_wire::methods::get_things::BlobFormat;
pub use new_blob::NewBlob;
pub use progress::Progress;
pub use upload::{Upload, Uploaded};
pub use url::BlobUrl;

pub(crate) use answers::{received, refusal};
pub(crate) use blob::read;
pub(crate) use patience::{Failure, Patience};
pub(crate) use sending::{COMPLETE, beside};
pub(crate) use source::{Source, length};
pub(crate) use upload::Slot;

use crate::Error;

pub(crate) fn header_value(text: &str) -> Result<http::HeaderValue, Error> {
    text.parse().map_err(|_| Error::Malformed("this cannot stand in a header".to_owned()))
}
