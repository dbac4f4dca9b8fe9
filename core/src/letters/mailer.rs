//! Who carries letters.

use futures_util::future::BoxFuture;
use uuid::Uuid;

use super::Letter;

/// A letter on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// The same at every try.
    pub id: Uuid,
    /// The letter.
    pub letter: Letter,
}

/// Why a letter was not handed over.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct MailError {
    /// For the log: without an address and without what the letter says.
    pub why: String,
    /// What the other side answered, word by word. It may name addresses.
    pub answer: Option<String>,
}

impl MailError {
    /// A letter that was not handed over, and why.
    #[must_use]
    pub fn because(why: impl Into<String>) -> Self {
        Self { why: why.into(), answer: None }
    }
}

/// Carries letters away.
pub trait Mailer: Send + Sync {
    /// Hands a letter over and answers what the other side said. It has been handed over then, not arrived.
    /// May take a minute or two, and is broken off after half of [`super::LEASE`].
    fn send<'a>(&'a self, outgoing: &'a Outgoing) -> BoxFuture<'a, Result<String, MailError>>;
}
