//! Bytes as elements of the field with 256 elements, modulo x^8 + x^4 + x^3 + x + 1 (FIPS 197 4.2), all
//! bytes of a state at once.

use std::array::from_fn;

use super::planes::{Plane, Planes, sum};

/// Every byte times x (`xtimes`, FIPS 197 4.2).
pub fn doubled<const N: usize>(a: Planes<N>) -> Planes<N> {
    [a[7], a[0] ^ a[7], a[1], a[2] ^ a[7], a[3] ^ a[7], a[4], a[5], a[6]]
}

/// The inverse of every byte, and zero for zero: the 254th power, as every 255th is one.
pub fn inverted<const N: usize>(a: Planes<N>) -> Planes<N> {
    let second = squared(a);
    let third = product(second, a);
    let twelfth = squared(squared(third));
    let fifteenth = product(twelfth, third);
    let two_hundred_fortieth = squared(squared(squared(squared(fifteenth))));
    product(product(two_hundred_fortieth, twelfth), second)
}

/// By the bits of `b`, from the highest down.
fn product<const N: usize>(a: Planes<N>, b: Planes<N>) -> Planes<N> {
    b.iter().rev().fold([Plane::ZERO; 8], |product, bit| sum(doubled(product), a.map(|plane| plane & *bit)))
}

/// All mixed terms come twice and so not at all, which leaves the bits at twice their powers. Then x^8 is
/// replaced by x^4 + x^3 + x + 1, from the highest power down.
fn squared<const N: usize>(a: Planes<N>) -> Planes<N> {
    let mut powers = [Plane::ZERO; 15];
    for (bit, plane) in a.into_iter().enumerate() {
        powers[2 * bit] = plane;
    }
    for high in (8..15).rev() {
        for low in [0, 1, 3, 4] {
            powers[high - 8 + low] ^= powers[high];
        }
    }
    from_fn(|power| powers[power])
}
