//! Beginning an upload (methods.md 11.4).

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

use super::hash::BlockHash;
use super::seal::{IN_ROW, seal};
use super::store::{BEGIN, PENDING};
use super::{BLOCK, BlobId, MAX, MAX_PENDING, UPLOAD_LIFE, UploadError, token};
use crate::Domain;
use crate::applications::Application;
use crate::authorizations::{AccessError, Caller, knock};
use crate::ids::{AppId, PersonId, RecordId};
use crate::records::State;

/// An upload that has begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// What its URL carries: the only credential of the upload.
    pub token: String,
    /// Bytes that it may have.
    pub most: i64,
}

/// Begins an upload for a person; into a record, if it is known already which.
///
/// # Errors
/// `UploadError::Access` when the record's door stays shut, `Quota` when it is full, `Pending` when too many
/// uploads wait.
pub async fn begin(domain: &Domain, caller: &Caller, record: Option<RecordId>) -> Result<Begun, UploadError> {
    let now = domain.env.now();
    let mut flight = ReadFlight::new();
    let door = record.map(|record| knock(&mut flight, caller, record, now));
    let app = caller.app().map(|app| app.id);
    let pending = app.map(|app| flight.ask(&PENDING, params![caller.person_id(), app]));
    let mut answers = domain.store.read(flight).await?;
    let mut most = MAX;
    if let Some(door) = door {
        let access = door.open(caller, &mut answers, now)?;
        if access.about().state != State::Active {
            return Err(AccessError::Denied.into());
        }
        most = most.min(access.about().max_size_bytes - access.about().size_bytes);
        if most <= 0 {
            return Err(UploadError::Quota);
        }
    }
    if let Some(slot) = pending
        && answers.first(slot)?.is_some_and(|(count, _)| count >= MAX_PENDING)
    {
        return Err(UploadError::Pending);
    }
    let id = BlobId(domain.env.uuid());
    let (token, secret_hash) = token::for_upload(&domain.env, id);
    let mut flight = WriteFlight::<UploadError>::new();
    add(&mut flight, id, &secret_hash, &Owner::of(caller, record), now + UPLOAD_LIFE);
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok(Begun { token, most })
}

/// Begins an upload of what an application leaves for a person, whom nobody knows yet (methods.md 8.7).
///
/// # Errors
/// `UploadError::Pending` when too many uploads wait.
pub async fn begin_for_package(domain: &Domain, app: &Application) -> Result<Begun, UploadError> {
    let mut flight = ReadFlight::new();
    let pending = flight.ask(&PENDING, params![NOBODY, app.id]);
    let pending = domain.store.read(flight).await?.first(pending)?;
    if pending.is_some_and(|(count, _)| count >= MAX_PENDING) {
        return Err(UploadError::Pending);
    }
    let id = BlobId(domain.env.uuid());
    let (token, secret_hash) = token::for_upload(&domain.env, id);
    let nothing = seal(domain, id, IN_ROW, &[])?;
    let owner = Owner { app: Some(app.id), person: NOBODY, record: None, sealed_nothing: Some(nothing) };
    let mut flight = WriteFlight::<UploadError>::new();
    add(&mut flight, id, &secret_hash, &owner, domain.env.now() + UPLOAD_LIFE);
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok(Begun { token, most: MAX })
}

/// For whom a package's blobs are uploaded.
const NOBODY: PersonId = PersonId(uuid::Uuid::nil());

/// Whose an upload is.
pub(super) struct Owner {
    app: Option<AppId>,
    person: PersonId,
    record: Option<RecordId>,
    /// No bytes, as they lie sealed; none where bytes lie as they came.
    sealed_nothing: Option<Vec<u8>>,
}

impl Owner {
    pub(super) fn of(caller: &Caller, record: Option<RecordId>) -> Self {
        let app = caller.app().map(|app| app.id);
        Self { app, person: caller.person_id(), record, sealed_nothing: None }
    }
}

/// Adds an upload without bytes to a flight.
pub(super) fn add<E>(
    flight: &mut WriteFlight<E>,
    id: BlobId,
    secret_hash: &[u8; 32],
    owner: &Owner,
    expires: i64,
) {
    let state = BlockHash::new(BLOCK).save();
    let Owner { app, person, record, sealed_nothing } = owner;
    let is_sealed = sealed_nothing.is_some();
    let nothing = sealed_nothing.clone().unwrap_or_default();
    flight.run(BEGIN, params![id, secret_hash, *app, *person, *record, expires, state, nothing, is_sealed]);
}
