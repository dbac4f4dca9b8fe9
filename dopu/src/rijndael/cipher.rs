//! The cipher itself, as the modes of RustCrypto take one.

use cbc::cipher::consts::{U4, U32};
use cbc::cipher::{
    Block, BlockCipherDecBackend, BlockCipherDecClosure, BlockCipherDecrypt, BlockCipherEncBackend,
    BlockCipherEncClosure, BlockCipherEncrypt, BlockSizeUser, InOut, ParBlocks, ParBlocksSizeUser,
};
use zeroize::Zeroize;

use super::planes::{BLOCK, Planes, gather, scatter, sum};
use super::rounds::{
    inv_mix_columns, inv_shift_rows, inv_sub_bytes, mix_columns, repeated, shift_rows, sub_bytes,
};
use super::schedule::{ROUNDS, expand};

/// Rijndael-256 with the keys of its rounds, which are wiped when it is dropped.
pub struct Rijndael256 {
    round_keys: [Planes<1>; ROUNDS + 1],
}

impl Rijndael256 {
    /// Makes the cipher with this key.
    pub fn new(key: &[u8; BLOCK]) -> Rijndael256 {
        Rijndael256 { round_keys: expand(key) }
    }

    /// FIPS 197 5.1.
    fn encrypted<const N: usize>(&self, blocks: Planes<N>) -> Planes<N> {
        let mut state = self.add_round_key(blocks, 0);
        for round in 1..ROUNDS {
            state = self.add_round_key(mix_columns(shift_rows(sub_bytes(state))), round);
        }
        self.add_round_key(shift_rows(sub_bytes(state)), ROUNDS)
    }

    /// FIPS 197 5.3.
    fn decrypted<const N: usize>(&self, blocks: Planes<N>) -> Planes<N> {
        let mut state = inv_sub_bytes(inv_shift_rows(self.add_round_key(blocks, ROUNDS)));
        for round in (1..ROUNDS).rev() {
            state = inv_mix_columns(self.add_round_key(state, round));
            state = inv_sub_bytes(inv_shift_rows(state));
        }
        self.add_round_key(state, 0)
    }

    fn add_round_key<const N: usize>(&self, state: Planes<N>, round: usize) -> Planes<N> {
        sum(state, repeated(&self.round_keys[round]))
    }
}

impl Drop for Rijndael256 {
    fn drop(&mut self) {
        self.round_keys.iter_mut().flatten().for_each(|plane| plane.0.zeroize());
    }
}

impl BlockSizeUser for Rijndael256 {
    type BlockSize = U32;
}

impl ParBlocksSizeUser for Rijndael256 {
    type ParBlocksSize = U4;
}

impl BlockCipherEncrypt for Rijndael256 {
    fn encrypt_with_backend(&self, f: impl BlockCipherEncClosure<BlockSize = U32>) {
        f.call(self);
    }
}

impl BlockCipherEncBackend for Rijndael256 {
    fn encrypt_block(&self, mut block: InOut<'_, '_, Block<Self>>) {
        let encrypted = self.encrypted(gather([block.get_in().as_ref()]));
        *block.get_out() = scatter(&encrypted, 0).into();
    }
}

impl BlockCipherDecrypt for Rijndael256 {
    fn decrypt_with_backend(&self, f: impl BlockCipherDecClosure<BlockSize = U32>) {
        f.call(self);
    }
}

impl BlockCipherDecBackend for Rijndael256 {
    fn decrypt_block(&self, mut block: InOut<'_, '_, Block<Self>>) {
        let decrypted = self.decrypted(gather([block.get_in().as_ref()]));
        *block.get_out() = scatter(&decrypted, 0).into();
    }

    fn decrypt_par_blocks(&self, mut blocks: InOut<'_, '_, ParBlocks<Self>>) {
        let sealed = blocks.get_in();
        let decrypted = self.decrypted::<4>(gather(std::array::from_fn(|n| sealed[n].as_ref())));
        for (n, block) in blocks.get_out().iter_mut().enumerate() {
            *block = scatter(&decrypted, n).into();
        }
    }
}
