//! A world in which no answer is empty, and for every method that is offered the requests that a client
//! would send. Two tests stand on it: `answers` holds what comes back against the public schemas,
//! `mutations` damages what is sent.
#![allow(
    clippy::missing_panics_doc,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on ends here"
)]

mod family;
mod house;
mod infos;
pub mod reference;
mod schemas;
mod stage;

pub use infos::{Sending, requests};
pub use schemas::Schemas;
pub use stage::{As, GROUP_MEMBERSHIP, HEIGHT, Stage, WEIGHT};
