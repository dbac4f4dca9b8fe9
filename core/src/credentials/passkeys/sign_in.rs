//! Signing in with a passkey: the device says whose it is, so that nobody types a name.

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};
use webauthn_rs::prelude::{DiscoverableAuthentication, Passkey as Key, PublicKeyCredential, WebauthnError};

use super::ceremony::{self, Ceremony};
use super::store::{FIND, USED};
use super::{Site, broken, document, for_browser};
use crate::credentials::sign_in::may_come;
use crate::credentials::{Place, SignInError, tries};
use crate::ids::PersonId;
use crate::{Domain, Outage};

/// How often a sign-in is decided anew when others with the same passkey come at the same moment.
const ATTEMPTS: usize = 5;

/// Asks a browser to sign in. Answers what its page hands to the device, as JSON.
///
/// # Errors
/// `Outage` when it cannot be kept.
pub async fn begin_sign_in(domain: &Domain, site: &Site, browser: &str) -> Result<String, Outage> {
    let (options, state) = site.webauthn.start_discoverable_authentication().map_err(broken)?;
    ceremony::begin(domain, browser, &Ceremony::SignIn(state)).await?;
    for_browser(&options)
}

/// Checks what a browser answers, as JSON; whose passkey it is comes back. A try is counted before anybody looks at
/// it, and a right one is given back.
///
/// # Errors
/// `SignInError::Wrong`, for whatever reason, `Paused` or `Suspended`.
pub async fn sign_in(
    domain: &Domain,
    site: &Site,
    browser: &str,
    place: &Place<'_>,
    answer: &str,
) -> Result<PersonId, SignInError> {
    let answer: Option<PublicKeyCredential> = serde_json::from_str(answer).ok();
    let owner = match &answer {
        Some(answer) => find(domain, answer).await?.map(|(person, _)| person),
        None => None,
    };
    let claim = tries::claim(domain, tries::to_passkey(domain, owner, place).await?).await?;
    let asked = ceremony::take(domain, browser).await?;
    let (Some(Ceremony::SignIn(state)), Some(answer)) = (asked, answer) else {
        return Err(SignInError::Wrong);
    };
    let person = prove(domain, site, &state, &answer).await?;
    let mut confirm = WriteFlight::<SignInError>::new();
    claim.give_back(&mut confirm);
    domain.store.write(confirm).await.map_err(Refusal::reason)?;
    may_come(domain, person).await
}

/// Whose passkey it says it is, and what is kept of that one.
async fn find(domain: &Domain, answer: &PublicKeyCredential) -> Result<Option<(PersonId, String)>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&FIND, params![answer.get_credential_id()]);
    domain.store.read(flight).await?.first(slot)
}

async fn prove(
    domain: &Domain,
    site: &Site,
    state: &DiscoverableAuthentication,
    answer: &PublicKeyCredential,
) -> Result<PersonId, SignInError> {
    let id = answer.get_credential_id();
    for _ in 0..ATTEMPTS {
        let (person, was) = find(domain, answer).await?.ok_or(SignInError::Wrong)?;
        if answer.get_user_unique_id() != Some(person.0.as_bytes().as_slice()) {
            return Err(SignInError::Wrong);
        }
        let mut key: Key = serde_json::from_str(&was).map_err(broken)?;
        let result = site.webauthn.finish_discoverable_authentication_v2(answer, state.clone(), &key);
        key.update_credential(&result.map_err(|why| refused(person, &why))?);
        let mut flight = WriteFlight::new();
        flight.run(USED, params![id, &was, document(&key)?, domain.env.now()]).affects(1, ());
        match domain.store.write(flight).await {
            Ok(_) => return Ok(person),
            // Used or removed at the same moment.
            Err(Refusal::Because(())) => {}
            Err(Refusal::Out(outage)) => return Err(outage.into()),
        }
    }
    Err(Outage::Busy.into())
}

fn refused(person: PersonId, why: &WebauthnError) -> SignInError {
    if matches!(why, WebauthnError::CredentialPossibleCompromise) {
        tracing::warn!(%person, "a passkey's counter went back: somebody may have a copy of it");
    }
    SignInError::Wrong
}
