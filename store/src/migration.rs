//! Schema changes, in order.

/// One step of the schema. Steps are numbered from 1 without gaps and never change once landed.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// 1, 2, 3, …
    pub number: i64,
    /// What it brings, for the log.
    pub name: &'static str,
    /// Statements separated by `;`, the same text for both engines.
    pub sql: &'static str,
}
