//! Installations of applications on phones and tablets, each an application of its own with a secret that it
//! shares with the server (connectivity.md 6).
//!
//! A device asks for an identity and gets an offer (`offer`), of which nothing is kept: the creation token is
//! the offer, sealed. The device's browser brings it to the Shell. When the person allows it there, the
//! installation is made, in one flight with the grant ([`authorizations::allow_on_device`]), and the token
//! is spent because its id is taken; so it is when they refuse ([`refuse`]). Until then no method knows the id.
//!
//! [`authorizations::allow_on_device`]: crate::authorizations::allow_on_device

mod cut_off;
mod erase;
mod failures;
mod list;
mod offer;
mod redeem;
mod store;
mod sweep;
mod uses;

pub use cut_off::{CutOffError, cut_off};
pub(crate) use erase::{go, some_of_person};
pub use failures::{failed, may_try};
pub use list::{Installation, count_of, of_person, owner};
pub use offer::{Offer, offer};
pub(crate) use redeem::redeem;
pub use redeem::{Offered, has_room, open, open_older, refuse};
pub use sweep::sweep;
pub use uses::{Uses, used};

use crate::Outage;
use crate::env::{DAY, HOUR};

/// What the host may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How long a creation token is good for, in microseconds.
    pub token: i64,
    /// How many installations a person may have at a time.
    pub per_person: i64,
    /// After how long without use an installation is suggested for removal, in microseconds.
    pub unused: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { token: HOUR, per_person: 50, unused: 180 * DAY }
    }
}

/// The longest that a creation token may be good for: what was refused is kept in mind for longer.
pub const LONGEST_TOKEN: i64 = 7 * DAY;

/// Why a device is not let in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InstallationError {
    /// The creation token is forged, spent, expired, or another application's.
    #[error("this creation token cannot be used, or not any more; the app has to ask for a new one")]
    Token,
    /// The person has as many installations as they may have.
    #[error("this person has as many installations as one may have")]
    TooMany,
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}
