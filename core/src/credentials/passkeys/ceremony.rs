//! What a browser has been asked to sign. It is kept here under the hash of the browser's cookie, so that no
//! other browser can answer it, and is taken when an answer comes, right or wrong, so that none can come twice.

use keepwell_store::{Refusal, WriteFlight, params};
use serde::{Deserialize, Serialize};
use webauthn_rs::prelude::{DiscoverableAuthentication, PasskeyRegistration};

use super::store::{BEGIN, SWEEP, TAKE};
use super::{LIFE, document};
use crate::ids::PersonId;
use crate::{Domain, Outage};

/// What for.
#[derive(Serialize, Deserialize)]
pub(super) enum Ceremony {
    /// To sign in, as whoever the passkey belongs to.
    SignIn(DiscoverableAuthentication),
    /// To open an account, which will have this id.
    SignUp(PersonId, PasskeyRegistration),
    /// To add a passkey to an account.
    Add(PersonId, PasskeyRegistration),
}

/// Remembers what this browser is asked, instead of what it was asked before.
pub(super) async fn begin(domain: &Domain, browser: &str, ceremony: &Ceremony) -> Result<(), Outage> {
    let now = domain.env.now();
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(SWEEP, params![now]);
    flight.run(BEGIN, params![browser, document(ceremony)?, now + LIFE]);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// Takes what this browser was asked, if that was not too long ago.
pub(super) async fn take(domain: &Domain, browser: &str) -> Result<Option<Ceremony>, Outage> {
    let mut flight = WriteFlight::<Outage>::new();
    let slot = flight.ask(&TAKE, params![browser]).slot();
    let taken = domain.store.write(flight).await.map_err(Refusal::reason)?.first(slot)?;
    let current = taken.filter(|(_, expires)| *expires > domain.env.now());
    // One of an older version of this program cannot be answered any more; it would be over in minutes.
    Ok(current.and_then(|(document, _)| serde_json::from_str(&document).ok()))
}
