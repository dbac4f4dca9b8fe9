//! Ending all that some applications are allowed by a person, in the flight of who ends the applications.

use std::collections::HashSet;

use keepwell_store::{ReadFlight, WriteFlight, params};

use super::access::Avenue;
use super::store::{APPS_OF, CLOSE_RECORD, DROP_GRANT, UNSELECT};
use crate::audit::{self, Action, Entry};
use crate::ids::{AppId, PersonId, RecordId};
use crate::{Domain, Outage, records};

/// What is to end: a record as it was read, and the applications that are allowed it.
pub(crate) type Ending = Vec<(RecordId, i64, Vec<AppId>)>;

/// Reads what a person allows these applications.
pub(crate) async fn ending(domain: &Domain, person: PersonId, apps: &[AppId]) -> Result<Ending, Outage> {
    let apps: HashSet<AppId> = apps.iter().copied().collect();
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&APPS_OF, params![person]);
    let mut allowed = domain.store.read(flight).await?.all(slot)?;
    allowed.retain(|(app, ..)| apps.contains(app));
    let mut ids: Vec<RecordId> = allowed.iter().map(|(_, record, _)| *record).collect();
    // Always in the same order, so that two who end things do not wait for each other.
    ids.sort();
    ids.dedup();
    let mut flight = ReadFlight::new();
    let slots: Vec<_> = ids.iter().map(|id| records::ask_revision(&mut flight, *id)).collect();
    let mut answers = domain.store.read(flight).await?;
    let mut ending = Vec::new();
    for (id, slot) in ids.into_iter().zip(slots) {
        if let Some((revision,)) = answers.first(slot)? {
            let here = allowed.iter().filter(|(_, of, _)| *of == id).map(|(app, ..)| *app);
            ending.push((id, revision, here.collect()));
        }
    }
    Ok(ending)
}

/// Ends it, with an entry in the log of each record for each application. `changed` is for a record that
/// changed since it was read.
pub(crate) fn end<E: Clone>(
    domain: &Domain,
    flight: &mut WriteFlight<E>,
    person: PersonId,
    ending: &Ending,
    changed: E,
) {
    let details = serde_json::json!({ "avenue": Avenue::Shell.name() });
    for (record, revision, apps) in ending {
        records::bump_access(flight, *record, *revision, changed.clone());
        for app in apps {
            flight.run(DROP_GRANT, params![*record, *app, person]);
            flight.run(CLOSE_RECORD, params![*app, person, *record]);
            flight.run(UNSELECT, params![*app, person, *record]);
            let entry = Entry::by_person(*record, person, Action::RemoveRecordAuthorization);
            audit::write(domain, flight, entry.about_app(*app).with(&details));
        }
    }
}
