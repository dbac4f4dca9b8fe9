//! Which of an application's records changed (methods.md 10.1).

use keepwell_store::{ReadFlight, params};

use super::access::{AccessError, Caller, knock};
use super::store::ALL_RECORDS;
use crate::applications::{Application, Permission};
use crate::ids::{PersonPseudonym, RecordPseudonym};
use crate::{Domain, Outage, records};

/// A record in which something changed that the application may see, for one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdatedRecord {
    /// What the application knows it by.
    pub record: RecordPseudonym,
    /// And the person.
    pub person: PersonPseudonym,
    /// When the last such change was, microseconds UTC; when the person allowed it, if there was none.
    pub updated: i64,
    /// The number of the latest call that changed the record.
    pub sequence: i64,
}

/// Records looked at in one hop.
const CHUNK: usize = 200;

/// The records that the application is allowed offline and that changed at this time or later, the first
/// change first; without a time all of them. What it may not read does not count.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn updated_records(
    domain: &Domain,
    app: &std::sync::Arc<Application>,
    since: Option<i64>,
) -> Result<Vec<UpdatedRecord>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&ALL_RECORDS, params![app.id]);
    let rows = domain.store.read(flight).await?.all(slot)?;
    let now = domain.env.now();
    let mut updated = Vec::new();
    for chunk in rows.chunks(CHUNK) {
        let mut flight = ReadFlight::new();
        let asked: Vec<_> = chunk
            .iter()
            .map(|row| {
                // With either mode's rules: the call itself is about no person in particular.
                let callers = [true, false].map(|online| {
                    let caller = Caller::application(std::sync::Arc::clone(app), row.person, online);
                    let door = knock(&mut flight, &caller, row.record, now);
                    (caller, door)
                });
                let changed = records::ask_changed(&mut flight, row.record, since.unwrap_or(i64::MIN));
                (callers, changed)
            })
            .collect();
        let mut answers = domain.store.read(flight).await?;
        for (row, (callers, changed)) in chunk.iter().zip(asked) {
            let mut opened = Vec::new();
            for (caller, door) in callers {
                match door.open(&caller, &mut answers, now) {
                    Ok(access) => opened.push(access),
                    Err(AccessError::Outage(outage)) => return Err(outage),
                    Err(AccessError::Denied | AccessError::Closed | AccessError::Stale) => {}
                }
            }
            let Some(first) = opened.first() else { continue };
            let changed = answers.all(changed)?.into_iter();
            let visible = changed.filter(|(t, _)| opened.iter().any(|a| a.may(Permission::Read, *t)));
            let last = visible.map(|(_, at)| at).max();
            let Some(at) = last.or_else(|| since.is_none().then_some(row.granted)) else { continue };
            updated.push(UpdatedRecord {
                record: row.pseudonym,
                person: row.person_pseudonym,
                updated: at,
                sequence: first.about().operation_sequence,
            });
        }
    }
    updated.sort_by_key(|record| (record.updated, record.record));
    Ok(updated)
}
