//! The key of every round (FIPS 197 5.2, for eight columns).

use std::array::from_fn;

use zeroize::Zeroizing;

use super::planes::{BLOCK, Planes, gather, scatter};
use super::rounds::sub_bytes;

/// Rounds after the first key is added (`Nr`).
pub const ROUNDS: usize = 14;

/// Words of the key (`Nk`), and as many columns in the state (`Nb`).
const COLUMNS: usize = 8;

/// Expands the key into those of all rounds.
pub fn expand(key: &[u8; BLOCK]) -> [Planes<1>; ROUNDS + 1] {
    let mut words = Zeroizing::new([[0; 4]; COLUMNS * (ROUNDS + 1)]);
    for (word, bytes) in words.iter_mut().zip(key.as_chunks().0) {
        *word = *bytes;
    }
    // Fourteen constants, where AES needs ten at most: the powers of x go on in the field.
    let mut constant = 1u8;
    for at in COLUMNS..words.len() {
        let mut word = words[at - 1];
        if at % COLUMNS == 0 {
            word.rotate_left(1);
            word = sub_word(word);
            word[0] ^= constant;
            constant = (constant << 1) ^ ((constant >> 7) * 0x1b);
        } else if at % COLUMNS == 4 {
            // The extra step of keys longer than six words.
            word = sub_word(word);
        }
        words[at] = from_fn(|byte| word[byte] ^ words[at - COLUMNS][byte]);
    }
    from_fn(|round| {
        let mut block = Zeroizing::new([0; BLOCK]);
        block.copy_from_slice(words[COLUMNS * round..COLUMNS * (round + 1)].as_flattened());
        gather([&block])
    })
}

fn sub_word(word: [u8; 4]) -> [u8; 4] {
    let mut block = Zeroizing::new([0; BLOCK]);
    block[..4].copy_from_slice(&word);
    let substituted = Zeroizing::new(scatter(&sub_bytes(gather([&block])), 0));
    from_fn(|at| substituted[at])
}
