//! Connections: what a clinic asks of a patient, or leaves for them, picked up with a code and the answer to a
//! question (connectivity.md 3 to 5).
//!
//! A connect request is made by an application (`request`), polled for (`manage`), and found by a person who
//! is signed in (`find`), answers the question (`answer`), and allows the application
//! (`authorizations::allow_by_code`).

mod answer;
mod authorize;
mod code;
mod error;
mod find;
mod manage;
pub(crate) mod package;
mod request;
mod sign_up;
mod store;
mod sweep;
mod tries;

pub use answer::{Answered, Opened, answer};
pub(crate) use authorize::authorize;
pub use error::{ConnectionError, PickupError};
pub use find::{Found, find};
pub use manage::{Authorized, Named, authorized, delete_pending, rename};
pub use request::{NewRequest, request};
pub(crate) use sign_up::open_account;
pub(crate) use store::{GO_WITH_PERSON, GO_WITH_RECORD};
pub use sweep::sweep;

use crate::Domain;
use crate::env::DAY;
use crate::ids::AppId;
pub use crate::ids::ConnectionId;
use crate::keys::Purpose;

/// What may be set otherwise than in the original (connectivity.md 3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How long a request or a package can be picked up, in microseconds.
    pub pickup: i64,
    /// How long an authorized request is told of after its last use, in microseconds.
    pub retention: i64,
    /// Wrong answers that lock it for good.
    pub wrong_answers: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { pickup: 28 * DAY, retention: 90 * DAY, wrong_answers: 3 }
    }
}

/// What it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The person allows the application.
    Connect,
    /// The person takes what is inside, once.
    Package,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Package => "package",
        }
    }

    fn read(text: &str) -> Self {
        if text == "package" { Self::Package } else { Self::Connect }
    }
}

/// Counts what became of a code, by what it is for.
pub(crate) fn told(kind: Kind, outcome: &'static str) {
    metrics::counter!("keepwell_pickup_codes_total", "kind" => kind.name(), "outcome" => outcome)
        .increment(1);
}

/// Under which a connect request of an application is the only one with its external id.
fn live_key(domain: &Domain, app: AppId, external_id: &str) -> String {
    let parts: [&[u8]; 3] = [b"live", app.0.as_bytes(), external_id.as_bytes()];
    hex::encode(domain.keys.mac(Purpose::PickupCode, &parts))
}

/// An answer as it is compared: without case, and with its white space.
fn folded(answer: &str) -> String {
    answer.to_lowercase()
}
