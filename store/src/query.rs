//! Statements, as constants, with one text for both engines.
//!
//! What to mind, so that the text means the same on either:
//!
//! - Parameters are `$1`, `$2`, …, each used and all given. A list is `IN $n[]` or `NOT IN $n[]`. A
//!   parameter's type is that of the column that it is compared with or goes into; `CAST` is no way
//!   out, for SQLite makes a number of a `uuid`. Where it stands alone (`$1 IS NULL`) let it stand
//!   after a comparison: `a = $1 OR $1 IS NULL`.
//! - Types are `bigint`, `boolean`, `text`, `bytea` and `uuid`. A `sum()` is `CAST(sum(a) AS bigint)`.
//! - A guard is a condition on the very row that the statement changes: `UPDATE a SET tries = tries + 1
//!   WHERE code = $1 AND tries < 3`. A count or another sub-select is none: on PostgreSQL two flights at
//!   once both see it hold.
//! - Every unique index has a name of its own and columns of its own. A primary key is written without
//!   a name and is called `<table>_pkey` in a conflict. A row that conflicts with two indexes at once
//!   may be told by either.
//! - What is indexed is short (under 2 KB): PostgreSQL has no longer entries.
//! - `ORDER BY` a column with NULLs says `NULLS FIRST` or `NULLS LAST`. Texts sort by their bytes on
//!   SQLite and by the database's collation on PostgreSQL, which should be made with `LOCALE 'C'`.
//! - `INSERT … SELECT … ON CONFLICT` needs a `WHERE` (`WHERE TRUE`), or SQLite takes the `ON` for a join's.

use std::marker::PhantomData;

/// A statement that answers no rows.
///
/// Parameters are `$1`, `$2`, …; a varying list is `IN $n[]`. The text runs unchanged on both
/// engines: no `now()`, no random, no engine's own functions. See what to mind above.
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
