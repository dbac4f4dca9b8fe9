//! Recorded requests, damaged: whatever comes in, nothing panics, and nothing that was changed verifies.

use std::sync::LazyLock;

use keepwell_wire::cast::{CastRequest, Certificate};
use keepwell_wire::envelope::{Credential, Envelope, RequestText};
use keepwell_wire::inflate::inflate;
use keepwell_wire::integrity::HmacAlgorithm;
use keepwell_wire::limits::Limits;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::capture::{self, Capture};
use crate::methods;

static CAPTURES: LazyLock<Vec<Capture>> = LazyLock::new(capture::all);

/// Takes a body as far as it goes; tells whether it verified under the key.
fn process(body: &[u8], algorithm: HmacAlgorithm, key: &[u8]) -> Option<(String, String)> {
    let text = RequestText::check(body, &Limits::default()).ok()?;
    let document = text.parse().ok()?;
    let envelope = Envelope::read(&document).ok()?;
    let _ = methods::parse(&envelope);
    if let Credential::App(app_id) = envelope.header.credential {
        let _ = CastRequest::parse(1, envelope.info(), app_id);
        let _ = CastRequest::parse(2, envelope.info(), app_id);
        return None;
    }
    envelope.verify(algorithm, key).ok()?;
    Some((envelope.raw_header.to_owned(), envelope.raw_info.to_owned()))
}

/// The same cases at every run, a tenth of them in CI; PROPTEST_RNG_SEED=N tries others.
fn config() -> ProptestConfig {
    let cases = if std::env::var_os("CI").is_some() { 200 } else { 2000 };
    let chosen = std::env::var_os("PROPTEST_RNG_SEED").is_some();
    let mut config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    if !chosen {
        config.rng_seed = RngSeed::Fixed(20_260_601);
    }
    config
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_damaged_request_never_panics_and_never_verifies_with_other_content(
        which in any::<prop::sample::Index>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4u8), 1..4),
    ) {
        let capture = which.get(&CAPTURES);
        let algorithm = capture.entry.hmac.as_deref().and_then(HmacAlgorithm::from_name);
        let algorithm = algorithm.unwrap_or(HmacAlgorithm::HmacSha1);
        let key = capture.sessions.values().next().cloned().unwrap_or_default();
        let original = process(&capture.body, algorithm, &key);
        let mut body = capture.body.clone();
        for (at, byte, kind) in edits {
            if body.is_empty() {
                break;
            }
            let at = at.index(body.len());
            match kind {
                0 => body[at] = byte,
                1 => body.insert(at, byte),
                2 => drop(body.remove(at)),
                _ => body.truncate(at.max(1)),
            }
        }
        if let Some(verified) = process(&body, algorithm, &key) {
            // The Base64 of the HMAC may be written in more than one way, and its text is not under it.
            prop_assert_eq!(Some(verified), original);
        }
    }

    #[test]
    fn no_bytes_at_all_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), markup in "[<>/!?a-z='\" \\[\\]-]{0,80}") {
        for encoding in [None, Some("gzip"), Some("deflate")] {
            let _ = inflate(encoding, &bytes, &Limits::default());
        }
        let _ = Certificate::parse(&bytes);
        process(&bytes, HmacAlgorithm::HmacSha1, b"");
        let body = format!("<q:request xmlns:q='urn:com.microsoft.wc.request'><header/><info>{markup}</info></q:request>");
        process(body.as_bytes(), HmacAlgorithm::HmacSha1, b"");
        process(markup.as_bytes(), HmacAlgorithm::HmacSha1, b"");
    }
}
