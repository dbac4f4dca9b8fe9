//! Every recorded request, from body to verified header and info.

use keepwell_wire::cast::{CastRequest, Certificate, CredentialSignature, SessionKey};
use keepwell_wire::envelope::{Credential, Envelope, MessageTime, RequestText};
use keepwell_wire::integrity::HmacAlgorithm;
use keepwell_wire::limits::Limits;
use keepwell_wire::time::UtcMicros;

use crate::capture::{self, Capture};

/// Takes a captured request through the envelope.
pub fn with_envelope<T>(capture: &Capture, f: impl FnOnce(&Envelope<'_, '_>) -> T) -> T {
    let text = RequestText::check(&capture.body, &Limits::default()).unwrap();
    assert!(!text.was_rescued(), "{}", capture.name);
    let document = text.parse().unwrap();
    f(&Envelope::read(&document).unwrap_or_else(|e| panic!("{}: {e}", capture.name)))
}

#[test]
fn all_recorded_requests_are_there() {
    assert_eq!(capture::all().len(), 205);
}

#[test]
fn every_recorded_header_reads_as_the_index_says() {
    for capture in capture::all() {
        with_envelope(&capture, |envelope| {
            let header = &envelope.header;
            assert_eq!(header.method, capture.entry.method, "{}", capture.name);
            assert_eq!(header.method_version.to_string(), capture.entry.version, "{}", capture.name);
            let hash = header.info_hash.as_ref().map(|hash| hash.algorithm.clone());
            assert_eq!(hash, capture.entry.info_hash, "{}", capture.name);
            let hmac = envelope.auth.as_ref().map(|auth| auth.algorithm.clone());
            assert_eq!(hmac, capture.entry.hmac, "{}", capture.name);
            assert!(matches!(header.msg_time, MessageTime::At(_)), "{}", capture.name);
            assert!(envelope.raw_header.starts_with("<header>"), "{}", capture.name);
            assert!(envelope.raw_header.ends_with("</header>"), "{}", capture.name);
            assert!(
                envelope.raw_info.starts_with("<info") && envelope.raw_info.ends_with('>'),
                "{}",
                capture.name
            );
        });
    }
}

#[test]
fn every_recorded_hash_and_hmac_verifies_over_the_bytes_that_were_cut() {
    let mut authenticated = 0;
    for capture in capture::all() {
        with_envelope(&capture, |envelope| match &envelope.header.credential {
            Credential::App(_) => {
                envelope.verify_anonymous().unwrap_or_else(|e| panic!("{}: {e}", capture.name))
            }
            Credential::Session { auth_token, .. } => {
                authenticated += 1;
                let key = &capture.sessions[auth_token];
                let algorithm = capture.entry.hmac.as_deref().and_then(HmacAlgorithm::from_name).unwrap();
                envelope.verify(algorithm, key).unwrap_or_else(|e| panic!("{}: {e}", capture.name));
                assert!(envelope.verify(algorithm, b"another key").is_err(), "{}", capture.name);
            }
        });
    }
    assert!(authenticated > 150, "{authenticated}");
}

#[test]
fn every_recorded_credential_verifies_over_the_bytes_of_its_content() {
    let pem = std::fs::read(capture::folder().join("captures/keys/application-certificate.pem")).unwrap();
    let certificate = Certificate::parse(&pem).unwrap();
    let (mut rsa, mut hmac) = (0, 0);
    for capture in capture::all().iter().filter(|c| c.entry.method == "CreateAuthenticatedSessionToken") {
        with_envelope(capture, |envelope| {
            let Credential::App(app_id) = envelope.header.credential else { panic!("{}", capture.name) };
            let version = envelope.header.method_version;
            let cast = CastRequest::parse(version, envelope.info(), app_id)
                .unwrap_or_else(|e| panic!("{}: {e}", capture.name));
            let changed = cast.raw_content.replacen("<app-id>", "<app-id> ", 1);
            match &cast.signature {
                CredentialSignature::Rsa { thumbprint, .. } => {
                    rsa += 1;
                    assert_eq!(*thumbprint, certificate.thumbprint, "{}", capture.name);
                    let key = &certificate.public_key;
                    assert!(cast.signature.verify_rsa(key, cast.raw_content), "{}", capture.name);
                    assert!(!cast.signature.verify_rsa(key, &changed), "{}", capture.name);
                }
                CredentialSignature::Hmac { .. } => {
                    hmac += 1;
                    let secret = &capture.secrets[&app_id.to_string()];
                    assert!(cast.signature.verify_hmac(secret, cast.raw_content), "{}", capture.name);
                    assert!(!cast.signature.verify_hmac(secret, &changed), "{}", capture.name);
                }
            }
            if let SessionKey::ClientChosen { secret, .. } = &cast.session_key {
                let known = capture.sessions.values().any(|key| key == secret);
                assert!(known, "{}: the key that the client chose", capture.name);
            }
        });
    }
    assert!(rsa > 20 && hmac > 4, "{rsa} {hmac}");
}

#[test]
fn the_certificate_of_the_recordings_is_read() {
    let pem = std::fs::read(capture::folder().join("captures/keys/application-certificate.pem")).unwrap();
    let certificate = Certificate::parse(&pem).unwrap();
    assert_eq!(certificate.thumbprint, "dc236fe72e81dc01f4852058cb8f5d2b6bf84084");
    assert_eq!(Certificate::from_der(&certificate.der).unwrap(), certificate);
    let digits: String = certificate.der.iter().map(|b| format!("{b:02X}")).collect();
    assert_eq!(Certificate::parse(digits.as_bytes()).unwrap(), certificate);
    assert!(certificate.is_valid_at(certificate.not_before));
    assert!(!certificate.is_valid_at(UtcMicros(certificate.not_after.0 + 1)));
    assert!(Certificate::parse(b"-----BEGIN CERTIFICATE-----\nnonsense").is_err());
    assert!(Certificate::from_der(&certificate.der[..100]).is_err());
}
