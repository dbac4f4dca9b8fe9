//! The audit log: its chain, who may read it, and what is noted of those who were refused.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

mod activity;
mod chain;
mod older;
mod tamper;
