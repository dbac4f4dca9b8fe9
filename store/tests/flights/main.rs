//! Flights on both engines: every test runs on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod world;

mod busy;
mod conflicts;
mod dropped;
mod endings;
mod expectations;
mod kill;
mod lists;
mod load;
mod lost_connections;
mod migrations;
mod one_process;
mod short;
mod snapshots;
mod syncs;
mod values;
