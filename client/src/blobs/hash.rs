//! The hash of a blob, `SHA256Block` (things.md 7.5): the bytes are cut into blocks, and the hashes of the
//! blocks are hashed.

use std::fmt;
use std::num::NonZeroU64;

use aws_lc_rs::digest::{Context, SHA256};
use keepwell_wire::integrity::{decode_base64, encode_base64};
use keepwell_wire::xml::{self, XmlWriter};
use roxmltree::Node;
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::answer::{child, required, text};

/// The name of the algorithm on the wire.
pub const SHA256_BLOCK: &str = "SHA256Block";

/// Bytes of a block where nobody says otherwise: 2 MiB.
pub const BLOCK_SIZE: NonZeroU64 = NonZeroU64::new(1 << 21).expect("not zero");

/// The hash of a blob.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BlobHash {
    /// The algorithm. A server of this protocol knows one, [`SHA256_BLOCK`].
    pub algorithm: String,
    /// Bytes of a block. Without it the hash cannot be checked.
    pub block_size: Option<u64>,
    /// The hash, in Base64.
    pub base64: String,
}

/// Makes the hash of a blob while its bytes go by. It keeps none of them.
#[derive(Clone)]
pub struct BlobHasher {
    block_size: NonZeroU64,
    /// Bytes that the present block still takes.
    room: u64,
    block: Context,
    blocks: Context,
}

impl BlobHasher {
    /// With blocks of so many bytes.
    pub fn new(block_size: NonZeroU64) -> Self {
        let empty = || Context::new(&SHA256);
        BlobHasher { block_size, room: block_size.get(), block: empty(), blocks: empty() }
    }

    /// Takes the next bytes, however many.
    pub fn update(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let fits = usize::try_from(self.room).unwrap_or(usize::MAX).min(bytes.len());
            let (now, later) = bytes.split_at(fits);
            self.block.update(now);
            self.room -= now.len() as u64;
            if self.room == 0 {
                self.end_block();
            }
            bytes = later;
        }
    }

    /// The hash of all bytes. The last block may be short; no bytes are no block.
    pub fn finish(mut self) -> BlobHash {
        if self.room < self.block_size.get() {
            self.end_block();
        }
        BlobHash {
            algorithm: SHA256_BLOCK.to_owned(),
            block_size: Some(self.block_size.get()),
            base64: encode_base64(self.blocks.finish().as_ref()),
        }
    }

    fn end_block(&mut self) {
        let block = std::mem::replace(&mut self.block, Context::new(&SHA256));
        self.blocks.update(block.finish().as_ref());
        self.room = self.block_size.get();
    }
}

impl fmt::Debug for BlobHasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlobHasher").field("block_size", &self.block_size).finish_non_exhaustive()
    }
}

impl BlobHash {
    /// The hash of bytes.
    pub fn of(bytes: &[u8], block_size: NonZeroU64) -> Self {
        let mut hasher = BlobHasher::new(block_size);
        hasher.update(bytes);
        hasher.finish()
    }

    /// What makes a hash to compare with this one; `None` if it is of a kind that is not known here.
    pub(super) fn hasher(&self) -> Option<BlobHasher> {
        let known = self.algorithm == SHA256_BLOCK;
        self.block_size.and_then(NonZeroU64::new).filter(|_| known).map(BlobHasher::new)
    }

    /// Reads `hash-info`. The text is brought to the one form that a hasher makes.
    pub(super) fn read(node: Node<'_, '_>) -> Result<Self, Error> {
        let size = child(node, "params").and_then(|params| child(params, "block-size"));
        let bytes = decode_base64(&text(required(node, "hash")?)?);
        let bytes = bytes.ok_or_else(|| Error::Malformed("hash is not Base64".to_owned()))?;
        Ok(BlobHash {
            algorithm: text(required(node, "algorithm")?)?,
            block_size: size.map(xml::number).transpose()?,
            base64: encode_base64(&bytes),
        })
    }

    /// Writes `hash-info`.
    pub(super) fn write(&self, out: &mut XmlWriter) {
        out.open("hash-info").element("algorithm", &self.algorithm);
        if let Some(size) = self.block_size {
            out.open("params").element("block-size", size).close();
        }
        out.element("hash", &self.base64).close();
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::digest::digest;

    use super::*;

    fn size(bytes: u64) -> NonZeroU64 {
        NonZeroU64::new(bytes).unwrap()
    }

    /// As the protocol says it, all at once.
    fn by_the_book(bytes: &[u8], block_size: usize) -> String {
        let blocks: Vec<u8> =
            bytes.chunks(block_size).flat_map(|block| digest(&SHA256, block).as_ref().to_vec()).collect();
        encode_base64(digest(&SHA256, &blocks).as_ref())
    }

    #[test]
    fn a_hash_is_the_hash_of_the_hashes_of_the_blocks() {
        let bytes: Vec<u8> = (0..=255).collect();
        for length in [0, 1, 9, 10, 11, 20, 256] {
            let hash = BlobHash::of(&bytes[..length], size(10));
            assert_eq!(hash.base64, by_the_book(&bytes[..length], 10), "{length}");
            assert_eq!((&*hash.algorithm, hash.block_size), ("SHA256Block", Some(10)));
        }
        // Known from elsewhere: SHA-256 of SHA-256 of "abc".
        let abc = BlobHash::of(b"abc", BLOCK_SIZE);
        assert_eq!(abc.base64, "T4tCwi3TcptRm6b2jS2nzFstYG0F2u1a1RKMwD5sY1g=");
    }

    #[test]
    fn it_does_not_matter_in_which_pieces_bytes_come() {
        let bytes: Vec<u8> = (0..200).collect();
        for piece in [1, 3, 10, 64, 200] {
            let mut hasher = BlobHasher::new(size(32));
            bytes.chunks(piece).for_each(|piece| hasher.update(piece));
            assert_eq!(hasher.finish(), BlobHash::of(&bytes, size(32)), "{piece}");
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let hash = BlobHash::of(b"abc", size(7));
        let mut out = XmlWriter::new();
        hash.write(&mut out);
        let xml = out.finish();
        let document = roxmltree::Document::parse(&xml).unwrap();
        assert_eq!(BlobHash::read(document.root_element()).unwrap(), hash);
    }
}
