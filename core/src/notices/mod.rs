//! Notices: what happened in a person's name and they should know of. They stand at the Shell until the person
//! says that they have seen them (connectivity.md 3.7).

mod store;

use std::net::IpAddr;

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};
use serde::{Deserialize, Serialize};
use store::{DISMISS, INSERT, OF, SWEEP};
pub(crate) use store::{GO_WITH_PERSON, GO_WITH_RECORD};
use uuid::Uuid;

use crate::env::DAY;
use crate::ids::{AppId, PersonId, RecordId};
use crate::{Domain, Outage};

/// The most that are shown.
const MOST: u32 = 20;
/// How long one stands that nobody dismisses, in microseconds.
const LIFE: i64 = 180 * DAY;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    /// An application was connected to a record with a pickup code.
    Connected(AppId, RecordId),
    /// Wrong answers locked the code of an application.
    Locked(AppId),
    /// Somebody signed in with a browser that was new to the account.
    SignedIn(SignedIn),
}

/// A sign-in with a new browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// The browser, as it calls itself.
    pub agent: String,
    /// Where it was.
    pub address: Option<IpAddr>,
}

impl Happened {
    fn name(&self) -> &'static str {
        match self {
            Self::Connected(..) => "connected",
            Self::Locked(_) => "locked",
            Self::SignedIn(_) => "signed-in",
        }
    }

    fn parts(&self) -> (Option<AppId>, Option<RecordId>, Option<String>) {
        match self {
            Self::Connected(app, record) => (Some(*app), Some(*record), None),
            Self::Locked(app) => (Some(*app), None, None),
            Self::SignedIn(signed_in) => (None, None, serde_json::to_string(signed_in).ok()),
        }
    }

    fn read(row: &store::Row) -> Option<Self> {
        let (_, _, name, app, record, detail) = row;
        match (name.as_str(), app, record, detail) {
            ("connected", Some(app), Some(record), _) => Some(Self::Connected(*app, *record)),
            ("locked", Some(app), None, _) => Some(Self::Locked(*app)),
            ("signed-in", None, None, Some(detail)) => serde_json::from_str(detail).ok().map(Self::SignedIn),
            _ => None,
        }
    }
}

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Which.
    pub id: Uuid,
    /// When, microseconds UTC.
    pub at: i64,
    /// What.
    pub happened: Happened,
}

/// Tells a person, in the flight of what happened.
pub(crate) fn add<E>(domain: &Domain, flight: &mut WriteFlight<E>, person: PersonId, happened: &Happened) {
    let (app, record, detail) = happened.parts();
    let (id, now) = (domain.env.uuid_in_time(), domain.env.now());
    flight.run(INSERT, params![person, id, now, happened.name(), app, record, detail]);
}

/// Tells a person what no flight of its own came of.
pub(crate) async fn tell(domain: &Domain, person: PersonId, happened: Happened) -> Result<(), Outage> {
    let mut flight = WriteFlight::<Outage>::new();
    add(domain, &mut flight, person, &happened);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// What a person has not dismissed, the newest first.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn of(domain: &Domain, person: PersonId) -> Result<Vec<Notice>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&OF, params![person, MOST]);
    let rows = domain.store.read(flight).await?.all(slot)?;
    let notice =
        |row: store::Row| Happened::read(&row).map(|happened| Notice { id: row.0, at: row.1, happened });
    Ok(rows.into_iter().filter_map(notice).collect())
}

/// Forgets a notice of the person. That there is none is fine.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn dismiss(domain: &Domain, person: PersonId, id: Uuid) -> Result<(), Outage> {
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(DISMISS, params![person, id]);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// Forgets those that stood for half a year.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn sweep(domain: &Domain) -> Result<(), Outage> {
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(SWEEP, params![domain.env.now() - LIFE]);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}
