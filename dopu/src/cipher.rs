//! The two block ciphers in CBC mode, with the key and the initialization vector that were derived.

use aws_lc_rs::pbkdf2;
use cbc::cipher::{
    Array, Block, BlockCipherDecrypt, BlockCipherEncrypt, BlockModeDecrypt, BlockModeEncrypt, InnerIvInit,
    KeyInit,
};
use des::TdesEde3;
use zeroize::Zeroizing;

use crate::rijndael::Rijndael256;
use crate::{Algorithm, Parameters};

/// A block cipher's key, and the vector that every ciphering begins with; both are secret.
pub enum Cipher {
    Rijndael256 { key: Zeroizing<[u8; 32]>, iv: Zeroizing<[u8; 32]> },
    TripleDes { key: Zeroizing<[u8; 24]>, iv: Zeroizing<[u8; 8]> },
}

impl Cipher {
    /// PBKDF2 with HMAC-SHA-1 (RFC 8018 5.2), whichever HMAC the algorithm's name speaks of; the vector is
    /// what comes after the key.
    pub fn derive(answer: &str, parameters: &Parameters) -> Cipher {
        match parameters.algorithm() {
            Algorithm::HmacSha256Aes256 => {
                let (key, iv) = derive(answer, parameters);
                Cipher::Rijndael256 { key, iv }
            }
            Algorithm::HmacSha1TripleDes => {
                let (key, iv) = derive(answer, parameters);
                Cipher::TripleDes { key, iv }
            }
        }
    }

    /// The key and the vector, one behind the other.
    pub fn save(&self) -> Zeroizing<Vec<u8>> {
        // All the room at once: what a vector was moved from is not wiped.
        let mut bytes = Zeroizing::new(Vec::with_capacity(64));
        match self {
            Cipher::Rijndael256 { key, iv } => {
                [&key[..], &iv[..]].iter().for_each(|part| bytes.extend_from_slice(part))
            }
            Cipher::TripleDes { key, iv } => {
                [&key[..], &iv[..]].iter().for_each(|part| bytes.extend_from_slice(part))
            }
        }
        bytes
    }

    /// The cipher of saved bytes, if they are as many as the algorithm has.
    pub fn load(algorithm: Algorithm, saved: &[u8]) -> Option<Cipher> {
        Some(match algorithm {
            Algorithm::HmacSha256Aes256 => {
                let (key, iv) = cut(saved)?;
                Cipher::Rijndael256 { key, iv }
            }
            Algorithm::HmacSha1TripleDes => {
                let (key, iv) = cut(saved)?;
                Cipher::TripleDes { key, iv }
            }
        })
    }

    /// Enciphers whole blocks in place. What does not fill a block at the end stays as it is.
    pub fn encrypt(&self, buffer: &mut [u8]) {
        match self {
            Cipher::Rijndael256 { key, iv } => encrypt(Rijndael256::new(key), &(**iv).into(), buffer),
            Cipher::TripleDes { key, iv } => {
                encrypt(TdesEde3::new(&(**key).into()), &(**iv).into(), buffer);
            }
        }
    }

    /// Deciphers whole blocks in place.
    pub fn decrypt(&self, buffer: &mut [u8]) {
        match self {
            Cipher::Rijndael256 { key, iv } => decrypt(Rijndael256::new(key), &(**iv).into(), buffer),
            Cipher::TripleDes { key, iv } => {
                decrypt(TdesEde3::new(&(**key).into()), &(**iv).into(), buffer);
            }
        }
    }
}

type Derived<const KEY: usize, const IV: usize> = (Zeroizing<[u8; KEY]>, Zeroizing<[u8; IV]>);

fn derive<const KEY: usize, const IV: usize>(answer: &str, parameters: &Parameters) -> Derived<KEY, IV> {
    let mut bytes = Zeroizing::new(vec![0; KEY + IV]);
    let salt = parameters.salt().as_bytes();
    pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA1, parameters.iterations(), salt, answer.as_bytes(), &mut bytes);
    cut(&bytes).unwrap_or_else(|| (Zeroizing::new([0; KEY]), Zeroizing::new([0; IV])))
}

fn cut<const KEY: usize, const IV: usize>(bytes: &[u8]) -> Option<Derived<KEY, IV>> {
    let (key, iv) = bytes.split_first_chunk::<KEY>()?;
    Some((Zeroizing::new(*key), Zeroizing::new(*iv.as_array::<IV>()?)))
}

fn encrypt<C: BlockCipherEncrypt>(cipher: C, iv: &Block<C>, buffer: &mut [u8]) {
    let (blocks, _) = Array::slice_as_chunks_mut(buffer);
    cbc::Encryptor::inner_iv_init(cipher, iv).encrypt_blocks(blocks);
}

fn decrypt<C: BlockCipherDecrypt>(cipher: C, iv: &Block<C>, buffer: &mut [u8]) {
    let (blocks, _) = Array::slice_as_chunks_mut(buffer);
    cbc::Decryptor::inner_iv_init(cipher, iv).decrypt_blocks(blocks);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// connectivity.md 5.2.
    #[test]
    fn key_and_vector_are_derived_one_behind_the_other() {
        let salt = "9f1c2b34-5d6e-4f70-8a91-b2c3d4e5f607";
        let parameters = Parameters::new(Algorithm::HmacSha256Aes256, salt, 20_000, None).unwrap();
        let Cipher::Rijndael256 { key, iv } = Cipher::derive("seeds the parakeet", &parameters) else {
            panic!("another cipher")
        };
        assert_eq!(hex::encode(*key), "8539144edf30c24cd689eec7dc7c1c18cfd62f2459f3873716f35ce8cbca450f");
        assert_eq!(hex::encode(*iv), "0755b0b2e41dd7ac7d5a125c3dc2cffacb462d65fd633186e6c08ce65483af0f");
    }
}
