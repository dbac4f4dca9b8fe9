//! Sessions: of applications, of persons in applications (user tokens), of persons at the Shell.

pub mod identity;
pub mod known_browser;
pub mod shell;
mod store;
pub mod user_token;

use keepwell_store::{Refusal, WriteFlight, params};
use secrecy::{ExposeSecret, SecretSlice};
pub(crate) use store::GO_WITH_PERSON;
use store::{INSERT_APP_SESSION, SWEEP_APP_SESSIONS};

use crate::env::HOUR;
use crate::ids::AppId;
use crate::keys::{KeyError, Purpose};
use crate::{Domain, Outage, tokens};

/// How long an application's session lives (wire.md 3.7).
pub const APP_SESSION_LIFE: i64 = 4 * HOUR;

/// What an application's requests are signed with.
#[derive(Clone, Debug)]
pub struct SessionKey {
    /// The HMAC key.
    pub secret: SecretSlice<u8>,
    /// The HMAC's name on the wire, `HMACSHA1` or `HMACSHA256`; later requests must use it.
    pub algorithm: String,
}

/// Why a session cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The secret cannot be sealed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Begins a session for an application that has proved itself; answers its token.
///
/// # Errors
/// `SessionError` when it cannot be kept.
pub async fn begin(domain: &Domain, app: AppId, key: &SessionKey) -> Result<String, SessionError> {
    let token = tokens::mint(&domain.env, "ASAAA");
    keep(domain, app, key, &token).await?;
    Ok(token)
}

/// Keeps a session under a token that is known already (one taken over from another server).
///
/// # Errors
/// `SessionError` when it cannot be kept.
pub async fn keep(domain: &Domain, app: AppId, key: &SessionKey, token: &str) -> Result<(), SessionError> {
    let hash = tokens::hash(token);
    let now = domain.env.now();
    let secret = domain.keys.seal(&domain.env, Purpose::SessionSecret, &hash, key.secret.expose_secret())?;
    let mut flight = WriteFlight::<SessionError>::new();
    // Now and then is enough for what has ended; each beginning would pay for it otherwise.
    if domain.env.bytes::<1>() == [0] {
        flight.run(SWEEP_APP_SESSIONS, params![now]);
    }
    let row = params![&hash, app, secret, &key.algorithm, now, now + APP_SESSION_LIFE];
    flight.run(INSERT_APP_SESSION, row);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}
