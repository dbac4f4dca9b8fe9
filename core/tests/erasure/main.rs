//! Closing accounts and records, and that nothing is left of them when their time is over.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

mod accounts;
mod email;
mod gone;
mod left;
mod log;
mod people;
mod records;
mod together;
