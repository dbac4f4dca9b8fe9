//! A caller who is remembered from a former request: what must still hold, and on what terms they came.

use std::sync::{Arc, Mutex, PoisonError};

use super::grant::Grant;
use crate::records::{Record, State, StateRow};
use crate::tokens::TokenHash;

/// What must still hold of a caller who is remembered.
#[derive(Clone, Debug)]
pub(crate) struct Proof {
    /// The application is active, in the revision that is remembered.
    pub(crate) revision: i64,
    /// The person's token has neither ended nor expired (online).
    pub(crate) user_token: Option<TokenHash>,
    memory: Arc<Memory>,
}

#[derive(Debug, Default)]
struct Memory(Mutex<Option<Arc<Terms>>>);

/// On what terms a caller came to a record. They hold as long as the record has the access revision that
/// they were read with, for every change of a right, a grant, a state or a name gives it another.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    pub(super) record: Record,
    pub(super) grant: Option<Arc<Grant>>,
}

impl Terms {
    /// The same terms for the record as it is now; none when a right or a grant may have changed.
    pub(super) fn at(&self, now: &StateRow) -> Option<Self> {
        let mut terms = self.clone();
        let record = &mut terms.record;
        if record.access_revision != now.access_revision {
            return None;
        }
        record.state = State::read(&now.state);
        record.size_bytes = now.size_bytes;
        record.max_size_bytes = now.max_size_bytes;
        record.operation_sequence = now.operation_sequence;
        Some(terms)
    }
}

impl Proof {
    /// With nothing remembered of the terms yet.
    pub(crate) fn new(revision: i64, user_token: Option<TokenHash>) -> Self {
        Self { revision, user_token, memory: Arc::default() }
    }

    /// The terms on which the caller came last.
    pub(super) fn terms(&self) -> Option<Arc<Terms>> {
        self.memory.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn remember(&self, terms: Terms) {
        *self.memory.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(terms));
    }
}
