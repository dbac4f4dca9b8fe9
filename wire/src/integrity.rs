//! The info hash and the header HMAC (wire.md 2.3), both over the bytes as they were received. Whatever
//! is compared here is compared as decoded bytes and in constant time.

use aws_lc_rs::{constant_time, digest, hmac};
use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig, general_purpose::STANDARD};

use crate::status::Status;

/// A hash algorithm of `hash-data` or of a credential's digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HashAlgorithm {
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
}

impl HashAlgorithm {
    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            HashAlgorithm::Sha1 => "SHA1",
            HashAlgorithm::Sha256 => "SHA256",
        }
    }

    /// The algorithm of a name, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        [HashAlgorithm::Sha1, HashAlgorithm::Sha256]
            .into_iter()
            .find(|a| a.name().eq_ignore_ascii_case(name.trim()))
    }

    fn digest(self) -> &'static digest::Algorithm {
        match self {
            HashAlgorithm::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            HashAlgorithm::Sha256 => &digest::SHA256,
        }
    }
}

/// An HMAC algorithm of `hmac-data`, `hmacSig`, `hmac-alg` or `hmac`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HmacAlgorithm {
    /// HMAC with SHA-1.
    HmacSha1,
    /// HMAC with SHA-256.
    HmacSha256,
}

impl HmacAlgorithm {
    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            HmacAlgorithm::HmacSha1 => "HMACSHA1",
            HmacAlgorithm::HmacSha256 => "HMACSHA256",
        }
    }

    /// The algorithm of a name, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [HmacAlgorithm::HmacSha1, HmacAlgorithm::HmacSha256];
        all.into_iter().find(|a| a.name().eq_ignore_ascii_case(name.trim()))
    }

    fn key(self, key: &[u8]) -> hmac::Key {
        let algorithm = match self {
            HmacAlgorithm::HmacSha1 => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
            HmacAlgorithm::HmacSha256 => hmac::HMAC_SHA256,
        };
        hmac::Key::new(algorithm, key)
    }
}

/// What `info-hash/hash-data` said. The name is judged when it is used, so that a session can be looked
/// up first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HashData {
    /// The name of the algorithm as sent.
    pub algorithm: String,
    /// The Base64 text as sent.
    pub value: String,
}

/// What `auth/hmac-data` said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HmacData {
    /// The name of the algorithm as sent.
    pub algorithm: String,
    /// The Base64 text as sent.
    pub value: String,
}

/// Why a request is not what was signed. Every reason is status 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IntegrityError {
    /// An authenticated call without `auth`.
    #[error("the request carries no header HMAC")]
    MissingHmac,
    /// An authenticated call without `info-hash`.
    #[error("the header carries no info hash")]
    MissingInfoHash,
    /// An algorithm that is not offered.
    #[error("the algorithm is not supported")]
    UnsupportedAlgorithm,
    /// An HMAC algorithm other than the one the session was made for.
    #[error("the HMAC algorithm is not the one of the session")]
    OtherAlgorithm,
    /// A value that is not Base64.
    #[error("the value is not Base64")]
    NotBase64,
    /// The info element was changed.
    #[error("the info hash does not match")]
    InfoHashMismatch,
    /// The header was changed, or the key is another one.
    #[error("the header HMAC does not match")]
    HmacMismatch,
}

impl IntegrityError {
    /// The status code to answer.
    pub fn status(&self) -> Status {
        Status::BAD_SIG
    }
}

/// Decodes Base64 with white space anywhere in it, with or without padding.
pub fn decode_base64(text: &str) -> Option<Vec<u8>> {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(
        &alphabet::STANDARD,
        GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true),
    );
    if text.bytes().any(|b| b.is_ascii_whitespace()) {
        let packed: String = text.split_ascii_whitespace().collect();
        return LENIENT.decode(packed).ok();
    }
    LENIENT.decode(text).ok()
}

/// Encodes Base64 with padding and no line breaks.
pub fn encode_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Verifies the hash of the info element.
pub fn verify_info_hash(sent: Option<&HashData>, info: &[u8]) -> Result<(), IntegrityError> {
    let sent = sent.ok_or(IntegrityError::MissingInfoHash)?;
    let algorithm = HashAlgorithm::from_name(&sent.algorithm).ok_or(IntegrityError::UnsupportedAlgorithm)?;
    let expected = decode_base64(&sent.value).ok_or(IntegrityError::NotBase64)?;
    let actual = digest::digest(algorithm.digest(), info);
    constant_time::verify_slices_are_equal(actual.as_ref(), &expected)
        .map_err(|_| IntegrityError::InfoHashMismatch)
}

/// Verifies the HMAC of the header with the key and the algorithm of the session.
pub fn verify_header_hmac(
    sent: Option<&HmacData>,
    header: &[u8],
    algorithm: HmacAlgorithm,
    key: &[u8],
) -> Result<(), IntegrityError> {
    let sent = sent.ok_or(IntegrityError::MissingHmac)?;
    let named = HmacAlgorithm::from_name(&sent.algorithm).ok_or(IntegrityError::UnsupportedAlgorithm)?;
    if named != algorithm {
        return Err(IntegrityError::OtherAlgorithm);
    }
    let expected = decode_base64(&sent.value).ok_or(IntegrityError::NotBase64)?;
    if verify_hmac(algorithm, key, header, &expected) { Ok(()) } else { Err(IntegrityError::HmacMismatch) }
}

/// Whether the tag is the HMAC of the bytes.
pub fn verify_hmac(algorithm: HmacAlgorithm, key: &[u8], bytes: &[u8], tag: &[u8]) -> bool {
    hmac::verify(&algorithm.key(key), bytes, tag).is_ok()
}

/// The text of `hash-data` for an info element.
pub fn hash_info(algorithm: HashAlgorithm, info: &[u8]) -> String {
    encode_base64(digest::digest(algorithm.digest(), info).as_ref())
}

/// The text of `hmac-data` for a header, or of `hmacSig` for a credential's content.
pub fn hmac_header(algorithm: HmacAlgorithm, key: &[u8], header: &[u8]) -> String {
    encode_base64(hmac::sign(&algorithm.key(key), header).as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_any_case() {
        assert_eq!(HashAlgorithm::from_name(" sha256"), Some(HashAlgorithm::Sha256));
        assert_eq!(HmacAlgorithm::from_name("HmacSha1"), Some(HmacAlgorithm::HmacSha1));
        assert_eq!(HmacAlgorithm::from_name("SHA1"), None);
    }

    #[test]
    fn white_space_in_base64_means_nothing() {
        assert_eq!(decode_base64(" Zm9v\r\nYmE=\n").as_deref(), Some(&b"fooba"[..]));
        assert_eq!(decode_base64("Zm9vYmE").as_deref(), Some(&b"fooba"[..]));
        assert_eq!(decode_base64("Zm9v!"), None);
    }

    #[test]
    fn a_shortened_hash_or_hmac_does_not_match() {
        let value = encode_base64(&digest::digest(&digest::SHA256, b"<info/>").as_ref()[..16]);
        let sent = HashData { algorithm: "SHA256".into(), value };
        assert_eq!(verify_info_hash(Some(&sent), b"<info/>"), Err(IntegrityError::InfoHashMismatch));
        let empty = HmacData { algorithm: "HMACSHA256".into(), value: String::new() };
        let verdict = verify_header_hmac(Some(&empty), b"<header/>", HmacAlgorithm::HmacSha256, b"key");
        assert_eq!(verdict, Err(IntegrityError::HmacMismatch));
    }
}
