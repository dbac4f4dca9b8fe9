//! The audit log: who did what to a record, through which application, and how.
//!
//! A write's entry is in its own flight. A read's entry is queued and committed within
//! [`READ_BOUND`]. Each entry keeps a keyed digest of its body, so that a body can be erased while
//! the digest stays.

mod action;
mod read_log;
mod store;

use keepwell_store::{Outage, ReadFlight, WriteFlight, params};
use serde::Serialize;

pub use action::Action;
pub use read_log::{READ_BOUND, ReadLog};
use store::{INSERT, LATEST};

use crate::Domain;
use crate::authorizations::{Avenue, RecordAccess};
use crate::ids::{AppId, PersonId, RecordId};
use crate::keys::{KeyRing, Purpose};

/// Who stands in an entry where the host of the server acted and no person.
pub const HOST: PersonId = PersonId(uuid::Uuid::nil());

/// What is about to be written into the log.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    record: RecordId,
    person: PersonId,
    app: Option<AppId>,
    avenue: Avenue,
    action: Action,
    body: String,
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// When, microseconds UTC.
    pub at: i64,
    /// Who.
    pub person: PersonId,
    /// Through which application; none at the Shell.
    pub app: Option<AppId>,
    /// What.
    pub action: String,
    /// How: `Online`, `Offline` or `Shell`.
    pub avenue: String,
    /// Details, JSON; none when erased.
    pub body: Option<String>,
}

impl Entry {
    /// Something a person did at the Shell.
    pub(crate) fn by_person(record: RecordId, person: PersonId, action: Action) -> Self {
        Self { record, person, app: None, avenue: Avenue::Shell, action, body: "{}".to_owned() }
    }

    /// Something the host did, at the command line: no person of ours.
    pub(crate) fn by_host(record: RecordId, action: Action) -> Self {
        Self { avenue: Avenue::Host, ..Self::by_person(record, HOST, action) }
    }

    /// Something done with an access to the record.
    pub(crate) fn of(access: &RecordAccess, action: Action) -> Self {
        Self {
            record: access.record(),
            person: access.person(),
            app: access.app(),
            avenue: access.avenue(),
            action,
            body: "{}".to_owned(),
        }
    }

    /// The same entry about an application.
    pub(crate) fn about_app(mut self, app: AppId) -> Self {
        self.app = Some(app);
        self
    }

    /// The same entry with details.
    pub(crate) fn with(mut self, details: &impl Serialize) -> Self {
        self.body = serde_json::to_string(details).unwrap_or_else(|_| "{}".to_owned());
        self
    }
}

fn add<E>(keys: &KeyRing, now: i64, id: uuid::Uuid, flight: &mut WriteFlight<E>, entry: Entry) {
    let digest = keys.mac(
        Purpose::Audit,
        &[entry.record.0.as_bytes(), id.as_bytes(), entry.action.name().as_bytes(), entry.body.as_bytes()],
    );
    flight.run(
        INSERT,
        params![
            entry.record,
            id,
            now,
            entry.person,
            entry.app,
            entry.action.name(),
            entry.avenue.name(),
            entry.body,
            digest
        ],
    );
}

/// Adds an entry to the flight whose change it tells of.
pub(crate) fn write<E>(domain: &Domain, flight: &mut WriteFlight<E>, entry: Entry) {
    add(&domain.keys, domain.env.now(), domain.env.uuid_in_time(), flight, entry);
}

/// Queues the entry of a read.
pub(crate) fn read(domain: &Domain, entry: Entry) -> impl Future<Output = ()> + Send {
    domain.reads.push(domain.env.now(), domain.env.uuid_in_time(), entry)
}

/// The newest entries of a record, for its person at the Shell.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn latest(domain: &Domain, access: &RecordAccess, count: u32) -> Result<Vec<Logged>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&LATEST, params![access.record(), count]);
    let rows = domain.store.read(flight).await?.all(slot)?;
    Ok(rows
        .into_iter()
        .map(|(at, person, app, action, avenue, body)| Logged { at, person, app, action, avenue, body })
        .collect())
}
