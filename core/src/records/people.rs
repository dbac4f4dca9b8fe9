//! Who keeps a record: for its custodians (connectivity.md 8.2).

use keepwell_store::{ReadFlight, params};

use super::store::PEOPLE;
use super::{Relationship, Rights};
use crate::audit::{self, Action, Entry};
use crate::authorizations::{AccessError, RecordAccess};
use crate::persons::{self, Person};
use crate::{Domain, Outage};

/// A person with what they may do with a record.
#[derive(Clone, Debug)]
pub struct PersonOnRecord {
    /// The person.
    pub person: Person,
    /// What they may do.
    pub rights: Rights,
}

/// The persons whose access to the record has not ended, the first first. It is told to custodians only,
/// and leaves an entry in the log.
///
/// # Errors
/// `AccessError::Denied` for who is no custodian, or an outage.
pub async fn people(domain: &Domain, access: &RecordAccess) -> Result<Vec<PersonOnRecord>, AccessError> {
    if !access.about().rights.custodian {
        return Err(AccessError::Denied);
    }
    let people = all(domain, access).await?;
    audit::read(domain, Entry::of(access, Action::ReadPeople)).await;
    Ok(people)
}

/// The record's custodians with accounts in use, for letters to them. Nothing of it is told to who asks.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub(crate) async fn custodians(domain: &Domain, access: &RecordAccess) -> Result<Vec<Person>, Outage> {
    let people = all(domain, access).await?.into_iter();
    Ok(people.filter(|p| p.rights.custodian && p.person.active).map(|p| p.person).collect())
}

async fn all(domain: &Domain, access: &RecordAccess) -> Result<Vec<PersonOnRecord>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&PEOPLE, params![access.record()]);
    let rows = domain.store.read(flight).await?.all(slot)?;
    let mut flight = ReadFlight::new();
    let asked: Vec<_> = rows.iter().map(|row| persons::ask(&mut flight, row.person)).collect();
    let mut answers = domain.store.read(flight).await?;
    let mut people = Vec::new();
    for (row, slot) in rows.into_iter().zip(asked) {
        let Some(person) = answers.first(slot)?.map(Person::from) else { continue };
        let rights = Rights {
            custodian: row.custodian,
            relationship: Relationship::from_code(row.relationship),
            display_name: row.display_name,
            expires: row.expires,
            created: row.created,
            updated: row.updated,
        };
        if rights.expires > domain.env.now() {
            people.push(PersonOnRecord { person, rights });
        }
    }
    Ok(people)
}
