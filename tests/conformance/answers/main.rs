//! What comes back, held against the public schemas and against the rules that clients need.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on ends here"
)]
#![allow(missing_docs)]

mod document;
mod rules;
mod table;
