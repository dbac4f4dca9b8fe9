//! An application that is refused at a record which it was once allowed.

use keepwell_store::{Outage, ReadFlight, Refusal, WriteFlight, params};

use super::store::{INSERT, NOTE_REFUSAL, REFUSED_AT};
use super::{Action, Entry, row};
use crate::Domain;
use crate::authorizations::Caller;
use crate::env::MINUTE;
use crate::ids::RecordId;

/// A refusal is noted at most this often for an application and a record (microseconds), so that nobody fills a
/// record's log by calling again and again.
pub const REFUSED_EVERY: i64 = 10 * MINUTE;

/// There is an entry already.
struct Noted;

/// Notes that the caller was refused at the record's door. The record is one that its person allowed the
/// application before: by no other name could it have been called.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn refused(domain: &Domain, caller: &Caller, record: RecordId) -> Result<(), Outage> {
    let Some(app) = caller.app().map(|app| app.id) else { return Ok(()) };
    let now = domain.env.now();
    let since = now.saturating_sub(REFUSED_EVERY);
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&REFUSED_AT, params![record, app]);
    if domain.store.read(flight).await?.first(slot)?.is_some_and(|(at,)| at > since) {
        return Ok(());
    }
    let mut flight = WriteFlight::new();
    flight.ask(&NOTE_REFUSAL, params![record, app, now, since]).or(Noted);
    let avenue = caller.avenue();
    let entry =
        Entry { avenue, ..Entry::by_person(record, caller.person_id(), Action::Refused).about_app(app) };
    flight.run(INSERT, row(&domain.keys, now, domain.env.uuid_in_time(), entry));
    match domain.store.write(flight).await {
        Ok(_) | Err(Refusal::Because(Noted)) => Ok(()),
        Err(Refusal::Out(outage)) => Err(outage),
    }
}
