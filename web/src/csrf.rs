//! The hidden field that proves a form came from a page of ours.
//!
//! The token is a keyed hash of the session's secret: nothing to store, worthless for another session,
//! and not guessable by a site that can set cookies, since it does not have the key. A visitor who is not
//! signed in has a session too (of nobody), so that the sign-in form is covered.

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// The server's key for forms, derived from its key file.
pub struct CsrfKey(hmac::Key);

impl CsrfKey {
    /// Takes key material that is used for nothing else.
    pub fn new(material: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, material))
    }

    /// The token for the forms of this session.
    pub fn token(&self, session_secret: &str) -> String {
        URL_SAFE_NO_PAD.encode(hmac::sign(&self.0, &message(session_secret)))
    }

    /// Whether a form's token belongs to this session; takes the same time whatever was given.
    pub fn holds(&self, session_secret: &str, given: &str) -> bool {
        URL_SAFE_NO_PAD
            .decode(given)
            .is_ok_and(|tag| hmac::verify(&self.0, &message(session_secret), &tag).is_ok())
    }
}

fn message(session_secret: &str) -> Vec<u8> {
    [b"keepwell form\0", session_secret.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_holds_for_its_session_only() {
        let key = CsrfKey::new(&[7; 32]);
        let token = key.token("anna's session");
        assert!(key.holds("anna's session", &token));
        assert!(!key.holds("another session", &token));
    }

    #[test]
    fn a_token_of_another_key_or_no_token_at_all_does_not_hold() {
        let key = CsrfKey::new(&[7; 32]);
        assert!(!key.holds("s", &CsrfKey::new(&[8; 32]).token("s")));
        for given in ["", "x", "====", "AAAA"] {
            assert!(!key.holds("s", given), "{given}");
        }
    }
}
