//! The server's keys: one file with versions, and a key derived from it for each purpose.
//!
//! A secret that must be readable again is sealed with AES-256-GCM under a purpose's key, bound to
//! a context, and says which version sealed it. Everything else is a hash.

use std::collections::BTreeMap;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::Env;

/// What a derived key is for. A key never serves two purposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// The HMAC keys of application sessions.
    SessionSecret,
    /// The secrets of application instances on devices.
    InstanceSecret,
    /// Person and record ids as applications see them.
    Pseudonym,
    /// Digests of audit entries.
    Audit,
    /// CSRF tokens of Shell sessions.
    Csrf,
    /// The mark by which a database knows its key.
    Check,
    /// Letters that wait to be sent.
    Letter,
    /// Whom a limit on letters is about.
    LetterLimit,
    /// What a new thing was made of.
    Repeat,
    /// What stands in the URL by which an attachment is fetched.
    BlobToken,
    /// Codes that clinics give to patients, and who tries them.
    PickupCode,
    /// What applications leave for persons.
    Package,
    /// The key of a package that a person has answered for, as their browser carries it.
    Unlocked,
    /// What a device brings to the Shell to be let in, and who tries its secret.
    CreationToken,
    /// The chain of audit entries.
    AuditSeal,
    /// Who tries passkeys, and who opens an account with one.
    Passkey,
    /// Who tries to sign in, and the browsers in which people have.
    SignIn,
    /// What makes the codes of a second step, the codes beside it, and who is on the way to it.
    SecondFactor,
}

const PURPOSES: [(Purpose, &str); 18] = [
    (Purpose::InstanceSecret, "instance secret"),
    (Purpose::SessionSecret, "session secret"),
    (Purpose::Pseudonym, "pseudonym"),
    (Purpose::Audit, "audit"),
    (Purpose::Csrf, "csrf"),
    (Purpose::Check, "check"),
    (Purpose::Letter, "letter"),
    (Purpose::LetterLimit, "letter limit"),
    (Purpose::Repeat, "repeated create"),
    (Purpose::BlobToken, "blob token"),
    (Purpose::PickupCode, "pickup code"),
    (Purpose::Package, "package"),
    (Purpose::Unlocked, "unlocked package"),
    (Purpose::CreationToken, "creation token"),
    (Purpose::AuditSeal, "audit seal"),
    (Purpose::Passkey, "passkey"),
    (Purpose::SignIn, "sign in"),
    (Purpose::SecondFactor, "second factor"),
];

/// Why a key file or a sealed secret cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The key file is not what we wrote.
    #[error("the key file cannot be read: {0}")]
    File(String),
    /// The sealed bytes were changed, belong elsewhere, or their key version is gone.
    #[error("a sealed secret cannot be opened with the keys at hand")]
    Sealed,
}

struct Derived {
    seal: LessSafeKey,
    mac: hmac::Key,
}

/// All versions of the server key, with their derived keys.
pub struct KeyRing {
    versions: BTreeMap<u32, Zeroizing<[u8; 32]>>,
    derived: BTreeMap<(u32, Purpose), Derived>,
}

#[derive(Serialize, Deserialize)]
struct KeyFile {
    about: String,
    #[serde(rename = "key")]
    keys: Vec<KeyLine>,
}

#[derive(Serialize, Deserialize)]
struct KeyLine {
    version: u32,
    secret: String,
}

struct ThirtyTwo;
impl KeyType for ThirtyTwo {
    fn len(&self) -> usize {
        32
    }
}

impl KeyRing {
    /// A ring with one new key, version 1.
    ///
    /// # Errors
    /// Never in practice: a fresh key derives.
    pub fn generate(env: &Env) -> Result<Self, KeyError> {
        Self::derive(BTreeMap::from([(1, Zeroizing::new(env.bytes()))]))
    }

    /// Reads the key file's text.
    ///
    /// # Errors
    /// `KeyError::File` saying what is wrong.
    pub fn from_text(text: &str) -> Result<Self, KeyError> {
        let file: KeyFile = serde_json::from_str(text).map_err(|e| KeyError::File(e.to_string()))?;
        let mut versions = BTreeMap::new();
        for line in file.keys {
            let bytes = BASE64_STANDARD.decode(&line.secret).map(Zeroizing::new);
            let secret =
                bytes.ok().and_then(|b| <[u8; 32]>::try_from(b.as_slice()).ok()).ok_or_else(|| {
                    KeyError::File(format!("version {} is not 32 bytes of Base64", line.version))
                })?;
            versions.insert(line.version, Zeroizing::new(secret));
        }
        if versions.is_empty() {
            return Err(KeyError::File("it holds no key".to_owned()));
        }
        Self::derive(versions)
    }

    /// The key file's text. Whoever holds it can read every sealed secret of the database.
    ///
    /// # Errors
    /// Never in practice: the file is plain data.
    pub fn to_text(&self) -> Result<String, KeyError> {
        let keys = self.versions.iter().map(|(version, secret)| KeyLine {
            version: *version,
            secret: BASE64_STANDARD.encode(secret.as_slice()),
        });
        let about =
            "Keepwell's server key. Back it up apart from the database; without it sealed data is lost.";
        serde_json::to_string_pretty(&KeyFile { about: about.to_owned(), keys: keys.collect() })
            .map_err(|e| KeyError::File(e.to_string()))
    }

    fn derive(versions: BTreeMap<u32, Zeroizing<[u8; 32]>>) -> Result<Self, KeyError> {
        let mut derived = BTreeMap::new();
        for (version, secret) in &versions {
            let prk = Salt::new(HKDF_SHA256, b"keepwell server key").extract(secret.as_slice());
            for (purpose, name) in PURPOSES {
                let mut key = Zeroizing::new([0_u8; 32]);
                prk.expand(&[name.as_bytes()], ThirtyTwo)
                    .and_then(|okm| okm.fill(key.as_mut_slice()))
                    .map_err(|_| KeyError::File("a key cannot be derived".to_owned()))?;
                let unbound = UnboundKey::new(&AES_256_GCM, key.as_slice())
                    .map_err(|_| KeyError::File("a key cannot be derived".to_owned()))?;
                let mac = hmac::Key::new(hmac::HMAC_SHA256, key.as_slice());
                derived.insert((*version, purpose), Derived { seal: LessSafeKey::new(unbound), mac });
            }
        }
        Ok(Self { versions, derived })
    }

    /// Seals a secret: version (4 bytes, big-endian), nonce (12), ciphertext and tag. The same
    /// context must be given to open it.
    ///
    /// # Errors
    /// Never in practice: a fresh key seals.
    pub fn seal(
        &self,
        env: &Env,
        purpose: Purpose,
        context: &[u8],
        secret: &[u8],
    ) -> Result<Vec<u8>, KeyError> {
        let version = self.versions.keys().next_back().copied().unwrap_or_default();
        let key = self.derived.get(&(version, purpose)).ok_or(KeyError::Sealed)?;
        let nonce: [u8; NONCE_LEN] = env.bytes();
        let mut sealed = Vec::with_capacity(4 + NONCE_LEN + secret.len() + 16);
        sealed.extend_from_slice(&version.to_be_bytes());
        sealed.extend_from_slice(&nonce);
        let mut body = secret.to_vec();
        key.seal
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(context), &mut body)
            .map_err(|_| KeyError::Sealed)?;
        sealed.extend_from_slice(&body);
        Ok(sealed)
    }

    /// Opens what [`KeyRing::seal`] made.
    ///
    /// # Errors
    /// `KeyError::Sealed` when a byte, the context or the purpose differs, or the version is gone.
    pub fn open(&self, purpose: Purpose, context: &[u8], sealed: &[u8]) -> Result<Vec<u8>, KeyError> {
        let (version, rest) = sealed.split_first_chunk::<4>().ok_or(KeyError::Sealed)?;
        let (nonce, body) = rest.split_first_chunk::<NONCE_LEN>().ok_or(KeyError::Sealed)?;
        let key = self.derived.get(&(u32::from_be_bytes(*version), purpose)).ok_or(KeyError::Sealed)?;
        let mut body = body.to_vec();
        let plain = key
            .seal
            .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(context), &mut body)
            .map_err(|_| KeyError::Sealed)?;
        let length = plain.len();
        body.truncate(length);
        Ok(body)
    }

    /// A keyed digest that stays the same when the server key gets a new version.
    #[must_use]
    pub fn mac(&self, purpose: Purpose, parts: &[&[u8]]) -> [u8; 32] {
        let mut digest = [0; 32];
        let first = self.versions.keys().next().copied().unwrap_or_default();
        if let Some(key) = self.derived.get(&(first, purpose)) {
            let mut context = hmac::Context::with_key(&key.mac);
            for part in parts {
                // The length goes first, so that no two lists of parts read the same.
                context.update(&(part.len() as u64).to_be_bytes());
                context.update(part);
            }
            digest.copy_from_slice(context.sign().as_ref());
        }
        digest
    }
}

mod check;
mod store;

pub(crate) use check::check;

#[cfg(test)]
mod tests;
