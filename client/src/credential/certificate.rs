//! The key of a web application's certificate.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use keepwell_wire::integrity::{decode_base64, encode_base64};
use keepwell_wire::xml::XmlWriter;
use zeroize::Zeroizing;

use crate::{Config, Error, Thumbprint};

/// The private key of a registered certificate.
pub(crate) struct CertificateKey {
    thumbprint: Thumbprint,
    key: KeyPair,
}

impl CertificateKey {
    pub(crate) fn new(config: &Config) -> Result<Self, Error> {
        let der = pkcs8_of(&config.key_pem)?;
        let key = KeyPair::from_pkcs8(&der)
            .map_err(|e| Error::Credential(format!("not an RSA key of 2048 bits or more in PKCS#8 ({e})")))?;
        Ok(CertificateKey { thumbprint: config.thumbprint.clone(), key })
    }

    /// Writes `sig` over the content. It is signed with SHA-256: the library that we sign with has no
    /// SHA-1 any more, and a server that takes only that is not known to run.
    pub(super) fn write(&self, content: &str, out: &mut XmlWriter) -> Result<(), Error> {
        let signature = self.sign(content.as_bytes())?;
        out.open("sig").attr("digestMethod", "SHA256").attr("sigMethod", "RSA-SHA256");
        out.attr("thumbprint", &self.thumbprint).text(encode_base64(&signature)).close();
        Ok(())
    }

    fn sign(&self, content: &[u8]) -> Result<Vec<u8>, Error> {
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), content, &mut signature)
            .map_err(|_| Error::Credential("the key does not sign".to_owned()))?;
        Ok(signature)
    }
}

/// The DER between the lines of PEM.
fn pkcs8_of(pem: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
    const BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
    const END: &str = "-----END PRIVATE KEY-----";
    let inside = pem.split_once(BEGIN).and_then(|(_, rest)| rest.split_once(END)).map(|(inside, _)| inside);
    inside
        .and_then(decode_base64)
        .map(Zeroizing::new)
        .ok_or_else(|| Error::Credential(format!("the key is not PEM that starts with {BEGIN}")))
}

#[cfg(test)]
mod tests {
    use keepwell_wire::cast::{CastRequest, SessionKey};
    use keepwell_wire::time::UtcMicros;
    use roxmltree::Document;

    use super::*;
    use crate::credential::{Credential, SESSION_HMAC};
    use crate::test_server;

    #[test]
    fn what_is_signed_is_what_the_server_verifies() {
        let (config, certificate) = test_server::registration();
        let key = CertificateKey::new(config).unwrap();
        let credential = Credential::certificate(config.app_id, key);
        let info = credential.session_info(UtcMicros(1_000_000)).unwrap();
        let document = Document::parse(&info).unwrap();
        let cast = CastRequest::parse(2, document.root_element(), config.app_id).unwrap();
        assert!(cast.signature.verify_rsa(&certificate.public_key, cast.raw_content));
        assert!(!cast.signature.verify_rsa(&certificate.public_key, "<content/>"));
        assert_eq!(
            cast.session_key,
            SessionKey::ServerChosen { algorithm: SESSION_HMAC, signing_time: UtcMicros(1_000_000) }
        );
        assert!(info.contains(&format!("thumbprint=\"{}\"", certificate.thumbprint)));
    }

    #[test]
    fn a_key_that_is_none_is_refused_at_the_start() {
        let (config, _) = test_server::registration();
        for pem in ["", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "-----BEGIN RSA"] {
            let config = Config { key_pem: pem.to_owned(), ..config.clone() };
            assert!(matches!(CertificateKey::new(&config), Err(Error::Credential(_))));
        }
    }
}
