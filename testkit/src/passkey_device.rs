use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// The person was there, and gave a finger, a face or a code.
const PRESENT_AND_VERIFIED: u8 = 0b0101;
/// The same, and a new key follows.
const WITH_KEY: u8 = 0b0100_0000;

/// A device that holds passkeys, with a browser around it: what `navigator.credentials` does, in memory. It
/// takes and gives the JSON that our script takes and gives.
pub struct PasskeyDevice {
    /// The page on which the person is.
    pub origin: String,
    /// The host that a key is for, where the device is to lie about it.
    pub host: Option<String>,
    /// What is said of the person's presence.
    pub flags: u8,
    /// How many signatures the device counted.
    pub counter: u32,
    keys: Vec<Held>,
}

struct Held {
    id: Vec<u8>,
    user: Value,
    pair: EcdsaKeyPair,
}

impl PasskeyDevice {
    /// A device whose browser shows a page of this origin.
    #[must_use]
    pub fn at(origin: &str) -> Self {
        let (host, flags) = (None, PRESENT_AND_VERIFIED);
        Self { origin: origin.to_owned(), host, flags, counter: 0, keys: Vec::new() }
    }

    /// How many keys it holds.
    #[must_use]
    pub fn held(&self) -> usize {
        self.keys.len()
    }

    /// Makes a passkey as it is asked to. One for the same person takes the place of the last.
    pub fn create(&mut self, options: &str) -> String {
        let options = public_key(options);
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).expect("a key");
        let id = digest(&SHA256, pair.public_key().as_ref()).as_ref().to_vec();
        let user = options["user"]["id"].clone();
        let mut data = self.data(options["rp"]["id"].as_str(), self.flags | WITH_KEY);
        data.extend_from_slice(&[0; 16]);
        data.extend_from_slice(&[0, 32]);
        data.extend_from_slice(&id);
        data.extend_from_slice(&cose(pair.public_key().as_ref()));
        let response = json!({
            "clientDataJSON": text(self.client_data("webauthn.create", &options).as_bytes()),
            "attestationObject": text(&attestation(&data)),
        });
        self.keys.retain(|held| held.user != user);
        self.keys.push(Held { id: id.clone(), user, pair });
        answer(&id, response)
    }

    /// Signs with the key that was made last.
    pub fn get(&mut self, options: &str) -> String {
        let last = self.keys.len().checked_sub(1).expect("a passkey");
        self.get_with(last, options)
    }

    /// Signs with one of the keys.
    pub fn get_with(&mut self, key: usize, options: &str) -> String {
        let options = public_key(options);
        let data = self.data(options["rpId"].as_str(), self.flags);
        let client_data = self.client_data("webauthn.get", &options);
        let signed = [&data[..], digest(&SHA256, client_data.as_bytes()).as_ref()].concat();
        let held = &self.keys[key];
        let signature = held.pair.sign(&SystemRandom::new(), &signed).expect("a signature");
        let response = json!({
            "clientDataJSON": text(client_data.as_bytes()),
            "authenticatorData": text(&data),
            "signature": text(signature.as_ref()),
            "userHandle": held.user,
        });
        answer(&held.id, response)
    }

    /// Host, flags and counter, which begin what is signed (WebAuthn 6.1).
    fn data(&self, host: Option<&str>, flags: u8) -> Vec<u8> {
        let host = self.host.as_deref().or(host).expect("a host");
        let mut data = digest(&SHA256, host.as_bytes()).as_ref().to_vec();
        data.push(flags);
        data.extend_from_slice(&self.counter.to_be_bytes());
        data
    }

    fn client_data(&self, kind: &str, options: &Value) -> String {
        let (origin, challenge) = (&self.origin, &options["challenge"]);
        json!({ "type": kind, "challenge": challenge, "origin": origin, "crossOrigin": false }).to_string()
    }
}

fn public_key(options: &str) -> Value {
    let options: Value = serde_json::from_str(options).expect("options");
    options["publicKey"].clone()
}

fn answer(id: &[u8], response: Value) -> String {
    json!({ "id": text(id), "rawId": text(id), "type": "public-key", "response": response }).to_string()
}

fn text(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// `{1: 2, 3: -7, -1: 1, -2: x, -3: y}` in CBOR: a key on P-256 for ES256 (RFC 9053 7.1.1).
fn cose(point: &[u8]) -> Vec<u8> {
    let (x, y) = (&point[1..33], &point[33..65]);
    let head = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
    [&head[..], x, &[0x22, 0x58, 0x20], y].concat()
}

/// `{"fmt": "none", "attStmt": {}, "authData": data}` in CBOR.
fn attestation(data: &[u8]) -> Vec<u8> {
    let length = u8::try_from(data.len()).expect("short data");
    [b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58", &[length][..], data].concat()
}
