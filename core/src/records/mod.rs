//! Records: whose health data it is, and which persons keep it.

mod closing;
mod operations;
mod people;
mod relationship;
mod rename;
mod store;
mod suspend;

use keepwell_store::{ReadFlight, Refusal, Slot, WriteFlight, params};

pub(crate) use closing::{all_of, erase, held, leave, stand};
pub use operations::{Operation, Step};
pub(crate) use operations::{ask_changed, ask_last, ask_steps, note};
pub(crate) use people::custodians;
pub use people::{PersonOnRecord, people};
pub use relationship::Relationship;
pub use rename::{RenameError, rename};
use store::{
    ACCESS_REVISION, AT_SEQUENCE, BUMP_ACCESS, CLAIM_WRITE, HOLD_ACCESS, INSERT, INSERT_PERSON,
    INSERT_PERSON_RECORD, KEPT, RECORDS_OF,
};
pub(crate) use store::{GO_WITH_RECORD, KeptRow, StateRow};
pub use suspend::{StateError, set_state};

use crate::audit::{self, Entry};
use crate::env::NEVER;
use crate::ids::{PersonId, RecordId};
use crate::{Domain, Outage, names};

/// What a record may hold unless its host says otherwise: 4 GiB (methods.md 4.2).
pub const DEFAULT_QUOTA: i64 = 4 << 30;

/// How a record stands (connectivity.md 8.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// In use.
    Active,
    /// Can be read only.
    ReadOnly,
    /// Closed for now.
    Suspended,
    /// Closed for good.
    Deleted,
}

impl State {
    pub(crate) fn read(text: &str) -> Self {
        match text {
            "active" => Self::Active,
            "read-only" => Self::ReadOnly,
            "deleted" => Self::Deleted,
            // What we do not know is closed.
            _ => Self::Suspended,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::ReadOnly => "read-only",
            Self::Suspended => "suspended",
            Self::Deleted => "deleted",
        }
    }

    /// Whether its data can be read.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Active | Self::ReadOnly)
    }

    /// Its name on the wire.
    #[must_use]
    pub fn wire_name(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::ReadOnly => "ReadOnly",
            Self::Suspended => "Suspended",
            Self::Deleted => "Deleted",
        }
    }
}

/// A record as one of its persons sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The id inside; applications see a pseudonym.
    pub id: RecordId,
    /// Whose it is.
    pub name: String,
    /// How it stands.
    pub state: State,
    /// Where its subject lives, ISO 3166.
    pub country: String,
    /// When it was made, microseconds UTC.
    pub created: i64,
    /// Bytes in use.
    pub size_bytes: i64,
    /// Bytes it may use.
    pub max_size_bytes: i64,
    /// The number of the latest call that changed things.
    pub operation_sequence: i64,
    /// Changes with every right, grant, state and name.
    pub(crate) access_revision: i64,
    /// What the person may do.
    pub rights: Rights,
}

/// What one person may do with a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rights {
    /// Full control.
    pub custodian: bool,
    /// How the person is related to the record's subject.
    pub relationship: Relationship,
    /// What the person calls the record.
    pub display_name: String,
    /// When the access ends, microseconds UTC.
    pub expires: i64,
    /// When it was given.
    pub created: i64,
    /// When it last changed.
    pub updated: i64,
}

/// What a new record is made of.
#[derive(Clone, Debug)]
pub struct NewRecord {
    /// Whose it is, 1 to 255 characters.
    pub name: String,
    /// How the person who makes it is related to that one.
    pub relationship: Relationship,
    /// Where its subject lives, ISO 3166.
    pub country: String,
}

/// Why a record cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// The name is empty or longer than 255 characters.
    #[error("a record needs a name of 1 to 255 characters")]
    Name,
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Makes a record, with the person as its custodian.
///
/// # Errors
/// `RecordError::Name`, or an outage.
pub async fn create(domain: &Domain, person: PersonId, new: NewRecord) -> Result<RecordId, RecordError> {
    let id = RecordId(domain.env.uuid());
    let mut flight = WriteFlight::new();
    add(domain, &mut flight, id, person, &new)?;
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok(id)
}

/// Adds a new record to the flight of an operation that makes one beside other things.
pub(crate) fn add(
    domain: &Domain,
    flight: &mut WriteFlight<RecordError>,
    id: RecordId,
    person: PersonId,
    new: &NewRecord,
) -> Result<(), RecordError> {
    let name = names::one_line(&new.name);
    if name.is_empty() || name.chars().count() > 255 {
        return Err(RecordError::Name);
    }
    let now = domain.env.now();
    flight.run(INSERT, params![id, &name, "active", &new.country, now, 0_i64, DEFAULT_QUOTA, 0_i64, 1_i64]);
    let relationship = new.relationship.code();
    flight.run(INSERT_PERSON, params![id, person, true, relationship, &name, NEVER, now, now]);
    flight.run(INSERT_PERSON_RECORD, params![person, id, now]);
    audit::write(domain, flight, Entry::by_person(id, person, audit::Action::CreateRecord));
    Ok(())
}

/// The records that a person has, oldest access first.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn of_person(domain: &Domain, person: PersonId) -> Result<Vec<Record>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&RECORDS_OF, params![person]);
    let ids = domain.store.read(flight).await?.all(slot)?;
    let mut flight = ReadFlight::new();
    let asked: Vec<_> = ids.into_iter().map(|(id,)| ask(&mut flight, id, person)).collect();
    let mut answers = domain.store.read(flight).await?;
    let now = domain.env.now();
    let mut records = Vec::new();
    for slot in asked {
        let record = answers.first(slot)?.map(Record::from);
        records.extend(record.filter(|r| r.rights.expires > now && r.state != State::Deleted));
    }
    Ok(records)
}

/// Asks for a record and a person's rights on it within another flight; no row when either is missing.
pub(crate) fn ask(flight: &mut ReadFlight, id: RecordId, person: PersonId) -> Slot<KeptRow> {
    flight.ask(&KEPT, params![id, person])
}

/// Asks for the revision of a record's permissions, whoever has any.
pub(crate) fn ask_revision(flight: &mut ReadFlight, id: RecordId) -> Slot<(i64,)> {
    flight.ask(&ACCESS_REVISION, params![id])
}

/// Guards a flight that writes things: the permission it was decided on still stands, the size
/// still fits. Answers the number of this call in the record.
pub(crate) fn claim_write<E>(
    flight: &mut WriteFlight<E>,
    id: RecordId,
    access_revision: i64,
    grows_by: i64,
    changed_meanwhile: E,
) -> Slot<(i64,)> {
    flight.ask(&CLAIM_WRITE, params![id, access_revision, grows_by]).or(changed_meanwhile).slot()
}

/// Guards a flight that was decided on the record as it was at this call's number: nothing else may
/// have been written meanwhile. It comes before [`claim_write`].
pub(crate) fn expect_sequence<E>(
    flight: &mut WriteFlight<E>,
    id: RecordId,
    sequence: i64,
    changed_meanwhile: E,
) {
    flight.ask(&AT_SEQUENCE, params![id, sequence]).or(changed_meanwhile);
}

/// Guards a flight that was decided on a permission for the record: it still stands.
pub(crate) fn hold_access<E>(
    flight: &mut WriteFlight<E>,
    id: RecordId,
    access_revision: i64,
    changed_meanwhile: E,
) {
    flight.run(HOLD_ACCESS, params![id, access_revision]).affects(1, changed_meanwhile);
}

/// Marks that a right or a grant of the record changes, against the revision it was decided on.
pub(crate) fn bump_access<E>(
    flight: &mut WriteFlight<E>,
    id: RecordId,
    access_revision: i64,
    changed_meanwhile: E,
) {
    flight.run(BUMP_ACCESS, params![id, access_revision]).affects(1, changed_meanwhile);
}

impl From<KeptRow> for Record {
    fn from(KeptRow { record, rights }: KeptRow) -> Self {
        Self {
            id: record.id,
            name: record.name,
            state: State::read(&record.state),
            country: record.country,
            created: record.created,
            size_bytes: record.size_bytes,
            max_size_bytes: record.max_size_bytes,
            operation_sequence: record.operation_sequence,
            access_revision: record.access_revision,
            rights: Rights {
                custodian: rights.custodian,
                relationship: Relationship::from_code(rights.relationship),
                display_name: rights.display_name,
                expires: rights.expires,
                created: rights.created,
                updated: rights.updated,
            },
        }
    }
}
