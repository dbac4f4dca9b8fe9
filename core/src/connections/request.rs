//! A connect request, made by an application (methods.md 8.1).

use keepwell_store::{Refusal, WriteFlight, params};

use super::store::{FREE_EXPIRED, INSERT};
use super::{ConnectionError, ConnectionId, Kind, code, folded, live_key};
use crate::applications::Application;
use crate::{Domain, Outage};

/// What a clinic says when it asks.
#[derive(Clone, Debug, Default)]
pub struct NewRequest {
    /// What the person calls the record by, as the clinic knows it.
    pub friendly_name: String,
    /// What only the person can answer.
    pub question: String,
    /// The answer. Only its hash is kept.
    pub answer: String,
    /// The clinic's own id of the person.
    pub external_id: String,
}

/// Makes a request; answers its code, which is told this once.
///
/// # Errors
/// `ConnectionError` saying what is wrong with it.
pub async fn request(
    domain: &Domain,
    app: &Application,
    new: &NewRequest,
) -> Result<String, ConnectionError> {
    check(new)?;
    let salt = domain.env.bytes();
    let hashed = domain.hasher.hash(&folded(&new.answer), salt).await;
    let hashed = hashed.ok_or_else(|| Outage::Unavailable("an answer cannot be hashed".to_owned()))?;
    let code = code::mint(&domain.env);
    let canonical = code::canonical(&code).ok_or(ConnectionError::Changed)?;
    let now = domain.env.now();
    let key = live_key(domain, app.id, &new.external_id);
    let master = app.master().map(|master| master.0);
    let mut flight = WriteFlight::new();
    flight.run(FREE_EXPIRED, params![&key, now]);
    flight
        .run(
            INSERT,
            params![
                ConnectionId(domain.env.uuid()),
                code::hash(domain, &canonical),
                app.id,
                master,
                Kind::Connect.name(),
                &new.external_id,
                &new.friendly_name,
                &new.question,
                hashed,
                "pending",
                now,
                now + domain.limits.pickup,
                &key
            ],
        )
        .unique("connection_live", ConnectionError::Taken)
        .unique("connection_code", ConnectionError::Changed);
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok(code)
}

fn check(new: &NewRequest) -> Result<(), ConnectionError> {
    let longer = |text: &str, most: usize| text.chars().count() > most;
    if new.question.trim().is_empty() {
        return Err(ConnectionError::Question);
    }
    if new.answer.trim().is_empty() {
        return Err(ConnectionError::Answer);
    }
    if longer(&new.friendly_name, 255) || longer(&new.external_id, 255) {
        return Err(ConnectionError::TooLong(
            "friendly-name and external-id may have 255 characters at most",
        ));
    }
    if longer(&new.question, 1024) || longer(&new.answer, 1024) {
        return Err(ConnectionError::TooLong("question and answer may have 1024 characters at most"));
    }
    Ok(())
}
