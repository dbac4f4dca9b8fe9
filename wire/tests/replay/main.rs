//! What published clients sent, and what was made to trip a server up, replayed (`vectors/README.md`).
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test fails the test by panicking")]

mod capture;
mod captures;
mod envelope;
mod methods;
mod mutations;
mod vectors;
