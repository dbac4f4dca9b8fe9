use super::{KeyRing, Purpose};
use crate::Env;

fn ring() -> KeyRing {
    KeyRing::generate(&Env::system()).expect("a fresh ring")
}

#[test]
fn a_sealed_secret_opens_only_under_its_own_purpose_and_context() {
    let (env, ring) = (Env::system(), ring());
    let sealed = ring.seal(&env, Purpose::SessionSecret, b"app", b"secret").expect("sealed");
    assert_eq!(ring.open(Purpose::SessionSecret, b"app", &sealed).expect("opened"), b"secret");
    assert!(ring.open(Purpose::SessionSecret, b"another", &sealed).is_err());
    assert!(ring.open(Purpose::Audit, b"app", &sealed).is_err());
}

#[test]
fn any_changed_byte_of_a_sealed_secret_is_noticed() {
    let (env, ring) = (Env::system(), ring());
    let sealed = ring.seal(&env, Purpose::SessionSecret, b"app", b"secret").expect("sealed");
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert!(ring.open(Purpose::SessionSecret, b"app", &changed).is_err(), "byte {at}");
        assert!(ring.open(Purpose::SessionSecret, b"app", &sealed[..at]).is_err(), "cut at {at}");
    }
}

#[test]
fn a_ring_survives_its_file() {
    let ring = ring();
    let again = KeyRing::from_text(&ring.to_text().expect("text")).expect("read");
    assert_eq!(ring.mac(Purpose::Pseudonym, &[b"x"]), again.mac(Purpose::Pseudonym, &[b"x"]));
}

#[test]
fn a_damaged_key_file_is_refused() {
    for text in
        ["", "{}", r#"{"about":"","key":[]}"#, r#"{"about":"","key":[{"version":1,"secret":"AAAA"}]}"#]
    {
        assert!(KeyRing::from_text(text).is_err(), "{text}");
    }
}

#[test]
fn a_keyed_digest_tells_lists_of_parts_apart() {
    let ring = ring();
    assert_ne!(ring.mac(Purpose::Audit, &[b"ab", b"c"]), ring.mac(Purpose::Audit, &[b"a", b"bc"]));
}
