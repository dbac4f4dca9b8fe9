//! The passkeys of a person, and whether there is another way in.

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};
use uuid::Uuid;

use super::store::{OF_PERSON, ONE_FEWER, REMOVE, RENAME, Row};
use super::{LONGEST_NAME, PasskeyError, post};
use crate::ids::PersonId;
use crate::letters::{self, Letter};
use crate::{Domain, Outage, names};

/// A passkey, as its person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// By which pages speak of it.
    pub id: Uuid,
    /// What the person calls it.
    pub name: String,
    /// When it was made, microseconds UTC.
    pub created: i64,
    /// When somebody last signed in with it.
    pub last_used: Option<i64>,
}

impl From<Row> for Passkey {
    fn from(row: Row) -> Self {
        Self { id: row.id, name: row.name, created: row.created, last_used: row.last_used }
    }
}

/// The person's passkeys, the oldest first.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn of_person(domain: &Domain, person: PersonId) -> Result<Vec<Passkey>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&OF_PERSON, params![person]);
    Ok(domain.store.read(flight).await?.all(slot)?.into_iter().map(Passkey::from).collect())
}

/// One of them.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn find(domain: &Domain, person: PersonId, id: Uuid) -> Result<Option<Passkey>, Outage> {
    Ok(of_person(domain, person).await?.into_iter().find(|passkey| passkey.id == id))
}

/// Calls a passkey otherwise.
///
/// # Errors
/// `PasskeyError::Name` for a name of nothing, `Gone` where the person has no such passkey.
pub async fn rename(domain: &Domain, person: PersonId, id: Uuid, name: &str) -> Result<(), PasskeyError> {
    let name = names::short(name, LONGEST_NAME);
    if name.is_empty() {
        return Err(PasskeyError::Name);
    }
    let mut flight = WriteFlight::new();
    flight.run(RENAME, params![person, id, name]).affects(1, PasskeyError::Gone);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// Removes a passkey, and posts the letter about it. Nobody can sign in with it any more.
///
/// # Errors
/// `PasskeyError::LastWay` for the only way in, `Gone` where the person has no such passkey.
pub async fn remove(
    domain: &Domain,
    person: PersonId,
    id: Uuid,
    letter: Option<&Letter>,
) -> Result<(), PasskeyError> {
    let mut flight = WriteFlight::new();
    flight.run(REMOVE, params![person, id]).affects(1, PasskeyError::Gone);
    flight.run(ONE_FEWER, params![person]).affects(1, PasskeyError::LastWay);
    post(domain, &mut flight, letter)?;
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    letters::wake(domain);
    Ok(())
}
