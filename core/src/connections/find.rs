//! A person types a code: what they learn before they answer (connectivity.md 3.4, 3.8).

use keepwell_store::{ReadFlight, params};

use super::store::{BY_CODE, ConnectionRow};
use super::{ConnectionId, Kind, PickupError, code, tries};
use crate::Domain;
use crate::ids::{AppId, PersonId};

/// What belongs to a code, as far as somebody learns who has not answered yet: who asks, and the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which.
    pub id: ConnectionId,
    /// What it is.
    pub kind: Kind,
    /// Who asks.
    pub app: AppId,
    /// The question.
    pub question: String,
    /// Answers that are left.
    pub answers_left: i64,
}

/// Finds what belongs to a code, for a person who is signed in. `address` is where they are, if that is
/// known: who tries many codes waits between them, by account and by address.
///
/// # Errors
/// `PickupError` saying how it stands, to whoever holds a code that exists; one text to all others.
pub async fn find(
    domain: &Domain,
    person: PersonId,
    address: Option<&str>,
    typed: &str,
) -> Result<Found, PickupError> {
    // A slip of the pen is not a guess.
    let canonical = code::canonical(typed).ok_or(PickupError::Unknown)?;
    let try_of_code = tries::claim(domain, person, address).await?;
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&BY_CODE, params![code::hash(domain, &canonical)]);
    let row = domain.store.read(flight).await?.first(slot)?.ok_or(PickupError::Unknown)?;
    try_of_code.give_back(domain).await?;
    standing(domain, &row, person)?;
    let answers_left = domain.limits.wrong_answers - row.wrong_answers;
    Ok(Found { id: row.id, kind: row.kind(), app: row.app, question: row.question, answers_left })
}

/// How it stands with a code that exists.
pub(super) fn standing(domain: &Domain, row: &ConnectionRow, person: PersonId) -> Result<(), PickupError> {
    let is_others = row.person.is_some_and(|by| by != person);
    match row.state.as_str() {
        "picked-up" => Err(PickupError::PickedUp(row.app)),
        _ if row.expires <= domain.env.now() => Err(PickupError::Expired(row.app)),
        "allocated" => Err(PickupError::NotReady(row.app)),
        // It would mean two people to the clinic.
        _ if is_others => Err(PickupError::Used(row.app)),
        _ if row.wrong_answers >= domain.limits.wrong_answers => Err(PickupError::Locked(row.app)),
        "pending" | "authorized" => Ok(()),
        _ => Err(PickupError::Unknown),
    }
}

impl ConnectionRow {
    pub(super) fn kind(&self) -> Kind {
        Kind::read(&self.kind)
    }
}
