//! Persons: who has an account.

mod closing;
mod state;
mod store;
mod units;

use keepwell_store::{Pending, ReadFlight, Refusal, WriteFlight};

pub(crate) use closing::{change_email, erase, is_closing, is_erasing, reopen};
pub use state::State;
pub(crate) use store::PersonRow;
use store::{FIND, INSERT, SET_LANGUAGE, SET_STATE, VALIDATE};
pub use units::{Concentration, Length, Mass, Temperature, Units, find_with_units, set_units};

use crate::ids::PersonId;
use crate::{Domain, Outage};

/// A person with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The id inside; applications see a pseudonym.
    pub id: PersonId,
    /// Full name, as the person writes it.
    pub name: String,
    /// Where letters go.
    pub email: String,
    /// Whether the person has shown that letters to it reach them.
    pub email_validated: bool,
    /// Preferred language, ISO 639 (`en`).
    pub language: String,
    /// Where the person lives, ISO 3166 (`US`).
    pub country: String,
    /// Whether the account may be used.
    pub active: bool,
    /// How the account stands.
    pub state: State,
    /// When the account was made, microseconds UTC.
    pub created: i64,
}

/// What a new account is made of.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// Full name, 1 to 255 characters.
    pub name: String,
    /// Where letters go; also the login name.
    pub email: String,
    /// Preferred language, ISO 639.
    pub language: String,
    /// Country, ISO 3166.
    pub country: String,
}

/// The person, if there is one.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn find(domain: &Domain, id: PersonId) -> Result<Option<Person>, Outage> {
    let mut flight = ReadFlight::new().short();
    let slot = flight.ask(&FIND, keepwell_store::params![id]);
    let mut answers = domain.store.read(flight).await?;
    Ok(answers.first(slot)?.map(Person::from))
}

/// Suspends an account or lets it be used again; effective at the next request through every door.
/// Answers whether there is such a person, and their account was not closed by themselves.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn set_active(domain: &Domain, id: PersonId, active: bool) -> Result<bool, Outage> {
    let mut flight = WriteFlight::<Outage>::new();
    let state = if active { State::Active } else { State::Suspended };
    let changed = flight.ask(&SET_STATE, keepwell_store::params![id, state.name()]).slot();
    let mut answers = domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok(answers.first(changed)?.is_some())
}

/// Keeps the language that the person prefers, by its ISO 639 tag (`ar`).
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn set_language(domain: &Domain, id: PersonId, language: &str) -> Result<(), Outage> {
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(SET_LANGUAGE, keepwell_store::params![id, language]);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// Adds the person's row to the flight that makes the account.
pub(crate) fn insert<E>(flight: &mut WriteFlight<E>, id: PersonId, new: &NewPerson, now: i64) {
    let params = keepwell_store::params![
        id,
        &new.name,
        &new.email,
        &new.language,
        &new.country,
        State::Active.name(),
        now
    ];
    flight.run(INSERT, params);
}

/// Notes in a flight that letters to this address reach the person; affects no row if they have another.
pub(crate) fn validate_email<'f, E>(
    flight: &'f mut WriteFlight<E>,
    id: PersonId,
    email: &str,
) -> Pending<'f, (), E> {
    flight.run(VALIDATE, keepwell_store::params![id, email])
}

/// Takes the person's present address for theirs without a letter: for accounts that a test or the demo makes.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn set_email_validated(domain: &Domain, id: PersonId) -> Result<(), Outage> {
    let Some(person) = find(domain, id).await? else { return Ok(()) };
    let mut flight = WriteFlight::<Outage>::new();
    validate_email(&mut flight, id, &person.email);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

impl From<PersonRow> for Person {
    fn from(row: PersonRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            email: row.email,
            email_validated: row.email_validated,
            language: row.language,
            country: row.country,
            active: State::read(&row.state) == State::Active,
            state: State::read(&row.state),
            created: row.created,
        }
    }
}

/// Asks for a person within another noun's flight.
pub(crate) fn ask(flight: &mut ReadFlight, id: PersonId) -> keepwell_store::Slot<PersonRow> {
    flight.ask(&FIND, keepwell_store::params![id])
}
