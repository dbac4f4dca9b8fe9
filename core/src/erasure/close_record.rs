//! A custodian decides that a record is to be erased, and may take it back.

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

use super::fate::others;
use super::store::{CLOSE_RECORD, KEEP_RECORD, RECORDS_WAITING};
use crate::audit::{self, Action, Entry};
use crate::ids::{PersonId, RecordId};
use crate::letters::{self, Letter};
use crate::persons::Person;
use crate::records::{self, Record, State};
use crate::{Domain, Outage};

/// Why a record is not closed, or not kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CloseRecordError {
    /// The person is no custodian of such a record, or it is closed.
    #[error("the person cannot decide about this record")]
    NotTheirs,
    /// Others keep it too.
    #[error("others keep this record too")]
    Shared,
    /// Something about the record changed at the same moment.
    #[error("something about this record changed just now; please look again")]
    Changed,
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// A record that waits to be erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// Which.
    pub record: RecordId,
    /// What the person calls it.
    pub name: String,
    /// When it will be erased, microseconds UTC.
    pub erase_after: i64,
}

/// Closes a record of which this person is the only custodian: nobody comes to it any more, and it is erased at the
/// answered time. `write` writes the letter about it, for an address that is known to be the person's.
///
/// # Errors
/// `CloseRecordError` saying why not.
pub async fn close_record(
    domain: &Domain,
    person: &Person,
    id: RecordId,
    write: impl FnOnce(&str, i64) -> Letter,
) -> Result<i64, CloseRecordError> {
    let record = find(domain, person.id, id).await?.ok_or(CloseRecordError::NotTheirs)?;
    if !record.rights.custodian || !record.state.is_open() {
        return Err(CloseRecordError::NotTheirs);
    }
    if !others(domain, person.id, id).await?.is_empty() {
        return Err(CloseRecordError::Shared);
    }
    let now = domain.env.now();
    let erase_after = now.saturating_add(domain.grace);
    let mut flight = WriteFlight::new();
    let revision = record.access_revision;
    records::stand(&mut flight, id, State::Deleted, revision, CloseRecordError::Changed);
    flight
        .run(CLOSE_RECORD, params![id, person.id, now, erase_after, record.state.name()])
        .unique("record_closure_pkey", CloseRecordError::Changed);
    audit::write(domain, &mut flight, Entry::by_person(id, person.id, Action::CloseRecord));
    if person.email_validated {
        let letter = write(&record.rights.display_name, erase_after);
        letters::post(domain, &mut flight, &letter)
            .map_err(|error| CloseRecordError::Outage(Outage::Unavailable(error.to_string())))?;
    }
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    letters::wake(domain);
    Ok(erase_after)
}

/// Takes it back: the record stands as it did, with all that was allowed.
///
/// # Errors
/// `NotTheirs` when it does not wait, or was closed by somebody else.
pub async fn keep_record(domain: &Domain, person: PersonId, id: RecordId) -> Result<(), CloseRecordError> {
    let waiting = waiting(domain, person).await?;
    let (_, _, state) = waiting.iter().find(|(of, ..)| *of == id).ok_or(CloseRecordError::NotTheirs)?;
    let record = find(domain, person, id).await?.ok_or(CloseRecordError::NotTheirs)?;
    let mut flight = WriteFlight::new();
    flight.run(KEEP_RECORD, params![id, person]).affects(1, CloseRecordError::NotTheirs);
    let (state, revision) = (State::read(state), record.access_revision);
    records::stand(&mut flight, id, state, revision, CloseRecordError::Changed);
    audit::write(domain, &mut flight, Entry::by_person(id, person, Action::KeepRecord));
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// The records that wait to be erased because this person decided so, the first to go first.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn leaving(domain: &Domain, person: PersonId) -> Result<Vec<Leaving>, Outage> {
    let mut leaving = Vec::new();
    for (id, erase_after, _) in waiting(domain, person).await? {
        let Some(record) = find(domain, person, id).await? else { continue };
        leaving.push(Leaving { record: id, name: record.rights.display_name, erase_after });
    }
    Ok(leaving)
}

async fn waiting(domain: &Domain, person: PersonId) -> Result<Vec<(RecordId, i64, String)>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&RECORDS_WAITING, params![person]);
    domain.store.read(flight).await?.all(slot)
}

/// The record, however it stands.
pub(super) async fn find(domain: &Domain, person: PersonId, id: RecordId) -> Result<Option<Record>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = records::ask(&mut flight, id, person);
    let found = domain.store.read(flight).await?.first(slot)?.map(Record::from);
    Ok(found.filter(|record| record.rights.expires > domain.env.now()))
}
