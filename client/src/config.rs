//! What a client needs to know before its first call.

use std::fmt;

use keepwell_wire::cast::Certificate;
use uuid::Uuid;

use crate::Error;

/// A web application, as it is registered with the server.
#[derive(Clone)]
pub struct Config {
    /// The whole address of the XML interface, `https://…/platform/wildcat.ashx`.
    pub platform_url: String,
    /// The application's id.
    pub app_id: Uuid,
    /// Its RSA private key: PKCS#8 in PEM, 2048 bits or more.
    pub key_pem: String,
    /// Which of its registered certificates belongs to the key.
    pub thumbprint: Thumbprint,
}

impl fmt::Debug for Config {
    /// The key is a secret and stays out of logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("platform_url", &self.platform_url)
            .field("app_id", &self.app_id)
            .field("thumbprint", &self.thumbprint)
            .finish_non_exhaustive()
    }
}

/// The SHA-1 of a certificate, by which the server finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thumbprint(String);

impl Thumbprint {
    /// From 40 hex digits, in any case, with white space or colons between them as tools print it.
    pub fn from_hex(text: &str) -> Result<Self, Error> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != ':').collect();
        if digits.len() != 40 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(Error::Credential("a thumbprint is 40 hex digits".to_owned()));
        }
        Ok(Thumbprint(digits.to_ascii_lowercase()))
    }

    /// From the certificate itself, in PEM or DER.
    pub fn of_certificate(certificate: &[u8]) -> Result<Self, Error> {
        let parsed = Certificate::parse(certificate).map_err(|e| Error::Credential(e.to_string()))?;
        Ok(Thumbprint(parsed.thumbprint))
    }
}

impl fmt::Display for Thumbprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thumbprint_is_read_as_tools_print_it() {
        let printed = format!("AB:{}", "00:".repeat(18) + "0F");
        let plain = format!("ab{}0f", "00".repeat(18));
        assert_eq!(Thumbprint::from_hex(&printed).unwrap().to_string(), plain);
        assert!(Thumbprint::from_hex("abc").is_err());
        assert!(Thumbprint::of_certificate(b"not one").is_err());
    }
}
