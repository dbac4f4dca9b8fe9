//! The vectors that were made to be hard (`wire.json`).

use keepwell_wire::cast::{CastRequest, Certificate, CredentialSignature, SessionKey};
use keepwell_wire::envelope::{Credential, Envelope, RequestText};
use keepwell_wire::integrity::{
    HashAlgorithm, HmacAlgorithm, IntegrityError, decode_base64, hash_info, hmac_header,
};
use keepwell_wire::limits::Limits;
use serde_json::Value;

use crate::capture;

fn vectors() -> Value {
    serde_json::from_str(&std::fs::read_to_string(capture::folder().join("wire.json")).unwrap()).unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
    decode_base64(value.as_str().unwrap()).unwrap()
}

#[test]
fn hashes_of_short_infos_are_as_expected() {
    for case in vectors()["hash_cases"].as_array().unwrap() {
        let algorithm = HashAlgorithm::from_name(case["algName"].as_str().unwrap()).unwrap();
        let info = case["info"].as_str().unwrap();
        assert_eq!(hash_info(algorithm, info.as_bytes()), case["expected_b64"].as_str().unwrap(), "{info}");
    }
}

#[test]
fn every_vector_is_cut_at_its_exact_bytes() {
    for vector in vectors()["vectors"].as_array().unwrap() {
        let name = &vector["name"];
        let body = bytes(&vector["request_b64"]);
        let text = RequestText::check(&body, &Limits::default()).unwrap();
        let document = text.parse().unwrap();
        let envelope = Envelope::read(&document).unwrap();
        assert_eq!(envelope.raw_header.as_bytes(), bytes(&vector["header_b64"]), "{name}");
        assert_eq!(envelope.raw_info.as_bytes(), bytes(&vector["info_b64"]), "{name}");
    }
}

#[test]
fn every_vector_verifies_or_fails_for_the_reason_it_names() {
    let vectors = vectors();
    for vector in vectors["vectors"].as_array().unwrap() {
        let name = vector["name"].as_str().unwrap();
        let body = bytes(&vector["request_b64"]);
        let text = RequestText::check(&body, &Limits::default()).unwrap();
        let document = text.parse().unwrap();
        let envelope = Envelope::read(&document).unwrap();
        let verdict = match &envelope.header.credential {
            Credential::App(_) => envelope.verify_anonymous(),
            Credential::Session { auth_token, .. } => {
                assert_eq!(auth_token, vectors["keys"]["session_token"].as_str().unwrap(), "{name}");
                let hmac = &vector["header_hmac"];
                let algorithm =
                    HmacAlgorithm::from_name(hmac["algName"].as_str().unwrap_or("HMACSHA256")).unwrap();
                let key = match hmac["key_b64"].as_str() {
                    Some(key) => decode_base64(key).unwrap(),
                    None => bytes(&vectors["keys"]["session_secret_b64"]),
                };
                if hmac["present_in_request"] == true && vector["expect"]["failing"] != "header_hmac" {
                    let made = hmac_header(algorithm, &key, envelope.raw_header.as_bytes());
                    assert_eq!(made, hmac["expected_b64"].as_str().unwrap(), "{name}");
                }
                envelope.verify(algorithm, &key)
            }
        };
        let expected = match vector["expect"]["failing"].as_str() {
            None => Ok(()),
            Some("info_hash") => Err(IntegrityError::InfoHashMismatch),
            Some("header_hmac") => Err(IntegrityError::HmacMismatch),
            Some(_) => Err(IntegrityError::MissingHmac),
        };
        assert_eq!(verdict, expected, "{name}");
        let status = verdict.map_or_else(|e| e.status().code(), |()| 0);
        assert_eq!(u64::from(status), vector["expect"]["status_code"].as_u64().unwrap(), "{name}");
    }
}

#[test]
fn every_credential_of_the_vectors_verifies() {
    let vectors = vectors();
    let pem = vectors["keys"]["rsa_certificate_pem"].as_str().unwrap();
    let certificate = Certificate::parse(pem.as_bytes()).unwrap();
    assert_eq!(certificate.thumbprint, vectors["keys"]["rsa_thumbprint_sha1_hex"].as_str().unwrap());
    let with_credential =
        vectors["vectors"].as_array().unwrap().iter().filter(|v| v["credential"].is_object());
    for vector in with_credential {
        let name = vector["name"].as_str().unwrap();
        let credential = &vector["credential"];
        let body = bytes(&vector["request_b64"]);
        let text = RequestText::check(&body, &Limits::default()).unwrap();
        let document = text.parse().unwrap();
        let envelope = Envelope::read(&document).unwrap();
        let Credential::App(app_id) = envelope.header.credential else { panic!("{name}") };
        let cast = CastRequest::parse(envelope.header.method_version, envelope.info(), app_id).unwrap();
        assert_eq!(cast.raw_content, credential["content"].as_str().unwrap(), "{name}");
        match &cast.signature {
            CredentialSignature::Rsa { .. } => {
                assert!(cast.signature.verify_rsa(&certificate.public_key, cast.raw_content), "{name}");
            }
            CredentialSignature::Hmac { .. } => {
                assert!(
                    cast.signature.verify_hmac(&bytes(&credential["key_b64"]), cast.raw_content),
                    "{name}"
                );
            }
        }
        if let SessionKey::ClientChosen { secret, .. } = &cast.session_key {
            assert_eq!(*secret, bytes(&credential["client_secret_b64"]), "{name}");
        }
        assert!(
            CastRequest::parse(envelope.header.method_version, envelope.info(), uuid::Uuid::nil()).is_err()
        );
    }
}
