//! An upload under way, and one that is done.

use std::num::NonZeroU64;

use serde::{Deserialize, Serialize};

use super::{BlobError, BlobHash, BlobUrl};
use crate::Error;

/// An upload under way. It serialises, so that another process can go on with it; keep it as a secret,
/// since whoever has it can write the rest. To keep it once, at the beginning, is enough: the server knows
/// what it has. What is kept later lets a source that has changed be noticed before more of it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    pub(super) url: BlobUrl,
    /// Bytes of a request, or a part of one, as the server wants them.
    pub(super) chunk_size: NonZeroU64,
    pub(super) block_size: NonZeroU64,
    pub(super) length: u64,
    pub(super) received: u64,
    /// The hash of what was received.
    pub(super) sent: BlobHash,
}

/// What BeginPutBlob gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) url: BlobUrl,
    pub(crate) chunk_size: NonZeroU64,
    pub(crate) max_size: u64,
    pub(crate) block_size: NonZeroU64,
}

/// Bytes that are with the server and do not belong to a thing yet. They are kept for a day or more;
/// [`NewBlob::uploaded`](crate::NewBlob::uploaded) says which blob they become, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Uploaded {
    /// Where they were sent to.
    pub url: BlobUrl,
    /// Their hash.
    pub hash: BlobHash,
    /// How many they are.
    pub length: u64,
}

impl Upload {
    /// An upload of so many bytes, none of which is sent yet.
    pub(super) fn new(slot: Slot, length: u64) -> Result<Self, Error> {
        let Slot { url, chunk_size, max_size, block_size } = slot;
        if length > max_size {
            let message = format!("it has {length} bytes; the server takes {max_size}");
            return Err(BlobError::TooLong(message).into());
        }
        Ok(Upload { url, chunk_size, block_size, length, received: 0, sent: BlobHash::of(&[], block_size) })
    }

    /// How many bytes are to be sent in all.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// How many bytes the server has, as far as is known.
    pub fn received(&self) -> u64 {
        self.received
    }
}
