//! Who was refused at a record: an application, or a person at the Shell.

use keepwell_store::{Outage, ReadFlight, Refusal, WriteFlight, params};

use super::store::{DROP_OLD_REFUSALS, NOTE_REFUSAL, REFUSED_LATELY, STILL_ROOM};
use super::{Action, Entry};
use crate::authorizations::Caller;
use crate::env::MINUTE;
use crate::ids::RecordId;
use crate::{Domain, records};

/// A refusal is noted at most this often for one who is refused and a record (microseconds), so that nobody fills a
/// record's log by calling again and again.
pub const REFUSED_EVERY: i64 = 10 * MINUTE;
/// People without any right who are noted at a record in that time. Whoever opens a thousand accounts fills no log
/// either. Those whom the record's people let in, and applications that they allowed, are noted beyond.
pub const MOST_STRANGERS: usize = 20;

/// There is an entry already, or there are enough.
struct Noted;

/// Notes that the caller was refused at the record. A record that does not exist is noted nowhere.
///
/// A person who holds the record, or once held it, and an application of theirs are named in its log. Anybody else
/// is a stranger there ([`super::STRANGER`]).
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn refused(domain: &Domain, caller: &Caller, record: RecordId) -> Result<(), Outage> {
    let (now, person) = (domain.env.now(), caller.person_id());
    let since = now.saturating_sub(REFUSED_EVERY);
    let mut flight = ReadFlight::new();
    let exists = records::ask_revision(&mut flight, record);
    let held = records::ask(&mut flight, record, person);
    let lately = flight.ask(&REFUSED_LATELY, params![record, since]);
    let mut answers = domain.store.read(flight).await?;
    if answers.first(exists)?.is_none() {
        return Ok(());
    }
    let app = caller.app().map(|app| app.id);
    let (who, action) = match (answers.first(held)?.is_some(), app) {
        (true, Some(app)) => (app.0, Action::Refused),
        (true, None) => (person.0, Action::Refused),
        (false, _) => (person.0, Action::RefusedStranger),
    };
    let lately = answers.all(lately)?;
    let is_full = action == Action::RefusedStranger && lately.len() >= MOST_STRANGERS;
    if is_full || lately.iter().any(|(noted,)| *noted == who) {
        return Ok(());
    }
    let mut flight = WriteFlight::new();
    flight.run(DROP_OLD_REFUSALS, params![record, since]);
    if action == Action::RefusedStranger {
        // Looked at again, with what others have written meanwhile.
        let most = i64::try_from(MOST_STRANGERS).unwrap_or(i64::MAX);
        flight.ask(&STILL_ROOM, params![record, most]).or(Noted);
    }
    flight.ask(&NOTE_REFUSAL, params![record, who, now]).or(Noted);
    let entry = Entry { app, avenue: caller.avenue(), ..Entry::by_person(record, person, action) };
    super::write(domain, &mut flight, entry);
    match domain.store.write(flight).await {
        Ok(_) | Err(Refusal::Because(Noted)) => Ok(()),
        Err(Refusal::Out(outage)) => Err(outage),
    }
}
