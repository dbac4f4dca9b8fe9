//! Who a request comes from: everything its header names, read in one flight.
//!
//! Nothing in here is believed before the caller has checked the header's HMAC with the session's
//! key (wire.md 2.3); then the order of methods.md 2.7 decides what is missing.

use std::sync::Arc;

use keepwell_store::{ReadFlight, params};
use secrecy::SecretSlice;

use super::SessionKey;
use super::store::{APP_SESSION, PERSON_BY_PSEUDONYM, RECORD_BY_PSEUDONYM, USER_TOKEN};
use crate::applications::{self, Application, State};
use crate::ids::{AppId, PersonId, PersonPseudonym, RecordId, RecordPseudonym};
use crate::keys::Purpose;
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
}

/// Looks up what a header names.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn identify(domain: &Domain, named: &Named<'_>) -> Result<Identity, Outage> {
    let hash = tokens::hash(named.auth_token);
    let now = domain.env.now();
    let mut flight = ReadFlight::new();
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
    Ok(Identity { session, online, offline, record })
}

type Row = (AppId, Vec<u8>, String, String, i64);

async fn open_session(domain: &Domain, hash: &[u8; 32], row: Row) -> Result<Option<Session>, Outage> {
    let (app_id, sealed, algorithm, state, revision) = row;
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
    Ok(Some(Session { app, state: State::read(&state), key }))
}
