//! How a flight can fail.

/// The store could not carry out a flight; nothing of it was done.
///
/// With one exception that nobody can do without: when the connection to PostgreSQL, or the process, is
/// lost in the moment of a commit, the flight may have been done, all of it. The text says so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Outage {
    /// The queue is full. The same flight may succeed a moment later.
    #[error("the store is busy")]
    Busy,
    /// The database is gone, full, or answered what it should not. The text is for the log.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
}

/// Why a write flight was not carried out; nothing of it was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal<E> {
    /// An expectation did not hold: the noun's own error.
    Because(E),
    /// The store could not do it.
    Out(Outage),
}

impl<E: From<Outage>> Refusal<E> {
    /// The noun's error in either case.
    pub fn reason(self) -> E {
        match self {
            Self::Because(error) => error,
            Self::Out(outage) => outage.into(),
        }
    }
}

impl<E> From<Outage> for Refusal<E> {
    fn from(outage: Outage) -> Self {
        Self::Out(outage)
    }
}
