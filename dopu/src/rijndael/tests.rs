//! Known answers, and that many blocks at once are deciphered as each is.

use std::array::from_fn;

use cbc::cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt};

use super::Rijndael256;
use super::planes::{gather, scatter};
use super::rounds::{inv_sub_bytes, sub_bytes};

fn encrypt(cipher: &Rijndael256, block: [u8; 32]) -> [u8; 32] {
    let mut block = Array(block);
    cipher.encrypt_block(&mut block);
    block.0
}

/// connectivity.md 5.2: the self-test of libmcrypt's module of this name.
#[test]
fn the_self_test_of_libmcrypt_holds() {
    let cipher = Rijndael256::new(&from_fn(|j| (2 * j + 10) as u8));
    let sealed = encrypt(&cipher, from_fn(|j| j as u8));
    assert_eq!(hex::encode(sealed), "45af6c269326fd935edd24733cff74fc1aa358841a6cd80b79f242d983f8ff2e");
}

/// The S-box by its definition, one byte at a time: the inverse found by trying, then each bit's sum.
#[test]
fn every_byte_is_substituted_as_defined_and_back() {
    fn times(mut a: u8, mut b: u8) -> u8 {
        let mut product = 0;
        while b != 0 {
            product ^= a * (b & 1);
            a = (a << 1) ^ ((a >> 7) * 0x1b);
            b >>= 1;
        }
        product
    }
    let defined = |byte: u8| {
        let a = (0..=255).find(|other| times(byte, *other) == 1).unwrap_or(0);
        a ^ a.rotate_left(1) ^ a.rotate_left(2) ^ a.rotate_left(3) ^ a.rotate_left(4) ^ 0x63
    };
    assert_eq!(defined(0x53), 0xed, "the example of FIPS 197 5.1.1");
    for first in (0..=255u8).step_by(32) {
        let bytes: [u8; 32] = from_fn(|at| first + at as u8);
        let substituted = sub_bytes(gather([&bytes]));
        assert_eq!(scatter(&substituted, 0), bytes.map(defined));
        assert_eq!(scatter(&inv_sub_bytes(substituted), 0), bytes);
    }
}

#[test]
fn many_blocks_at_once_are_deciphered_like_each_alone() {
    let cipher = Rijndael256::new(&[7; 32]);
    let plain: Vec<[u8; 32]> = (0..19).map(|n| from_fn(|at| (31 * n + at) as u8)).collect();
    let mut blocks: Vec<_> = plain.iter().map(|block| Array(encrypt(&cipher, *block))).collect();
    cipher.decrypt_blocks(&mut blocks);
    assert!(blocks.iter().map(|block| block.0).eq(plain));
}
