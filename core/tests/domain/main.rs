//! The domain by its public face: every test runs on SQLite and on PostgreSQL.
//!
//! One program for all of it, since each would link all of the domain, its engines included.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

mod audit;
mod authorizations;
mod blobs;
mod connections;
mod credentials;
mod erasure;
mod installations;
mod killed;
mod known_browsers;
mod letters;
mod migrations;
mod packages;
mod parallel;
mod passkeys;
mod restore;
mod second_factor;
mod sessions;
mod sign_in_limits;
mod things;
mod vocabularies;
