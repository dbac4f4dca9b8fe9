//! The audit log: who did what to a record, through which application, and how.
//!
//! A write's entry is in its own flight, a read's is queued and committed within [`READ_BOUND`]; each with its place in
//! the record's chain. Each entry keeps a keyed digest of what it says, so that a body can be erased while the digest
//! stays.

mod action;
mod activity;
mod chain;
mod erased;
mod heads;
mod note;
mod read_log;
mod refused;
mod seal;
mod store;
mod verify;

use keepwell_store::{Outage, ReadFlight, Value, WriteFlight, params};
use serde::Serialize;

pub use action::{Action, Deed};
pub use activity::{Activity, Actor, Filter, Reader, Who, activity, actors, exported_log, readers};
use chain::Said;
pub use erased::{Erasure, sweep_late};
pub(crate) use erased::{erase, last_words};
pub use heads::{Head, heads, logged_records};
pub use read_log::{READ_BOUND, ReadLog};
pub use refused::{MOST_STRANGERS, REFUSED_EVERY, refused};
pub use seal::{SEAL_BOUND, SEAL_EVERY, seal};
pub(crate) use store::GO_WITH_RECORD;
use store::{EntryRow, LATEST};
pub use verify::{Fault, MAX_FAULTS, Report, verify};

use crate::Domain;
use crate::authorizations::{Avenue, RecordAccess};
use crate::ids::{AppId, PersonId, RecordId};

/// Who stands in an entry where the host of the server acted and no person.
pub const HOST: PersonId = PersonId(uuid::Uuid::nil());

/// Who stands in an entry for its reader where somebody who does not hold the record was refused. Who it was is for
/// who runs the server to know, from the table: else a link to one's own record would tell of whoever opens it what
/// they are called, and that they have an account.
pub const STRANGER: PersonId = PersonId(uuid::Uuid::max());

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
    /// Which.
    pub id: uuid::Uuid,
    /// Its place in the record's chain; none while it waits for its seal.
    pub sequence: Option<i64>,
    /// When, microseconds UTC.
    pub at: i64,
    /// Who; [`STRANGER`] where that is not for the reader to know.
    pub person: PersonId,
    /// Through which application; none at the Shell.
    pub app: Option<AppId>,
    /// What.
    pub action: String,
    /// How: `Online`, `Offline`, `Shell` or `Host`.
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

/// An entry with what it gets when it is made.
#[derive(Clone, Debug)]
struct Made {
    id: uuid::Uuid,
    at: i64,
    entry: Entry,
    digest: [u8; 32],
}

impl Made {
    fn now(domain: &Domain, entry: Entry) -> Self {
        let mut made = Self { id: domain.env.uuid_in_time(), at: domain.env.now(), entry, digest: [0; 32] };
        made.digest = made.said().digest(&domain.keys, &made.entry.body);
        made
    }

    /// What it says of itself.
    fn said(&self) -> Said<'_> {
        let Self { id, at, entry, .. } = self;
        Said {
            record: entry.record,
            id: *id,
            at: *at,
            person: entry.person.0,
            app: entry.app,
            action: entry.action.name(),
            avenue: entry.avenue.name(),
        }
    }

    /// The entry as it is stored.
    fn row(self) -> Vec<Value> {
        let Self { id, at, entry, digest } = self;
        let (action, avenue) = (entry.action.name(), entry.avenue.name());
        params![entry.record, id, at, entry.person, entry.app, action, avenue, entry.body, digest]
    }
}

/// Adds an entry to the flight whose change it tells of.
pub(crate) fn write<E>(domain: &Domain, flight: &mut WriteFlight<E>, entry: Entry) {
    let (record, made) = (entry.record, Made::now(domain, entry));
    note::note(flight, &domain.keys, made.at, record, vec![made]);
}

/// Queues the entry of a read; where the host wants it so, done when the entry is committed.
pub(crate) fn read(domain: &Domain, entry: Entry) -> impl Future<Output = ()> + Send {
    domain.reads.push(Made::now(domain, entry))
}

/// Notes that an application was told what it may do with a record.
pub async fn told_permissions(domain: &Domain, access: &RecordAccess) {
    read(domain, Entry::of(access, Action::ReadPermissions)).await;
}

/// The newest entries of a record, for its person at the Shell.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn latest(domain: &Domain, access: &RecordAccess, count: u32) -> Result<Vec<Logged>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&LATEST, params![access.record(), count]);
    let rows = domain.store.read(flight).await?.all(slot)?;
    Ok(rows.into_iter().map(|row| Logged::for_reader(row, access.person())).collect())
}

impl Logged {
    /// The entry as this person reads it.
    fn for_reader(row: EntryRow, reader: PersonId) -> Self {
        let EntryRow { id, at, person, app, action, avenue, body, sequence, .. } = row;
        let is_hidden = action == Action::RefusedStranger.name() && person != reader;
        let person = if is_hidden { STRANGER } else { person };
        Self { id, sequence, at, person, app, action, avenue, body }
    }
}
