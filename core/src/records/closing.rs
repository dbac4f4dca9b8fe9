//! A record on its way to being erased: who holds it, and what goes with it.

use keepwell_store::{ReadFlight, WriteFlight, params};

use super::State;
use super::store::{
    DROP_PERSON, DROP_PERSON_RECORD, ERASE, ERASE_PEOPLE, FIND, PEOPLE, RECORDS_OF, SET_STATE,
};
use crate::ids::{PersonId, RecordId};
use crate::{Domain, Outage};

/// A record and who holds it, whoever asks.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    /// Guards what is decided on this.
    pub(crate) revision: i64,
    /// Those who have, or had, access, and whether each is a custodian now.
    pub(crate) people: Vec<(PersonId, bool)>,
}

impl Held {
    /// Whether this person is a custodian.
    pub(crate) fn is_custodian(&self, person: PersonId) -> bool {
        self.people.iter().any(|(id, custodian)| *id == person && *custodian)
    }

    /// The other custodians.
    pub(crate) fn others(&self, person: PersonId) -> impl Iterator<Item = PersonId> {
        self.people.iter().filter(move |(id, custodian)| *custodian && *id != person).map(|(id, _)| *id)
    }
}

/// Who holds a record; none when it is not there any more.
pub(crate) async fn held(domain: &Domain, id: RecordId) -> Result<Option<Held>, Outage> {
    let mut flight = ReadFlight::new();
    let (record, people) = (flight.ask(&FIND, params![id]), flight.ask(&PEOPLE, params![id]));
    let mut answers = domain.store.read(flight).await?;
    let Some(record) = answers.first(record)? else { return Ok(None) };
    let now = domain.env.now();
    let people = answers.all(people)?.into_iter();
    Ok(Some(Held {
        revision: record.access_revision,
        people: people.map(|row| (row.person, row.custodian && row.expires > now)).collect(),
    }))
}

/// All records that a person has, however they stand.
pub(crate) async fn all_of(domain: &Domain, person: PersonId) -> Result<Vec<RecordId>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&RECORDS_OF, params![person]);
    Ok(domain.store.read(flight).await?.all(slot)?.into_iter().map(|(id,)| id).collect())
}

/// Changes how a record stands, as it was read.
pub(crate) fn stand<E>(flight: &mut WriteFlight<E>, id: RecordId, state: State, revision: i64, changed: E) {
    flight.run(SET_STATE, params![id, state.name(), revision]).affects(1, changed);
}

/// The person has nothing more to do with the record.
pub(crate) fn leave<E>(flight: &mut WriteFlight<E>, id: RecordId, person: PersonId) {
    flight.run(DROP_PERSON, params![id, person]);
    flight.run(DROP_PERSON_RECORD, params![person, id]);
}

/// Nothing of the record itself is left.
pub(crate) fn erase<E>(flight: &mut WriteFlight<E>, id: RecordId) {
    flight.run(ERASE_PEOPLE, params![id]);
    flight.run(ERASE, params![id]);
}
