//! The certificates by which an application's signatures are checked.

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use x509_parser::prelude::{FromDer, X509Certificate, parse_x509_pem};
use x509_parser::public_key::PublicKey;

/// An application's certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// SHA-1 of the DER text, 40 hex digits in lower case: how a signature names it (wire.md 3.3).
    pub thumbprint: String,
    /// The whole certificate.
    pub der: Vec<u8>,
}

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// Neither PEM nor DER of a certificate.
    #[error("this is not an X.509 certificate, neither PEM nor DER")]
    Unreadable,
    /// The key is of another kind, or too short.
    #[error("the certificate's key must be RSA of 1024 to 8192 bits")]
    Key,
}

impl Certificate {
    /// Reads a certificate, PEM or DER.
    ///
    /// # Errors
    /// `CertificateError` saying why it cannot be used.
    pub fn read(bytes: &[u8]) -> Result<Self, CertificateError> {
        let der = match parse_x509_pem(bytes) {
            Ok((_, pem)) if pem.label == "CERTIFICATE" => pem.contents,
            _ => bytes.to_vec(),
        };
        let (_, certificate) = X509Certificate::from_der(&der).map_err(|_| CertificateError::Unreadable)?;
        match certificate.public_key().parsed() {
            Ok(PublicKey::RSA(key)) if (1024..=8192).contains(&key.key_size()) => {}
            _ => return Err(CertificateError::Key),
        }
        let thumbprint = hex::encode(digest(&SHA1_FOR_LEGACY_USE_ONLY, &der));
        Ok(Self { thumbprint, der })
    }
}
