//! Whether a step achieved what it must; the same rule on both engines.

use crate::answers::Rows;
use crate::flight::{Expect, Step};

/// What a step did.
pub(crate) struct Outcome {
    pub(crate) rows: Rows,
    /// Rows inserted, changed or deleted. A query counts the rows that it answered.
    pub(crate) affected: u64,
}

impl Step {
    /// The number of the first expectation that the outcome does not meet.
    pub(crate) fn unmet(&self, outcome: &Outcome) -> Option<usize> {
        self.expects.iter().position(|expect| match expect {
            Expect::Affected(rows) => outcome.affected != *rows,
            Expect::Row => outcome.rows.is_none() || outcome.affected == 0,
            Expect::NoConflict(_) => false,
        })
    }

    /// The number of the expectation that names this unique index.
    pub(crate) fn guards(&self, index: &str) -> Option<usize> {
        self.expects.iter().position(|expect| matches!(expect, Expect::NoConflict(name) if *name == index))
    }
}
