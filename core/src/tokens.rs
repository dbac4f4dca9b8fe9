//! Secrets that a client or a browser carries; the database keeps their hashes only.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use crate::Env;

/// What the database keeps of a token: its SHA-256. The token has 256 random bits, so a slow or
/// keyed hash would add nothing.
pub type TokenHash = [u8; 32];

/// A new token of letters, digits, `-` and `_` (wire.md 3.6), with 256 random bits.
#[must_use]
pub fn mint(env: &Env, prefix: &str) -> String {
    let mut token = prefix.to_owned();
    BASE64_URL_SAFE_NO_PAD.encode_string(env.bytes::<32>(), &mut token);
    token
}

/// The hash under which a token is kept.
#[must_use]
pub fn hash(token: &str) -> TokenHash {
    hash_bytes(token.as_bytes())
}

/// The same of a secret that is no text.
pub(crate) fn hash_bytes(secret: &[u8]) -> TokenHash {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, secret).as_ref());
    hash
}

/// Whether a text could ever have been a token of ours or of a server we took over from:
/// an unknown one is *expired* (65, 7), anything else is *nonsense* (8), wire.md 3.7.
#[must_use]
pub fn is_well_formed(token: &str) -> bool {
    (1..=1024).contains(&token.len())
        && token.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'=' | b'+' | b'/'))
}
