//! The cryptography of Drop-Off/Pick-Up: a package is sealed by whoever drops it off, under a key made
//! of the answer to a question, and opened when the patient gives that answer (connectivity.md 5).
//!
//! ```text
//! key, iv = PBKDF2-HMAC-SHA-1(answer in lower case, salt, iterations)         RFC 8018 5.2
//! mac     = HMAC(key = salt, things)                                          RFC 2104
//! blob    = CBC(key, iv, mac + things + padding)
//! ```
//!
//! Two algorithms have names on the wire, see [`Algorithm`]. The `aes256` of one is not AES but Rijndael
//! with a block of 256 bits, which FIPS 197 left out; [`rijndael`] has it.
//!
//! The key of the HMAC is public, so it only tells whether the deciphering came out right: what stands
//! between a package and its reader is the answer, and whoever has the package may guess as often as
//! they like. Pure: no I/O, no clock, and randomness is a parameter. Deriving a key takes tens of
//! milliseconds by intent; a server does it off its request threads.

mod algorithm;
mod answer;
mod bounds;
mod cipher;
mod key;
mod padding;
mod parameters;
mod rijndael;
mod things;

pub use algorithm::Algorithm;
pub use key::{DamagedChunk, Key, WrongAnswer};
pub use parameters::{MOST_ITERATIONS, Parameters, USUAL_ITERATIONS, UnsupportedParameters};
pub use things::{NotXml, split_things};
