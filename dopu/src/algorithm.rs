//! The algorithms by their names, and the sizes that each fixes.

use aws_lc_rs::hmac;

/// How a package is sealed (connectivity.md 5.1, 5.4). `none`, which the schema also lists, is not offered
/// (connectivity.md 4.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// Rijndael with a block and a key of 256 bits each, and HMAC-SHA-256. What the .NET SDK makes.
    HmacSha256Aes256,
    /// Triple DES with three keys, and HMAC-SHA-1. Discouraged already when it was published.
    HmacSha1TripleDes,
}

impl Algorithm {
    /// The algorithm with this `algorithm-name`.
    pub fn from_name(name: &str) -> Option<Algorithm> {
        [Algorithm::HmacSha256Aes256, Algorithm::HmacSha1TripleDes].into_iter().find(|a| a.name() == name)
    }

    /// The `algorithm-name` on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Algorithm::HmacSha256Aes256 => "hmac-sha256-aes256",
            Algorithm::HmacSha1TripleDes => "hmac-sha1-3des",
        }
    }

    /// The `key-length` to announce, in bits.
    pub fn key_length(self) -> u32 {
        match self {
            Algorithm::HmacSha256Aes256 => 256,
            Algorithm::HmacSha1TripleDes => 192,
        }
    }

    /// Bytes of a streamed chunk after sealing, by those before (connectivity.md 5.3): padding is always
    /// there, so a chunk that fills its last block gets one more.
    pub fn post_size(self, pre: u64) -> u64 {
        let block = self.block() as u64;
        (pre / block).saturating_add(1).saturating_mul(block)
    }

    /// Whether a package can have so many bytes: whole blocks, and more than the HMAC.
    pub fn may_seal_to(self, length: usize) -> bool {
        length > self.mac() && length.is_multiple_of(self.block())
    }

    /// Whether a sender may announce this `key-length`. Of triple DES, 168 bits of the 192 count, and the
    /// sources write either number; 24 bytes are derived for both (connectivity.md 5.4).
    pub(crate) fn may_announce(self, key_length: u32) -> bool {
        key_length == self.key_length() || (self == Algorithm::HmacSha1TripleDes && key_length == 168)
    }

    /// Bytes of a block, and the most that padding can have.
    pub(crate) fn block(self) -> usize {
        match self {
            Algorithm::HmacSha256Aes256 => 32,
            Algorithm::HmacSha1TripleDes => 8,
        }
    }

    pub(crate) fn hmac(self) -> hmac::Algorithm {
        match self {
            Algorithm::HmacSha256Aes256 => hmac::HMAC_SHA256,
            Algorithm::HmacSha1TripleDes => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
        }
    }

    /// Bytes of the HMAC in front of the plaintext.
    pub(crate) fn mac(self) -> usize {
        self.hmac().digest_algorithm().output_len()
    }
}
