//! Objects in every place: a folder, memory, and a bucket of an S3 store, if there is one for tests
//! (`tests/objects/run` starts one).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[macro_use]
mod world;

mod buckets;
mod contract;
mod durable;
mod faults;
mod folders;
mod full;
mod hostile_keys;
mod killed;
mod parallel;
mod slow;
