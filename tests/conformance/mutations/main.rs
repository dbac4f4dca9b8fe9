//! Damaged requests: whatever comes in, there is an answer that a client can read, nothing that was
//! refused changed anything, and the server goes on.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on ends here"
)]
#![allow(missing_docs)]

mod campaign;
mod damage;
mod dice;
mod judge;
mod memory;
mod nasty;
mod shot;
mod watch;
