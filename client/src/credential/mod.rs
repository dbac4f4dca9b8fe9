//! What an application proves itself with to get a session (wire.md 3.2, 3.3): a web application with
//! the key of its certificate, an installation on a device with a secret of its own. All that comes
//! after is the same for both.

mod certificate;
mod shared_secret;

use keepwell_wire::integrity::HmacAlgorithm;
use keepwell_wire::time::UtcMicros;
use keepwell_wire::xml::XmlWriter;
use uuid::Uuid;

use crate::Error;

pub(crate) use certificate::CertificateKey;
pub(crate) use shared_secret::SharedSecret;

/// The algorithm of the sessions that this client asks for.
pub(crate) const SESSION_HMAC: HmacAlgorithm = HmacAlgorithm::HmacSha256;

/// An application that can prove who it is.
pub(crate) struct Credential {
    pub(crate) app_id: Uuid,
    proof: Proof,
}

enum Proof {
    Certificate(CertificateKey),
    Secret(SharedSecret),
}

impl Credential {
    /// A web application's.
    pub(crate) fn certificate(app_id: Uuid, key: CertificateKey) -> Self {
        Credential { app_id, proof: Proof::Certificate(key) }
    }

    /// An installation's.
    pub(crate) fn secret(app_id: Uuid, secret: SharedSecret) -> Self {
        Credential { app_id, proof: Proof::Secret(secret) }
    }

    /// The `info` of CreateAuthenticatedSessionToken 2. What is signed is the text of `content`, byte for
    /// byte as it goes out.
    pub(crate) fn session_info(&self, now: UtcMicros) -> Result<String, Error> {
        let mut content = XmlWriter::new();
        content.open("content").element("app-id", self.app_id).element("hmac", SESSION_HMAC.name());
        content.element("signing-time", now);
        self.session_info_around(&content.finish())
    }

    fn session_info_around(&self, content: &str) -> Result<String, Error> {
        let mut out = XmlWriter::new();
        out.open("info").open("auth-info").element("app-id", self.app_id);
        out.open("credential").open("appserver2");
        match &self.proof {
            Proof::Certificate(key) => key.write(content, &mut out)?,
            Proof::Secret(secret) => secret.write(content, &mut out),
        }
        out.raw(content);
        Ok(out.finish())
    }
}
