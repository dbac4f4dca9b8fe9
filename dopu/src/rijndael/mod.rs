//! Rijndael with a block of 256 bits and a key of 256 bits.
//!
//! FIPS 197 standardized the block of 128 bits only, and so did the libraries: no kept one has this form.
//! It is FIPS 197 with the numbers of the original proposal (Daemen and Rijmen, "AES Proposal: Rijndael",
//! 1999, sections 4.1 and 4.2): eight columns (`Nb = 8`), fourteen rounds, and rows shifted by 0, 1, 3
//! and 4. The names of the steps are those of FIPS 197, section 5.
//!
//! There are no tables: a byte is never an index, and no branch depends on the key or the data, so that
//! neither caches nor times tell of them. A lookup would be faster for one block; `planes` makes up for
//! that by four blocks at once where the mode lets it, which is in opening.

mod cipher;
mod field;
mod planes;
mod rounds;
mod schedule;

pub use cipher::Rijndael256;

#[cfg(test)]
mod tests;
