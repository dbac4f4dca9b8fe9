//! Closing an account, or a record, and erasing it after a time of grace.
//!
//! Who closes their account is shut out at once, through every door, and so is whoever acts for them: nothing but the
//! account's state decides that. Nothing is taken away until the time is over, so whoever comes back before finds all
//! as it was. Then it is erased, piece by piece: who erases has claimed the account, or the record, for a while, each
//! piece is a flight that holds only as long as the claim does, and each finds by itself what is left. So it goes on
//! after a process was killed, and two at once do not meet.

mod account;
mod close;
mod close_record;
mod fate;
mod record;
mod store;
mod sweep;
mod work;

pub use close::{CloseError, Closing, close, keep, keep_token, waiting};
pub use close_record::{CloseRecordError, Leaving, close_record, keep_record, leaving};
pub use fate::{Becomes, Fate, fates};
pub use sweep::{Swept, sweep};

use crate::env::{DAY, MINUTE};

/// How long after it was closed an account is erased, unless the host says otherwise; microseconds.
pub const GRACE: i64 = 30 * DAY;
/// How long before that the person is told once more, microseconds.
pub const WARN_BEFORE: i64 = 3 * DAY;
/// How long whoever has just signed in may take to decide that they keep their account, microseconds.
pub const RETURN_LIFE: i64 = 15 * MINUTE;
/// How long a claim lasts without a piece of work, microseconds.
pub const LEASE: i64 = 10 * MINUTE;
/// Pieces of work in one go; the rest is done in the next.
pub const PIECES: u32 = 100_000;

/// What a letter to the person tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The account will be erased at this time (microseconds UTC).
    Soon(i64),
    /// The account was erased.
    Erased,
    /// The record of this name was erased.
    RecordErased(String),
}
