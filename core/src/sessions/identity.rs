//! Who a request comes from: everything its header names, read in one flight.
//!
//! Nothing in here is believed before the caller has checked the header's HMAC with the session's
//! key (wire.md 2.3); then the order of methods.md 2.7 decides what is missing.

use std::sync::Arc;

use keepwell_store::{ReadFlight, Slot, params};
use moka::sync::Cache;
use secrecy::SecretSlice;

use super::SessionKey;
use super::store::{
    APP_SESSION, DOOR_OFFLINE, DOOR_ONLINE, PERSON_BY_PSEUDONYM, RECORD_BY_PSEUDONYM, RETURN_OFFLINE,
    RETURN_ONLINE, USER_TOKEN,
};
pub(crate) use super::store::{DoorRow, Holds, ReturnRow};
use crate::applications::{self, Application, State};
use crate::authorizations::{Caller, Proof};
use crate::ids::{AppId, PersonId, PersonPseudonym, RecordId, RecordPseudonym};
use crate::keys::Purpose;
use crate::tokens::TokenHash;
use crate::{Domain, Outage, tokens};

/// What a request's header names.
#[derive(Clone, Debug, Default)]
pub struct Named<'a> {
    /// The application's session.
    pub auth_token: &'a str,
    /// The person's token (online).
    pub user_token: Option<&'a str>,
    /// The person's id (offline), as the application knows it.
    pub offline_person: Option<PersonPseudonym>,
    /// The record, as the application knows it.
    pub record: Option<RecordPseudonym>,
}

/// A person as the header named them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedPerson {
    /// The person.
    pub id: PersonId,
    /// Whether the account may be used.
    pub active: bool,
}

/// What was found. `None` means expired, withdrawn or never there.
#[derive(Debug)]
pub struct Identity {
    /// The application's session.
    pub session: Option<Session>,
    /// Whom the user token is for, if it is valid and this application's.
    pub online: Option<NamedPerson>,
    /// Whom the application knows by the offline id.
    pub offline: Option<NamedPerson>,
    /// Which record, and for whom, the application knows by the record id.
    pub record: Option<(RecordId, PersonId)>,
}

/// An application's session that is valid now.
#[derive(Debug)]
pub struct Session {
    /// The application.
    pub app: Arc<Application>,
    /// How it stands.
    pub state: State,
    /// What its requests are signed with.
    pub key: SessionKey,
    revision: i64,
}

/// What a former request of the same header has found out, apart from whether it still holds.
#[derive(Clone, Debug)]
pub struct Known {
    /// The application, as it was.
    pub app: Arc<Application>,
    /// What its requests are signed with.
    pub key: SessionKey,
    /// The record.
    pub record: RecordId,
    /// The person, with what must still hold. It is asked for in the flight that reads the data, so
    /// nothing is answered on a token, a person or an application that has ended.
    pub caller: Caller,
    expires: i64,
}

type Key = (TokenHash, Option<TokenHash>, Option<PersonPseudonym>, RecordPseudonym);

/// Who came lately; cheap to clone.
#[derive(Clone)]
pub struct Visitors {
    known: Cache<Key, Arc<Known>>,
}

impl Visitors {
    pub(crate) fn new() -> Self {
        Self { known: Cache::new(100_000) }
    }
}

fn key(named: &Named<'_>) -> Option<Key> {
    let user = named.user_token.map(tokens::hash);
    Some((tokens::hash(named.auth_token), user, named.offline_person, named.record?))
}

/// What is remembered of a header that names a person and a record.
#[must_use]
pub fn recall(domain: &Domain, named: &Named<'_>) -> Option<Arc<Known>> {
    let known = domain.visitors.known.get(&key(named)?)?;
    (known.expires > domain.env.now()).then_some(known)
}

/// Forgets a header, since something about it no longer holds.
pub fn forget(domain: &Domain, named: &Named<'_>) {
    if let Some(key) = key(named) {
        domain.visitors.known.invalidate(&key);
    }
}

/// Remembers a header whose every name was found, for [`recall`].
fn remember(domain: &Domain, named: &Named<'_>, identity: &Identity, expires: i64) {
    let online = named.user_token.is_some();
    let person = if online { identity.online } else { identity.offline };
    let (Some(key), Some(session)) = (key(named), &identity.session) else { return };
    let (Some(person), Some((record, owner))) = (person.filter(|p| p.active), identity.record) else {
        return;
    };
    if session.state != State::Active || owner != person.id {
        return;
    }
    let proof = Proof::new(session.revision, named.user_token.map(tokens::hash));
    let caller = Caller::application(Arc::clone(&session.app), person.id, online).while_holds(proof);
    let known = Known { app: Arc::clone(&session.app), key: session.key.clone(), record, caller, expires };
    domain.visitors.known.insert(key, Arc::new(known));
}

/// Asks within the flight that reads the data for a record with all that decides whether a caller who is
/// remembered may still come to it; no row when the person has no right to it at all.
pub(crate) fn ask_door(flight: &mut ReadFlight, wanted: &Wanted, now: i64) -> Slot<DoorRow> {
    let Wanted { record, person, app, user_token } = wanted;
    match user_token {
        Some(hash) => flight.ask(&DOOR_ONLINE, params![*record, *person, *app, hash, now]),
        None => flight.ask(&DOOR_OFFLINE, params![*record, *person, *app]),
    }
}

/// Asks the same for a caller who has come to this record before: not what they may do there, but whether
/// that may have changed.
pub(crate) fn ask_again(flight: &mut ReadFlight, wanted: &Wanted, now: i64) -> Slot<ReturnRow> {
    let Wanted { record, person, app, user_token } = wanted;
    match user_token {
        Some(hash) => flight.ask(&RETURN_ONLINE, params![*record, *person, *app, hash, now]),
        None => flight.ask(&RETURN_OFFLINE, params![*record, *person, *app]),
    }
}

/// Who is at the door of which record.
pub(crate) struct Wanted {
    pub(crate) record: RecordId,
    pub(crate) person: PersonId,
    pub(crate) app: AppId,
    /// With the person's token, or for a person who is away.
    pub(crate) user_token: Option<TokenHash>,
}

/// Looks up what a header names.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn identify(domain: &Domain, named: &Named<'_>) -> Result<Identity, Outage> {
    let hash = tokens::hash(named.auth_token);
    let now = domain.env.now();
    let mut flight = ReadFlight::new().short();
    let session = flight.ask(&APP_SESSION, params![&hash, now]);
    let online =
        named.user_token.map(|token| flight.ask(&USER_TOKEN, params![&tokens::hash(token), &hash, now]));
    let offline = named.offline_person.map(|id| flight.ask(&PERSON_BY_PSEUDONYM, params![&hash, id]));
    let record = named.record.map(|id| flight.ask(&RECORD_BY_PSEUDONYM, params![&hash, id]));
    let mut answers = domain.store.read(flight).await?;

    let person = |(id, state): (PersonId, String)| NamedPerson { id, active: state == "active" };
    let online = online.map(|slot| answers.first(slot)).transpose()?.flatten().map(person);
    let offline = offline.map(|slot| answers.first(slot)).transpose()?.flatten().map(person);
    let record = record.map(|slot| answers.first(slot)).transpose()?.flatten();
    let session = match answers.first(session)? {
        Some(row) => open_session(domain, &hash, row).await?,
        None => None,
    };
    let (session, expires) = session.map_or((None, 0), |(session, expires)| (Some(session), expires));
    let identity = Identity { session, online, offline, record };
    remember(domain, named, &identity, expires);
    Ok(identity)
}

type Row = (AppId, Vec<u8>, String, String, i64, i64);

/// The session, and when it ends.
async fn open_session(domain: &Domain, hash: &TokenHash, row: Row) -> Result<Option<(Session, i64)>, Outage> {
    let (app_id, sealed, algorithm, state, revision, expires) = row;
    // A secret that no key opens any more is a lost session: the client makes a new one.
    let Ok(secret) = domain.keys.open(Purpose::SessionSecret, hash, &sealed) else { return Ok(None) };
    let app = match domain.registry.kept(app_id, revision) {
        Some(app) => app,
        None => match applications::find(domain, app_id).await? {
            Some(registered) => registered.application,
            None => return Ok(None),
        },
    };
    let key = SessionKey { secret: SecretSlice::from(secret), algorithm };
    Ok(Some((Session { app, state: State::read(&state), key, revision }, expires)))
}
