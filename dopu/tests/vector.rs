//! The test vector of connectivity.md 5.2, byte for byte, and what a key is made of.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends here")]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use keepwell_dopu::{Algorithm, Key, Parameters, USUAL_ITERATIONS, WrongAnswer};

const ANSWER: &str = "Seeds the Parakeet";
const SALT: &str = "9f1c2b34-5d6e-4f70-8a91-b2c3d4e5f607";
const THINGS: &[u8] = b"<thing><type-id>3d34d87e-7fc1-4153-800f-f56592cb0d17</type-id></thing>";
const BLOB: &str = concat!(
    "vOjzCoZ9+Alqy0poitPwZfhe7NR2Cz2LxIFwKOSnEIF7k1MKrOzAcxsiX1omOTp8lCpPWH0bO6xnJXN6RUuaLv",
    "HDqIPi94nPAYZUyLIczPHKhY90LPMGCrOMbeIsj7U2Qhxeh86ljGbM5HClBzplLD0YqtKRaSCTqR5yShktuBw="
);

fn key(answer: &str) -> Key {
    let parameters = Parameters::new(Algorithm::HmacSha256Aes256, SALT, USUAL_ITERATIONS, Some(256)).unwrap();
    Key::derive(answer, &parameters)
}

#[test]
fn the_vector_is_sealed_byte_for_byte() {
    let sealed = key(ANSWER).seal(THINGS, &|filler| filler.fill(0));
    assert_eq!(STANDARD.encode(sealed), BLOB);
}

#[test]
fn the_vector_opens_with_its_answer_in_any_case() {
    let blob = STANDARD.decode(BLOB).unwrap();
    for answer in [ANSWER, "seeds the parakeet", "SEEDS THE PARAKEET"] {
        assert_eq!(*key(answer).open(&blob).unwrap(), THINGS);
    }
}

#[test]
fn the_vector_opens_with_no_other_answer() {
    let blob = STANDARD.decode(BLOB).unwrap();
    for answer in ["Seeds the Parrot", " Seeds the Parakeet", "Seeds the Parakeet ", "Seedstheparakeet", ""] {
        assert_eq!(key(answer).open(&blob), Err(WrongAnswer), "{answer:?}");
    }
}

/// Opened as a chunk, which has no HMAC, the package shows all that was enciphered.
#[test]
fn the_hmac_stands_before_the_things() {
    let opened = key(ANSWER).open_chunk(&STANDARD.decode(BLOB).unwrap()).unwrap();
    assert_eq!(
        hex::encode(&opened[..32]),
        "351af9b49c983bc33e9db342f599963c8f117182326b8ba0a10d366bb305ace9"
    );
    assert_eq!(&opened[32..], THINGS);
}
