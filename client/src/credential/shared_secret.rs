//! The secret that an installation on a device shares with the server (methods.md 5.2).

use keepwell_wire::integrity::{HmacAlgorithm, decode_base64, hmac_header};
use keepwell_wire::xml::XmlWriter;
use zeroize::Zeroizing;

use crate::Error;

const ALGORITHM: HmacAlgorithm = HmacAlgorithm::HmacSha256;

/// A secret that signs.
pub(crate) struct SharedSecret(Zeroizing<Vec<u8>>);

impl SharedSecret {
    /// From the Base64 that the server gave.
    pub(crate) fn from_base64(text: &str) -> Result<Self, Error> {
        let bytes = decode_base64(text).filter(|bytes| !bytes.is_empty());
        let bytes = bytes.ok_or_else(|| Error::Credential("the device's secret is not Base64".to_owned()))?;
        Ok(SharedSecret(Zeroizing::new(bytes)))
    }

    /// Writes `hmacSig` over the content.
    pub(super) fn write(&self, content: &str, out: &mut XmlWriter) {
        out.open("hmacSig").attr("algName", ALGORITHM.name());
        out.text(hmac_header(ALGORITHM, &self.0, content.as_bytes())).close();
    }
}

#[cfg(test)]
mod tests {
    use keepwell_wire::cast::CastRequest;
    use keepwell_wire::time::UtcMicros;
    use roxmltree::Document;
    use serde_json::Value;

    use super::*;
    use crate::credential::Credential;

    fn vector() -> Value {
        let all: Value = serde_json::from_str(include_str!("../../../wire/vectors/wire.json")).unwrap();
        let vectors = all["vectors"].as_array().unwrap();
        vectors.iter().find(|v| v["name"] == "cast2-soda-hmac256-java").unwrap().clone()
    }

    fn credential(vector: &Value) -> Credential {
        let secret = SharedSecret::from_base64(vector["credential"]["key_b64"].as_str().unwrap()).unwrap();
        Credential::secret("6f5e4d3c-2b1a-4098-8765-43210fedcba9".parse().unwrap(), secret)
    }

    #[test]
    fn the_info_is_byte_for_byte_what_the_java_client_sends() {
        let vector = vector();
        let content = vector["credential"]["content"].as_str().unwrap();
        assert_eq!(credential(&vector).session_info_around(content).unwrap(), vector["info"]);
    }

    #[test]
    fn what_is_signed_is_what_the_server_verifies() {
        let credential = credential(&vector());
        let info = credential.session_info(UtcMicros(1_768_472_430_000_000)).unwrap();
        assert!(info.contains("<signing-time>2026-01-15T10:20:30Z</signing-time>"), "{info}");
        let document = Document::parse(&info).unwrap();
        let cast = CastRequest::parse(2, document.root_element(), credential.app_id).unwrap();
        let key = decode_base64(vector()["credential"]["key_b64"].as_str().unwrap()).unwrap();
        assert!(cast.signature.verify_hmac(&key, cast.raw_content));
        assert!(!cast.signature.verify_hmac(b"another installation's", cast.raw_content));
    }

    #[test]
    fn a_secret_that_is_none_is_refused_at_the_start() {
        for text in ["", " ", "no Base64!"] {
            assert!(matches!(SharedSecret::from_base64(text), Err(Error::Credential(_))), "{text:?}");
        }
    }
}
