//! The key of a package: made of the answer, it seals and opens.

use std::fmt;

use aws_lc_rs::{constant_time, hmac};
use zeroize::Zeroizing;

use crate::answer::lowered;
use crate::cipher::Cipher;
use crate::padding::{pad, unpadded};
use crate::{Algorithm, Parameters};

/// The package does not open with this answer. Whether its padding or its HMAC did not come out right is
/// not told (connectivity.md 4.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the package does not open with this answer")]
pub struct WrongAnswer;

/// A streamed chunk that cannot have been sealed with this key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the chunk of a streamed blob is damaged")]
pub struct DamagedChunk;

/// The key of a package. It is wiped from memory when it is dropped, and not printed. What the ciphers leave
/// on the stack while they work is not wiped.
pub struct Key {
    algorithm: Algorithm,
    cipher: Cipher,
    mac: hmac::Key,
}

impl Key {
    /// Derives the key: PBKDF2, with as many iterations as the parameters say. Slow by intent.
    ///
    /// The case of the answer does not count, everything else does. That the SDK wants at least six
    /// characters is left to whoever asks for the answer.
    pub fn derive(answer: &str, parameters: &Parameters) -> Key {
        Self::with(Cipher::derive(&lowered(answer), parameters), parameters)
    }

    /// What [`Key::load`] makes the key of again, without deriving it. It opens the package as the answer
    /// does, so it is to be sealed wherever it goes.
    pub fn save(&self) -> Zeroizing<Vec<u8>> {
        self.cipher.save()
    }

    /// The key that was saved; `None` where these bytes are no key of the algorithm.
    pub fn load(saved: &[u8], parameters: &Parameters) -> Option<Key> {
        Cipher::load(parameters.algorithm(), saved).map(|cipher| Self::with(cipher, parameters))
    }

    fn with(cipher: Cipher, parameters: &Parameters) -> Key {
        let algorithm = parameters.algorithm();
        Key { algorithm, cipher, mac: hmac::Key::new(algorithm.hmac(), parameters.salt().as_bytes()) }
    }

    /// Seals a package (connectivity.md 5.1). `fill` gives the random filler of the padding.
    pub fn seal(&self, plaintext: &[u8], fill: &dyn Fn(&mut [u8])) -> Vec<u8> {
        let mac = hmac::sign(&self.mac, plaintext);
        self.seal_parts(mac.as_ref(), plaintext, fill)
    }

    /// Opens a package, and gives back what was sealed in it.
    ///
    /// A length that no package can have is refused at once, for it says nothing of the answer. Bad
    /// padding and a bad HMAC take the same steps; what varies is that the HMAC, for padding that looks
    /// right, is over up to 31 bytes less.
    ///
    /// # Errors
    /// The answer is wrong, or the package was changed.
    pub fn open(&self, blob: &[u8]) -> Result<Zeroizing<Vec<u8>>, WrongAnswer> {
        let mac = self.algorithm.mac();
        if !self.algorithm.may_seal_to(blob.len()) {
            return Err(WrongAnswer);
        }
        let mut opened = self.decrypt(blob);
        let (end, padding_is_right) = unpadded(&opened, self.algorithm.block(), mac);
        let expected = hmac::sign(&self.mac, &opened[mac..end]);
        let mac_is_right = constant_time::verify_slices_are_equal(expected.as_ref(), &opened[..mac]).is_ok();
        if !(padding_is_right & mac_is_right) {
            return Err(WrongAnswer);
        }
        opened.truncate(end);
        opened.drain(..mac);
        Ok(opened)
    }

    /// Seals a chunk of a streamed blob (connectivity.md 5.3). All chunks begin with the same vector, so
    /// equal ones come out equal but for the filler in their last block. [`Algorithm::post_size`] says how
    /// long it gets.
    pub fn seal_chunk(&self, plaintext: &[u8], fill: &dyn Fn(&mut [u8])) -> Vec<u8> {
        self.seal_parts(&[], plaintext, fill)
    }

    /// Opens a chunk of a streamed blob. It has no HMAC: what comes out is only to be believed when the hash
    /// of the whole blob, in the package's XML, holds.
    ///
    /// # Errors
    /// Its length or its padding cannot be.
    pub fn open_chunk(&self, chunk: &[u8]) -> Result<Zeroizing<Vec<u8>>, DamagedChunk> {
        if !self.is_whole_blocks(chunk) {
            return Err(DamagedChunk);
        }
        let mut opened = self.decrypt(chunk);
        let (end, padding_is_right) = unpadded(&opened, self.algorithm.block(), 0);
        if !padding_is_right {
            return Err(DamagedChunk);
        }
        opened.truncate(end);
        Ok(opened)
    }

    fn seal_parts(&self, mac: &[u8], plaintext: &[u8], fill: &dyn Fn(&mut [u8])) -> Vec<u8> {
        let block = self.algorithm.block();
        // All the room at once, so that no plaintext stays behind where the vector was moved from.
        let mut sealed = Vec::with_capacity(mac.len() + plaintext.len() + block);
        sealed.extend_from_slice(mac);
        sealed.extend_from_slice(plaintext);
        pad(&mut sealed, block, fill);
        self.cipher.encrypt(&mut sealed);
        sealed
    }

    fn decrypt(&self, sealed: &[u8]) -> Zeroizing<Vec<u8>> {
        let mut opened = Zeroizing::new(sealed.to_vec());
        self.cipher.decrypt(&mut opened);
        opened
    }

    fn is_whole_blocks(&self, sealed: &[u8]) -> bool {
        !sealed.is_empty() && sealed.len().is_multiple_of(self.algorithm.block())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("algorithm", &self.algorithm).finish_non_exhaustive()
    }
}
