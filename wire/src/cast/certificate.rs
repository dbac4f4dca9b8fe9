//! Certificates of applications, and the signatures made with their keys (wire.md 3.3).

use aws_lc_rs::{digest, signature};
use x509_parser::prelude::{FromDer, Pem, X509Certificate};
use x509_parser::public_key::PublicKey;

use crate::integrity::HashAlgorithm;
use crate::time::UtcMicros;

/// A certificate that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// Neither DER nor PEM of an X.509 certificate.
    #[error("not an X.509 certificate")]
    Malformed,
    /// The key is of another kind than RSA.
    #[error("the certificate's key is not an RSA key")]
    NotRsa,
    /// The RSA key is too short to be safe, or too long to be checked in reasonable time.
    #[error("an RSA key of {0} bits is not between 1024 and 8192 bits")]
    KeySize(usize),
}

/// An RSA public key in the form that verification takes: PKCS#1 DER. It may be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RsaPublicKey(Vec<u8>);

/// What the server needs to know of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The key.
    pub public_key: RsaPublicKey,
    /// SHA-1 of the DER, 40 hex digits in lower case; compare it in any case.
    pub thumbprint: String,
    /// The first instant of validity.
    pub not_before: UtcMicros,
    /// The last instant of validity.
    pub not_after: UtcMicros,
    /// The certificate itself.
    pub der: Vec<u8>,
}

impl Certificate {
    /// Reads a certificate from PEM, from DER, or from the hex digits of DER (methods.md 12.1).
    pub fn parse(input: &[u8]) -> Result<Self, CertificateError> {
        let text = std::str::from_utf8(input).unwrap_or_default().trim();
        if text.contains("-----BEGIN") {
            for pem in Pem::iter_from_buffer(text.as_bytes()) {
                let pem = pem.map_err(|_| CertificateError::Malformed)?;
                if pem.label == "CERTIFICATE" {
                    return Certificate::from_der(&pem.contents);
                }
            }
            return Err(CertificateError::Malformed);
        }
        match hex::decode(text) {
            Ok(der) if !der.is_empty() => Certificate::from_der(&der),
            _ => Certificate::from_der(input),
        }
    }

    /// Reads a certificate from DER.
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        let (rest, certificate) = X509Certificate::from_der(der).map_err(|_| CertificateError::Malformed)?;
        if !rest.is_empty() {
            return Err(CertificateError::Malformed);
        }
        let key = certificate.public_key();
        let Ok(PublicKey::RSA(rsa)) = key.parsed() else {
            return Err(CertificateError::NotRsa);
        };
        let modulus = rsa.modulus.iter().position(|b| *b != 0).map_or(&[][..], |start| &rsa.modulus[start..]);
        let bits = modulus.first().map_or(0, |top| modulus.len() * 8 - top.leading_zeros() as usize);
        if !(1024..=8192).contains(&bits) {
            return Err(CertificateError::KeySize(bits));
        }
        let thumbprint = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, der);
        let micros =
            |time: x509_parser::time::ASN1Time| UtcMicros(time.timestamp().saturating_mul(1_000_000));
        Ok(Certificate {
            public_key: RsaPublicKey(key.subject_public_key.data.to_vec()),
            thumbprint: hex::encode(thumbprint.as_ref()),
            not_before: micros(certificate.validity().not_before),
            not_after: micros(certificate.validity().not_after),
            der: der.to_vec(),
        })
    }

    /// Whether the certificate is within its dates; outside them, status 70.
    pub fn is_valid_at(&self, now: UtcMicros) -> bool {
        self.not_before <= now && now <= self.not_after
    }
}

impl RsaPublicKey {
    /// A key from its PKCS#1 DER, as [`RsaPublicKey::as_der`] gave it.
    pub fn from_der(der: Vec<u8>) -> Self {
        RsaPublicKey(der)
    }

    /// The PKCS#1 DER.
    pub fn as_der(&self) -> &[u8] {
        &self.0
    }

    /// Whether the signature (RSASSA-PKCS1-v1_5) of the content was made with this key.
    pub fn verify(&self, digest: HashAlgorithm, content: &[u8], signature: &[u8]) -> bool {
        let algorithm = match digest {
            HashAlgorithm::Sha1 => &signature::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
            HashAlgorithm::Sha256 => &signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
        };
        signature::UnparsedPublicKey::new(algorithm, &self.0).verify(content, signature).is_ok()
    }
}
