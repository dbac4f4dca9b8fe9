//! What a person calls a record, and who it is about to them.

use keepwell_store::{Refusal, WriteFlight, params};

use super::Relationship;
use super::store::{RENAME, RENAMED};
use crate::audit::{self, Entry};
use crate::ids::{PersonId, RecordId};
use crate::{Domain, Outage, names};

/// Why a record keeps its name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RenameError {
    /// The name is empty or longer than 255 characters.
    #[error("a record's name has 1 to 255 characters")]
    Name,
    /// The person has no right to it.
    #[error("the person has no right to this record")]
    NotTheirs,
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Gives the record another name and relation for this person; to others nothing changes.
///
/// # Errors
/// `RenameError::Name`, `RenameError::NotTheirs`, or an outage.
pub async fn rename(
    domain: &Domain,
    person: PersonId,
    record: RecordId,
    name: &str,
    relationship: Relationship,
) -> Result<(), RenameError> {
    let name = names::one_line(name);
    if name.is_empty() || name.chars().count() > 255 {
        return Err(RenameError::Name);
    }
    let mut flight = WriteFlight::new();
    let params = params![record, person, &name, relationship.code(), domain.env.now()];
    flight.run(RENAME, params).affects(1, RenameError::NotTheirs);
    // Who remembers the record remembers what it is called.
    flight.run(RENAMED, params![record]);
    audit::write(domain, &mut flight, Entry::by_person(record, person, audit::Action::RenameRecord));
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}
