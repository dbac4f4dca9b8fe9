//! The steps of a round and their inverses (FIPS 197 5.1 and 5.3), for `N` blocks at once.

use std::array::from_fn;

use super::field::{doubled, inverted};
use super::planes::{Plane, Planes, sum};

/// SubBytes: the inverse in the field, then an affine map over the bits (FIPS 197 5.1.1).
pub fn sub_bytes<const N: usize>(state: Planes<N>) -> Planes<N> {
    let a = inverted(state);
    let mapped = from_fn(|bit| [4, 5, 6, 7].iter().fold(a[bit], |plane, step| plane ^ a[(bit + step) % 8]));
    plus_constant(mapped, 0x63)
}

/// InvSubBytes: the affine map's own inverse, then the field's.
pub fn inv_sub_bytes<const N: usize>(a: Planes<N>) -> Planes<N> {
    let mapped = from_fn(|bit| a[(bit + 2) % 8] ^ a[(bit + 5) % 8] ^ a[(bit + 7) % 8]);
    inverted(plus_constant(mapped, 0x05))
}

/// ShiftRows: each row moves left by its own number of columns.
pub fn shift_rows<const N: usize>(state: Planes<N>) -> Planes<N> {
    rows_rotated(state, [0, 1, 3, 4])
}

/// InvShiftRows: the rest of the eight columns, so that all is back where it was.
pub fn inv_shift_rows<const N: usize>(state: Planes<N>) -> Planes<N> {
    rows_rotated(state, [0, 7, 5, 4])
}

/// MixColumns: 2, 3, 1, 1 times the bytes of the column, beginning at one's own row.
pub fn mix_columns<const N: usize>(a: Planes<N>) -> Planes<N> {
    let pairs = a.map(|plane| plane ^ plane.rows_down(1));
    let twice = doubled(pairs);
    from_fn(|bit| twice[bit] ^ a[bit].rows_down(1) ^ pairs[bit].rows_down(2))
}

/// InvMixColumns: as 14, 11, 13, 9 is 2, 3, 1, 1 times 5, 0, 4, 0, it is MixColumns after the latter.
pub fn inv_mix_columns<const N: usize>(a: Planes<N>) -> Planes<N> {
    let four_times = doubled(doubled(a.map(|plane| plane ^ plane.rows_down(2))));
    mix_columns(sum(a, four_times))
}

fn rows_rotated<const N: usize>(state: Planes<N>, columns: [u32; 4]) -> Planes<N> {
    // Column 0 is the lowest bit of a row's byte: left in the state is right in the word.
    state.map(|plane| {
        plane.map(|word| {
            let rows = word.to_le_bytes();
            u32::from_le_bytes(from_fn(|row| rows[row].rotate_right(columns[row])))
        })
    })
}

fn plus_constant<const N: usize>(state: Planes<N>, constant: u8) -> Planes<N> {
    from_fn(|bit| if constant >> bit & 1 == 1 { state[bit].map(|word| !word) } else { state[bit] })
}

/// The same block in all `N` places.
pub fn repeated<const N: usize>(block: &Planes<1>) -> Planes<N> {
    block.map(|Plane([word])| Plane([word; N]))
}
