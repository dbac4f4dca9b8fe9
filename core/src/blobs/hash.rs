//! The hash of a blob, SHA256Block (things.md 7.5): SHA-256 of each block, and SHA-256 of those digests
//! one after another. It can be put away between two chunks of an upload and taken up again.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::digest::common::hazmat::SerializableState;
use sha2::{Digest as _, Sha256};

/// The name of the algorithm on the wire.
pub const ALGORITHM: &str = "SHA256Block";
/// Bytes of a block: those of the original.
pub const BLOCK: usize = 2 * 1024 * 1024;

/// A hash that is being made.
#[derive(Clone)]
pub(super) struct BlockHash {
    block: Sha256,
    /// Bytes that the block has so far.
    filled: usize,
    digests: Sha256,
    block_size: usize,
}

impl BlockHash {
    pub(super) fn new(block_size: usize) -> Self {
        Self { block: Sha256::new(), filled: 0, digests: Sha256::new(), block_size: block_size.max(1) }
    }

    /// Takes up one that [`BlockHash::save`] put away, with blocks of [`BLOCK`] bytes.
    pub(super) fn load(saved: &[u8]) -> Option<Self> {
        let (filled, states) = saved.split_first_chunk::<4>()?;
        let (block, digests) = states.split_at_checked(states.len() / 2)?;
        let sha = |state: &[u8]| Sha256::deserialize(&state.try_into().ok()?).ok();
        let filled = usize::try_from(u32::from_be_bytes(*filled)).ok()?;
        Some(Self { block: sha(block)?, filled, digests: sha(digests)?, block_size: BLOCK })
    }

    pub(super) fn save(&self) -> Vec<u8> {
        let mut saved = u32::try_from(self.filled).unwrap_or_default().to_be_bytes().to_vec();
        saved.extend_from_slice(&self.block.serialize());
        saved.extend_from_slice(&self.digests.serialize());
        saved
    }

    pub(super) fn update(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let (now, rest) = bytes.split_at(bytes.len().min(self.block_size - self.filled));
            self.block.update(now);
            self.filled += now.len();
            bytes = rest;
            if self.filled == self.block_size {
                self.end_block();
            }
        }
    }

    fn end_block(&mut self) {
        self.digests.update(self.block.finalize_reset());
        self.filled = 0;
    }

    /// The hash in Base64. No bytes have no block; what is hashed then is nothing.
    pub(super) fn finish(mut self) -> String {
        if self.filled > 0 {
            self.end_block();
        }
        BASE64_STANDARD.encode(self.digests.finalize())
    }
}

/// The hash of bytes that are all there, in blocks of this size.
pub(crate) fn hash(bytes: &[u8], block_size: usize) -> String {
    let mut hash = BlockHash::new(block_size);
    hash.update(bytes);
    hash.finish()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_block_is_hashed_twice_all_the_same() {
        let once = Sha256::digest(b"hello");
        assert_eq!(hash(b"hello", BLOCK), BASE64_STANDARD.encode(Sha256::digest(once)));
    }

    #[test]
    fn several_blocks_are_hashed_by_their_digests() {
        let digests = [Sha256::digest(b"abc"), Sha256::digest(b"d")].concat();
        assert_eq!(hash(b"abcd", 3), BASE64_STANDARD.encode(Sha256::digest(digests)));
    }

    #[test]
    fn what_is_no_saved_hash_is_not_taken_up() {
        for saved in [&[][..], &[0; 4], &[0; 50], &[1; 300]] {
            assert!(BlockHash::load(saved).is_none());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn a_hash_put_away_at_any_byte_comes_out_the_same(
            cuts in proptest::collection::vec(0..3 * BLOCK, 0..4),
        ) {
            let bytes: Vec<u8> = (0..3 * BLOCK + 5).map(|n| u8::try_from(n % 251).unwrap_or(0)).collect();
            let mut cuts = cuts;
            cuts.sort_unstable();
            let mut running = BlockHash::new(BLOCK);
            let mut at = 0;
            for cut in cuts {
                running.update(&bytes[at..cut]);
                running = BlockHash::load(&running.save()).unwrap();
                at = cut;
            }
            running.update(&bytes[at..]);
            prop_assert_eq!(running.finish(), hash(&bytes, BLOCK));
        }
    }
}
