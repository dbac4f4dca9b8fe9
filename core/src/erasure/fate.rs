//! What becomes of each of a person's records when their account is erased.

use keepwell_store::ReadFlight;

use crate::ids::{PersonId, RecordId};
use crate::persons::{self, Person, State};
use crate::records::{self, Record};
use crate::{Domain, Outage};

/// What becomes of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// Nobody else keeps it: it is erased too.
    Erased,
    /// It stays with these.
    Stays(Vec<String>),
    /// It was never the person's to decide about; they do not see it any more.
    Ends,
}

/// A record, and what becomes of it.
#[derive(Clone, Debug)]
pub struct Fate {
    /// The record.
    pub record: Record,
    /// What becomes of it.
    pub becomes: Becomes,
}

/// What becomes of each record of a person, those that are open or closed for now.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn fates(domain: &Domain, person: PersonId) -> Result<Vec<Fate>, Outage> {
    let mut fates = Vec::new();
    for record in records::of_person(domain, person).await? {
        let becomes = match record.rights.custodian {
            false => Becomes::Ends,
            true => match others(domain, person, record.id).await? {
                others if others.is_empty() => Becomes::Erased,
                others => Becomes::Stays(others.into_iter().map(|other| other.name).collect()),
            },
        };
        fates.push(Fate { record, becomes });
    }
    Ok(fates)
}

/// Those who keep a record beside this person: also who has closed their account, for they may come back.
pub(super) async fn others(
    domain: &Domain,
    person: PersonId,
    record: RecordId,
) -> Result<Vec<Person>, Outage> {
    let Some(held) = records::held(domain, record).await? else { return Ok(Vec::new()) };
    let mut flight = ReadFlight::new();
    let asked: Vec<_> = held.others(person).map(|other| persons::ask(&mut flight, other)).collect();
    let mut answers = domain.store.read(flight).await?;
    let mut others = Vec::new();
    for slot in asked {
        others.extend(answers.first(slot)?.map(Person::from).filter(|p| p.state != State::Erasing));
    }
    Ok(others)
}
