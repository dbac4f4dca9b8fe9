//! A state turned on its side: one word holds one bit of every byte.
//!
//! Byte `4 * column + row` of a block is the state's byte at that row and column (FIPS 197 3.4). A block
//! has 32 bytes, so that a `u32` has room for one bit of each; eight words hold the block. The bit of
//! (row, column) stands at `8 * row + column`: a row is a byte of the word, and shifting rows and mixing
//! columns become rotations.

use std::array::from_fn;
use std::ops::{BitAnd, BitXor, BitXorAssign};

/// Bytes of a block.
pub const BLOCK: usize = 32;

/// One bit of every byte of `N` blocks, a word for each block.
#[derive(Clone, Copy)]
pub struct Plane<const N: usize>(pub [u32; N]);

/// `N` blocks: their planes, that of the lowest bit first.
pub type Planes<const N: usize> = [Plane<N>; 8];

impl<const N: usize> Plane<N> {
    pub const ZERO: Plane<N> = Plane([0; N]);

    /// Changes every word alike.
    pub fn map(self, change: impl Fn(u32) -> u32) -> Plane<N> {
        Plane(self.0.map(change))
    }

    /// In the place of each bit, that of the row `rows` further down.
    pub fn rows_down(self, rows: u32) -> Plane<N> {
        self.map(|word| word.rotate_right(8 * rows))
    }
}

impl<const N: usize> BitXor for Plane<N> {
    type Output = Plane<N>;

    fn bitxor(self, other: Plane<N>) -> Plane<N> {
        Plane(from_fn(|n| self.0[n] ^ other.0[n]))
    }
}

impl<const N: usize> BitXorAssign for Plane<N> {
    fn bitxor_assign(&mut self, other: Plane<N>) {
        *self = *self ^ other;
    }
}

impl<const N: usize> BitAnd for Plane<N> {
    type Output = Plane<N>;

    fn bitand(self, other: Plane<N>) -> Plane<N> {
        Plane(from_fn(|n| self.0[n] & other.0[n]))
    }
}

/// The sum of two states.
pub fn sum<const N: usize>(a: Planes<N>, b: Planes<N>) -> Planes<N> {
    from_fn(|bit| a[bit] ^ b[bit])
}

/// Turns blocks into planes.
pub fn gather<const N: usize>(blocks: [&[u8; BLOCK]; N]) -> Planes<N> {
    let mut planes = [Plane::ZERO; 8];
    for (n, block) in blocks.into_iter().enumerate() {
        let rows: [[u8; 8]; 4] = from_fn(|row| turned(from_fn(|column| block[4 * column + row])));
        for (bit, plane) in planes.iter_mut().enumerate() {
            plane.0[n] = u32::from_le_bytes(rows.map(|row| row[bit]));
        }
    }
    planes
}

/// Turns planes back into the bytes of block `n`.
pub fn scatter<const N: usize>(planes: &Planes<N>, n: usize) -> [u8; BLOCK] {
    let words = planes.map(|plane| plane.0[n].to_le_bytes());
    let rows: [[u8; 8]; 4] = from_fn(|row| turned(words.map(|word| word[row])));
    from_fn(|at| rows[at % 4][at / 4])
}

/// Eight bytes as a square of bits, turned over its diagonal: first within squares of two bits a side, then
/// these within squares of four, then those within the whole.
fn turned(bytes: [u8; 8]) -> [u8; 8] {
    let mut bits = u64::from_le_bytes(bytes);
    for (above, distance) in
        [(0x00aa_00aa_00aa_00aa, 7), (0x0000_cccc_0000_cccc, 14), (0x0000_0000_f0f0_f0f0, 28)]
    {
        let differing = (bits ^ (bits >> distance)) & above;
        bits ^= differing ^ (differing << distance);
    }
    bits.to_le_bytes()
}
