//! What stands beside a package in the clear, so that it can be opened.

use std::num::NonZeroU32;

use crate::Algorithm;

/// The `iteration-count` that the .NET SDK writes, and the default of the schema.
pub const USUAL_ITERATIONS: u32 = 20_000;

/// The largest `iteration-count` that is accepted: a sender chooses what opening costs us
/// (connectivity.md 4.7).
pub const MOST_ITERATIONS: u32 = 1_000_000;

/// Why a package with these parameters cannot be taken (status 3).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnsupportedParameters {
    /// No salt.
    #[error("the salt is empty")]
    Salt,
    /// An iteration count out of range.
    #[error("{0} iterations are not between 1 and {MOST_ITERATIONS}")]
    Iterations(u32),
    /// A key length that is not the algorithm's.
    #[error("the algorithm has no keys of {0} bits")]
    KeyLength(u32),
}

/// The algorithm of a package and the parameters of its key, checked (connectivity.md 5.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameters {
    algorithm: Algorithm,
    salt: String,
    iterations: NonZeroU32,
    key_length: Option<u32>,
}

impl Parameters {
    /// Checks the parameters. The salt is taken as text: its UTF-8 bytes count, even where they look like
    /// base64 (connectivity.md 5.4). The SDK writes a random GUID, hyphenated and in lower case.
    ///
    /// # Errors
    /// The first of them that is not supported.
    pub fn new(
        algorithm: Algorithm,
        salt: impl Into<String>,
        iterations: u32,
        key_length: Option<u32>,
    ) -> Result<Parameters, UnsupportedParameters> {
        let salt = salt.into();
        if salt.is_empty() {
            return Err(UnsupportedParameters::Salt);
        }
        let iterations = NonZeroU32::new(iterations)
            .filter(|count| count.get() <= MOST_ITERATIONS)
            .ok_or(UnsupportedParameters::Iterations(iterations))?;
        if let Some(bits) = key_length.filter(|bits| !algorithm.may_announce(*bits)) {
            return Err(UnsupportedParameters::KeyLength(bits));
        }
        Ok(Parameters { algorithm, salt, iterations, key_length })
    }

    /// The algorithm.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The salt, as the text that it is.
    pub fn salt(&self) -> &str {
        &self.salt
    }

    /// How often PBKDF2 iterates.
    pub fn iterations(&self) -> NonZeroU32 {
        self.iterations
    }

    /// The length of the key in bits, if it was announced. It changes nothing.
    pub fn key_length(&self) -> Option<u32> {
        self.key_length
    }
}
