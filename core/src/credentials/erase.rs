//! Nothing of what a person proves themselves with is left.

use keepwell_store::{WriteFlight, params};

use super::store::{DROP_CHANGES, DROP_CONFIRMATIONS, DROP_LOGIN, DROP_RESETS_OF, DROP_UNDOS};
use super::{passkeys, second_factor};
use crate::ids::PersonId;

/// Forgets login, password, passkeys, second step and all links in letters, in the flight that erases the person.
pub(crate) fn erase<E>(flight: &mut WriteFlight<E>, person: PersonId) {
    for goes in [DROP_RESETS_OF, DROP_LOGIN, DROP_CONFIRMATIONS, DROP_CHANGES, DROP_UNDOS] {
        flight.run(goes, params![person]);
    }
    passkeys::erase(flight, person);
    second_factor::erase(flight, person);
}

/// Forgets what was asked for and not done, in the flight that closes the account. The way back to a former address
/// stays: whoever closed the account may not be who it belongs to.
pub(crate) fn drop_pending<E>(flight: &mut WriteFlight<E>, person: PersonId) {
    for goes in [DROP_CONFIRMATIONS, DROP_CHANGES] {
        flight.run(goes, params![person]);
    }
}
