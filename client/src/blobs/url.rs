//! Where the bytes of a blob are.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::line::is_https;
use crate::secret::Secret;

/// The address of a blob's bytes, to send them to or to get them from. Whoever has it needs nothing else,
/// so it never prints. It is good for minutes if it is to read from, and for a day or more if it is to
/// write to (things.md 7.8).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BlobUrl(Secret);

impl BlobUrl {
    pub(crate) fn new(url: String) -> Self {
        BlobUrl(Secret::new(url))
    }

    /// The address.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// The address, to be used by a client of this platform. The bytes must not leave a protected line for
    /// an open one.
    pub(crate) fn uri(&self, platform_url: &str) -> Result<http::Uri, Error> {
        if is_https(platform_url) && !is_https(self.expose()) {
            return Err(Error::Malformed("the URL of a blob is without TLS".to_owned()));
        }
        let uri = self.expose().parse();
        uri.map_err(|_| Error::Malformed("the URL of a blob is none".to_owned()))
    }
}

impl fmt::Debug for BlobUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}
