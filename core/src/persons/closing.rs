//! What becomes of a person's row while their account is closed, in the flights of who closes and erases it.

use keepwell_store::{Pending, WriteFlight, params};

use super::State;
use super::store::{ERASE, MOVE_STATE, SET_EMAIL};
use crate::ids::PersonId;

fn go<'f, E>(flight: &'f mut WriteFlight<E>, id: PersonId, from: &[State], to: State) -> Pending<'f, (), E> {
    let from: Vec<String> = from.iter().map(|state| state.name().to_owned()).collect();
    flight.run(MOVE_STATE, params![id, from, to.name()])
}

/// The person closes their account. Affects no row if it is not in use.
pub(crate) fn is_closing<E>(flight: &mut WriteFlight<E>, id: PersonId) -> Pending<'_, (), E> {
    go(flight, id, &[State::Active], State::Closing)
}

/// They come back.
pub(crate) fn reopen<E>(flight: &mut WriteFlight<E>, id: PersonId) -> Pending<'_, (), E> {
    go(flight, id, &[State::Closing], State::Active)
}

/// It is being erased now.
pub(crate) fn is_erasing<E>(flight: &mut WriteFlight<E>, id: PersonId) -> Pending<'_, (), E> {
    go(flight, id, &[State::Closing, State::Erasing], State::Erasing)
}

/// Nothing of the row is left. Ids are random, so nobody else gets this one.
pub(crate) fn erase<E>(flight: &mut WriteFlight<E>, id: PersonId) -> Pending<'_, (), E> {
    flight.run(ERASE, params![id])
}

/// Another address, at which letters are known to reach the person. Affects no row if the account is being erased.
pub(crate) fn change_email<'f, E>(
    flight: &'f mut WriteFlight<E>,
    id: PersonId,
    email: &str,
) -> Pending<'f, (), E> {
    flight.run(SET_EMAIL, params![id, email])
}
