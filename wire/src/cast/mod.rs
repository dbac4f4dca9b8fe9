//! The credential of CreateAuthenticatedSessionToken (wire.md 3): proof that the caller holds an
//! application's private key, or the secret of one installed instance.

mod certificate;
mod request;

pub use certificate::{Certificate, CertificateError, RsaPublicKey};
pub use request::{CastRequest, CredentialSignature, SessionKey};
