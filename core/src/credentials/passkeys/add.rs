//! Adding a passkey to an account.

use keepwell_store::{Refusal, WriteFlight, params};
use webauthn_rs::prelude::{
    CreationChallengeResponse, CredentialID, Passkey as Key, PasskeyRegistration, RegisterPublicKeyCredential,
};

use super::ceremony::{self, Ceremony};
use super::store::{INSERT, ONE_MORE};
use super::{LONGEST_NAME, MOST, PasskeyError, Site, broken, document, for_browser, keys, post};
use crate::ids::PersonId;
use crate::letters::{self, Letter};
use crate::persons::Person;
use crate::{Domain, Outage, names};

/// Asks a browser to make a passkey for a person who is signed in with it. Answers what its page hands to the
/// device, as JSON. A device that holds one of this person's already says so itself.
///
/// # Errors
/// `PasskeyError::TooMany` when the person has as many as one may have.
pub async fn begin_adding(
    domain: &Domain,
    site: &Site,
    browser: &str,
    person: &Person,
) -> Result<String, PasskeyError> {
    let held = keys(domain, person.id).await?;
    if i64::try_from(held.len()).is_ok_and(|held| held >= MOST) {
        return Err(PasskeyError::TooMany);
    }
    let held = held.iter().map(|key| key.cred_id().clone()).collect();
    let (options, state) = ask(site, person.id, &person.email, &person.name, held)?;
    ceremony::begin(domain, browser, &Ceremony::Add(person.id, state)).await?;
    Ok(options)
}

/// Adds the passkey that a browser answers with, as JSON, under this name, and posts the letter about it.
///
/// # Errors
/// `PasskeyError` saying why not.
pub async fn add(
    domain: &Domain,
    site: &Site,
    browser: &str,
    person: PersonId,
    answer: &str,
    name: &str,
    letter: Option<&Letter>,
) -> Result<(), PasskeyError> {
    let state = match ceremony::take(domain, browser).await? {
        Some(Ceremony::Add(asked, state)) if asked == person => state,
        _ => return Err(PasskeyError::Over),
    };
    let key = made(site, &state, answer).ok_or(PasskeyError::Wrong)?;
    let mut flight = WriteFlight::new();
    insert(domain, &mut flight, person, &key, name, PasskeyError::TooMany, PasskeyError::Known)?;
    post(domain, &mut flight, letter)?;
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    letters::wake(domain);
    Ok(())
}

/// What a device is asked to make: a passkey that it can find again without a name.
pub(super) fn ask(
    site: &Site,
    person: PersonId,
    email: &str,
    name: &str,
    held: Vec<CredentialID>,
) -> Result<(String, PasskeyRegistration), Outage> {
    let begun = site.webauthn.start_passkey_registration(person.0, email, name, Some(held));
    let (options, state) = begun.map_err(broken)?;
    Ok((findable(&options)?, state))
}

/// The library leaves it to the device whether it can find the passkey by itself; signing in needs it.
fn findable(options: &CreationChallengeResponse) -> Result<String, Outage> {
    let mut options = serde_json::to_value(options).map_err(broken)?;
    if let Some(selection) = options.pointer_mut("/publicKey/authenticatorSelection") {
        selection["residentKey"] = "required".into();
        selection["requireResidentKey"] = true.into();
    }
    for_browser(&options)
}

/// The passkey that a browser answers with, if it is what was asked for.
pub(super) fn made(site: &Site, state: &PasskeyRegistration, answer: &str) -> Option<Key> {
    let answer: RegisterPublicKeyCredential = serde_json::from_str(answer).ok()?;
    site.webauthn.finish_passkey_registration(&answer, state).ok()
}

/// Adds a passkey to an operation's flight. `too_many` and `known`, for one that belongs to somebody already,
/// are the flight's errors.
pub(super) fn insert<E>(
    domain: &Domain,
    flight: &mut WriteFlight<E>,
    person: PersonId,
    key: &Key,
    name: &str,
    too_many: E,
    known: E,
) -> Result<(), Outage> {
    let (id, now) = (domain.env.uuid(), domain.env.now());
    flight.run(ONE_MORE, params![person, MOST]).affects(1, too_many);
    let row =
        params![key.cred_id().as_slice(), id, person, names::short(name, LONGEST_NAME), document(key)?, now];
    flight.run(INSERT, row).unique("passkey_pkey", known);
    Ok(())
}
