//! Statements, as constants.

use std::marker::PhantomData;

/// A statement that answers no rows.
///
/// Parameters are `$1`, `$2`, …; a varying list is `IN $n[]`. The text runs unchanged on both
/// engines: no `now()`, no random, no engine's own functions.
#[derive(Clone, Copy, Debug)]
pub struct Statement(pub(crate) &'static str);

impl Statement {
    /// A statement with this text.
    #[must_use]
    pub const fn new(sql: &'static str) -> Self {
        Self(sql)
    }
}

/// A statement that answers rows of type `R` (a `SELECT`, or a write with `RETURNING`).
pub struct Query<R> {
    pub(crate) sql: &'static str,
    row: PhantomData<fn() -> R>,
}

impl<R> Query<R> {
    /// A query with this text, whose columns are those of `R` in order.
    #[must_use]
    pub const fn new(sql: &'static str) -> Self {
        Self { sql, row: PhantomData }
    }
}
