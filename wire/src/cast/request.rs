//! The request of CreateAuthenticatedSessionToken, versions 1 and 2 (wire.md 3.1 to 3.3).

use roxmltree::Node;
use uuid::Uuid;

use crate::cast::RsaPublicKey;
use crate::error::InfoError;
use crate::integrity::{HashAlgorithm, HmacAlgorithm, decode_base64, verify_hmac};
use crate::status::Status;
use crate::time::UtcMicros;
use crate::xml::{self, Sequence};

/// A request for a session. Nothing in it is proven until the signature over `raw_content` is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CastRequest<'i> {
    /// The application, the same in `auth-info` and in `content`.
    pub app_id: Uuid,
    /// Whether the application says that it works with several records of a person.
    pub is_multi_record: bool,
    /// The signature.
    pub signature: CredentialSignature,
    /// The `content` element as it was sent: the signed bytes.
    pub raw_content: &'i str,
    /// The key of the session to come.
    pub session_key: SessionKey,
}

/// How the content is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CredentialSignature {
    /// With the private key of a registered certificate.
    Rsa {
        /// The digest.
        digest: HashAlgorithm,
        /// SHA-1 of the certificate in hex, lower case; it selects the certificate.
        thumbprint: String,
        /// The signature.
        signature: Vec<u8>,
    },
    /// With the secret of an application instance.
    Hmac {
        /// The algorithm.
        algorithm: HmacAlgorithm,
        /// The tag.
        tag: Vec<u8>,
    },
}

/// Who chooses the session key.
#[derive(Clone, PartialEq, Eq)]
pub enum SessionKey {
    /// Version 1: the client, and this is the key.
    ClientChosen {
        /// The algorithm of the session's HMACs.
        algorithm: HmacAlgorithm,
        /// The key, 1 to 384 bytes.
        secret: Vec<u8>,
    },
    /// Version 2: the server.
    ServerChosen {
        /// The algorithm of the session's HMACs.
        algorithm: HmacAlgorithm,
        /// When the client says it signed.
        signing_time: UtcMicros,
    },
}

impl std::fmt::Debug for SessionKey {
    /// The key is a secret and stays out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SessionKey::ClientChosen { algorithm, .. } => {
                f.debug_struct("ClientChosen").field("algorithm", algorithm).finish_non_exhaustive()
            }
            SessionKey::ServerChosen { algorithm, signing_time } => f
                .debug_struct("ServerChosen")
                .field("algorithm", algorithm)
                .field("signing_time", signing_time)
                .finish(),
        }
    }
}

impl<'i> CastRequest<'i> {
    /// Reads `info` of version 1 or 2. The application id of the header is needed since all three must
    /// agree; where they do not, the answer is 4 and not 6, on which device clients would start over.
    pub fn parse(version: u32, info: Node<'_, 'i>, header_app_id: Uuid) -> Result<Self, InfoError> {
        let mut info = Sequence::of(info)?;
        let auth_info = info.required("auth-info")?;
        info.end()?;
        let mut auth_info = Sequence::of(auth_info)?;
        let app_id_node = auth_info.required("app-id")?;
        let app_id = xml::guid(app_id_node)?;
        let is_multi_record = match xml::attribute(app_id_node, "is-multi-record-app") {
            Some(text) => xml::parse_boolean("is-multi-record-app", text)?,
            None => false,
        };
        let mut credential = Sequence::of(auth_info.required("credential")?)?;
        auth_info.end()?;
        if credential.peek().is_some_and(|kind| kind.tag_name().name() == "userpassauthsession") {
            let message = "credentials of a person (userpassauthsession) are not accepted here";
            return Err(InfoError::new(Status::INVALID_CREDENTIAL_TYPE, message));
        }
        let proof = credential.required(if version == 1 { "appserver" } else { "appserver2" })?;
        credential.end()?;
        let mut proof = Sequence::of(proof)?;
        let signature = match proof.optional("hmacSig") {
            Some(node) if version != 1 => hmac_signature(node)?,
            Some(_) => return Err(InfoError::invalid("appserver takes sig, not hmacSig")),
            None => rsa_signature(proof.required("sig")?)?,
        };
        let content = proof.required("content")?;
        proof.end()?;
        let mut fields = Sequence::of(content)?;
        let content_app_id = xml::guid(fields.required("app-id")?)?;
        if content_app_id != app_id || header_app_id != app_id {
            let message = "the application ids of header, auth-info and content differ";
            return Err(InfoError::new(Status::BAD_SIG, message));
        }
        let session_key =
            if version == 1 { client_chosen(&mut fields)? } else { server_chosen(&mut fields)? };
        fields.end()?;
        Ok(CastRequest { app_id, is_multi_record, signature, raw_content: xml::raw(content), session_key })
    }
}

impl CredentialSignature {
    /// Whether this is the signature of the content by the owner of the certificate's key.
    pub fn verify_rsa(&self, key: &RsaPublicKey, raw_content: &str) -> bool {
        match self {
            CredentialSignature::Rsa { digest, signature, .. } => {
                key.verify(*digest, raw_content.as_bytes(), signature)
            }
            CredentialSignature::Hmac { .. } => false,
        }
    }

    /// Whether this is the HMAC of the content under the instance's secret.
    pub fn verify_hmac(&self, secret: &[u8], raw_content: &str) -> bool {
        match self {
            CredentialSignature::Hmac { algorithm, tag } => {
                verify_hmac(*algorithm, secret, raw_content.as_bytes(), tag)
            }
            CredentialSignature::Rsa { .. } => false,
        }
    }
}

/// What cannot be a signature of ours counts as a failed one (wire.md 3.3).
fn bad_signature(message: &str) -> InfoError {
    InfoError::new(Status::BAD_SIG, message)
}

fn rsa_signature(node: Node<'_, '_>) -> Result<CredentialSignature, InfoError> {
    let digest = HashAlgorithm::from_name(xml::required_attribute(node, "digestMethod")?);
    let method = match xml::required_attribute(node, "sigMethod")?.trim() {
        name if name.eq_ignore_ascii_case("RSA-SHA1") => Some(HashAlgorithm::Sha1),
        name if name.eq_ignore_ascii_case("RSA-SHA256") => Some(HashAlgorithm::Sha256),
        _ => None,
    };
    let digest = digest.filter(|digest| method == Some(*digest));
    let digest = digest.ok_or_else(|| bad_signature("digestMethod or sigMethod of sig is not supported"))?;
    let thumbprint = xml::required_attribute(node, "thumbprint")?.trim().to_ascii_lowercase();
    let signature = decode_base64(&xml::text(node)?).ok_or_else(|| bad_signature("sig is not Base64"))?;
    Ok(CredentialSignature::Rsa { digest, thumbprint, signature })
}

fn hmac_signature(node: Node<'_, '_>) -> Result<CredentialSignature, InfoError> {
    let algorithm = HmacAlgorithm::from_name(xml::required_attribute(node, "algName")?);
    let algorithm = algorithm.ok_or_else(|| bad_signature("algName of hmacSig is not supported"))?;
    let tag = decode_base64(&xml::text(node)?).ok_or_else(|| bad_signature("hmacSig is not Base64"))?;
    Ok(CredentialSignature::Hmac { algorithm, tag })
}

fn client_chosen(fields: &mut Sequence<'_, '_>) -> Result<SessionKey, InfoError> {
    let missing =
        || InfoError::new(Status::MISSING_SHARED_SECRET, "the credential has no shared-secret/hmac-alg");
    let shared_secret = fields.optional("shared-secret").ok_or_else(missing)?;
    let mut shared_secret = Sequence::of(shared_secret)?;
    let node = shared_secret.optional("hmac-alg").ok_or_else(missing)?;
    shared_secret.end()?;
    let text = xml::text(node)?;
    if text.is_empty() {
        return Err(missing());
    }
    let algorithm = HmacAlgorithm::from_name(xml::required_attribute(node, "algName")?);
    let algorithm = algorithm.ok_or_else(|| bad_signature("algName of hmac-alg is not supported"))?;
    let secret = decode_base64(&text).ok_or_else(|| InfoError::invalid("hmac-alg is not Base64"))?;
    if !(1..=384).contains(&secret.len()) {
        return Err(InfoError::invalid("hmac-alg holds neither 1 nor up to 384 bytes"));
    }
    Ok(SessionKey::ClientChosen { algorithm, secret })
}

fn server_chosen(fields: &mut Sequence<'_, '_>) -> Result<SessionKey, InfoError> {
    let algorithm = HmacAlgorithm::from_name(&xml::text(fields.required("hmac")?)?);
    let algorithm = algorithm.ok_or_else(|| InfoError::invalid("hmac is neither HMACSHA256 nor HMACSHA1"))?;
    let signing_time = xml::utc(fields.required("signing-time")?)?;
    Ok(SessionKey::ServerChosen { algorithm, signing_time })
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    const ID: &str = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";

    fn status(version: u32, credential: &str) -> u16 {
        let xml = format!(
            "<info><auth-info><app-id is-multi-record-app='true'>{ID}</app-id>\
             <credential>{credential}</credential></auth-info></info>"
        );
        let document = Document::parse(&xml).unwrap();
        let id = ID.to_uppercase().parse().unwrap();
        match CastRequest::parse(version, document.root_element(), id) {
            Ok(cast) => {
                assert!(cast.is_multi_record && cast.raw_content.starts_with("<content>"));
                0
            }
            Err(e) => e.status.code(),
        }
    }

    fn first(secret: &str) -> String {
        format!(
            "<appserver><sig digestMethod='SHA1' sigMethod='RSA-SHA1' thumbprint='AB'>c2ln\n</sig><content>\
             <app-id>{ID}</app-id>{secret}</content></appserver>"
        )
    }

    fn second(signature: &str, app_id: &str) -> String {
        format!(
            "<appserver2>{signature}<content><app-id>{app_id}</app-id><hmac>HMACSHA256</hmac>\
             <signing-time>2026-01-15T10:20:30</signing-time></content></appserver2>"
        )
    }

    #[test]
    fn a_first_version_needs_a_secret_of_reasonable_length() {
        let secret = |text: &str| {
            first(&format!("<shared-secret><hmac-alg algName='HMACSHA1'>{text}</hmac-alg></shared-secret>"))
        };
        assert_eq!(status(1, &secret("a2V5")), 0);
        assert_eq!(status(1, &secret(" \n")), 17);
        assert_eq!(status(1, &first("")), 17);
        assert_eq!(status(1, &first("<shared-secret/>")), 17);
        assert_eq!(status(1, &secret(&"A".repeat(512))), 0);
        assert_eq!(status(1, &secret(&"A".repeat(516))), 3);
        assert_eq!(status(2, &secret("a2V5")), 3, "appserver is of version 1");
    }

    #[test]
    fn a_credential_that_could_not_be_ours_is_a_bad_signature() {
        let hmac = "<hmacSig algName='HMACSHA256'>c2ln</hmacSig>";
        assert_eq!(status(2, &second(hmac, ID)), 0);
        assert_eq!(status(1, &second(hmac, ID)), 3);
        assert_eq!(status(2, &second(hmac, "00000000-0000-4000-8000-000000000000")), 4);
        assert_eq!(status(2, &second("<hmacSig algName='HMACMD5'>c2ln</hmacSig>", ID)), 4);
        for (digest, method, expected) in
            [("SHA256", "RSA-SHA256", 0), ("SHA1", "RSA-SHA256", 4), ("MD5", "RSA-MD5", 4)]
        {
            let sig = format!("<sig digestMethod='{digest}' sigMethod='{method}' thumbprint='AB'>c2ln</sig>");
            assert_eq!(status(2, &second(&sig, ID)), expected, "{digest} {method}");
        }
    }

    #[test]
    fn a_persons_password_is_recognised_and_refused() {
        assert_eq!(status(2, "<userpassauthsession><username>a</username></userpassauthsession>"), 36);
    }
}
