//! Which parameters are taken, and which are answered with status 3.

use keepwell_dopu::{Algorithm, MOST_ITERATIONS, Parameters, UnsupportedParameters};

#[test]
fn algorithms_have_their_names_and_none_is_none_of_them() {
    for algorithm in [Algorithm::HmacSha256Aes256, Algorithm::HmacSha1TripleDes] {
        assert_eq!(Algorithm::from_name(algorithm.name()), Some(algorithm));
    }
    assert_eq!(Algorithm::HmacSha256Aes256.name(), "hmac-sha256-aes256");
    assert_eq!(Algorithm::HmacSha1TripleDes.name(), "hmac-sha1-3des");
    for unknown in ["none", "", "HMAC-SHA256-AES256", "hmac-sha256-aes128"] {
        assert_eq!(Algorithm::from_name(unknown), None);
    }
}

#[test]
fn iterations_are_at_least_one_and_at_most_a_million() {
    let with = |count| Parameters::new(Algorithm::HmacSha256Aes256, "salt", count, None);
    for count in [1, 20_000, MOST_ITERATIONS] {
        assert_eq!(with(count).unwrap().iterations().get(), count);
    }
    for count in [0, MOST_ITERATIONS + 1, u32::MAX] {
        assert_eq!(with(count), Err(UnsupportedParameters::Iterations(count)));
    }
}

#[test]
fn a_key_length_may_be_left_out_and_must_else_be_the_algorithms() {
    let with = |algorithm, bits| Parameters::new(algorithm, "salt", 1, bits);
    let unsupported = |bits| Err(UnsupportedParameters::KeyLength(bits));
    for bits in [None, Some(256)] {
        assert_eq!(with(Algorithm::HmacSha256Aes256, bits).unwrap().key_length(), bits);
    }
    for bits in [None, Some(168), Some(192)] {
        assert_eq!(with(Algorithm::HmacSha1TripleDes, bits).unwrap().key_length(), bits);
    }
    for bits in [0, 128, 168, 192] {
        assert_eq!(with(Algorithm::HmacSha256Aes256, Some(bits)), unsupported(bits));
    }
    for bits in [0, 64, 256] {
        assert_eq!(with(Algorithm::HmacSha1TripleDes, Some(bits)), unsupported(bits));
    }
}

#[test]
fn a_salt_is_any_text_but_none() {
    let with = |salt| Parameters::new(Algorithm::HmacSha256Aes256, salt, 1, None);
    assert_eq!(with("c2FsdA==").unwrap().salt(), "c2FsdA==", "text, and not what it may encode");
    assert_eq!(with(""), Err(UnsupportedParameters::Salt));
}
