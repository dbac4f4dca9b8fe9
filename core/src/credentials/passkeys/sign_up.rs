//! Opening an account with a passkey and no password.

use keepwell_store::Refusal;

use super::Site;
use super::add::{ask, insert, made};
use super::ceremony::{self, Ceremony};
use crate::Domain;
use crate::credentials::sign_up::{NO_PASSWORD, Opening, check, open};
use crate::credentials::{SignUpError, change_email, find_login, fold};
use crate::ids::{PersonId, RecordId};
use crate::keys::Purpose;
use crate::persons::NewPerson;

/// What a person tells us to open an account with a passkey.
#[derive(Clone, Debug)]
pub struct PasskeySignUp {
    /// The person.
    pub person: NewPerson,
    /// A code that it is opened with; none where everyone may open one.
    pub code: Option<String>,
    /// What the passkey is called.
    pub name: String,
}

/// Asks a browser to make a passkey for an account that is still to be opened. Answers what its page hands to
/// the device, as JSON.
///
/// # Errors
/// `SignUpError` naming the field that is refused, before the device is asked for anything.
pub async fn begin_sign_up(
    domain: &Domain,
    site: &Site,
    browser: &str,
    mut person: NewPerson,
) -> Result<String, SignUpError> {
    look(domain, &mut person).await?;
    let id = id_of(domain, browser, &person.email);
    let (options, state) = ask(site, id, &person.email, &person.name, Vec::new())?;
    ceremony::begin(domain, browser, &Ceremony::SignUp(id, state)).await?;
    Ok(options)
}

/// Opens the account with the passkey that a browser answers with, as JSON, and a record of the person's own.
///
/// # Errors
/// `SignUpError` naming the field that is refused; `Passkey` when the answer is not what was asked for, or
/// came too late.
pub async fn sign_up(
    domain: &Domain,
    site: &Site,
    browser: &str,
    answer: &str,
    mut command: PasskeySignUp,
) -> Result<(PersonId, RecordId), SignUpError> {
    look(domain, &mut command.person).await?;
    let Some(Ceremony::SignUp(id, state)) = ceremony::take(domain, browser).await? else {
        return Err(SignUpError::Passkey);
    };
    if id != id_of(domain, browser, &command.person.email) {
        return Err(SignUpError::Passkey);
    }
    let key = made(site, &state, answer).ok_or(SignUpError::Passkey)?;
    let opening = Opening { id, person: command.person, hash: NO_PASSWORD.to_owned(), code: command.code };
    let (mut flight, record) = open(domain, &opening)?;
    let (too_many, known) = (SignUpError::Passkey, SignUpError::Passkey);
    insert(domain, &mut flight, id, &key, &command.name, too_many, known)?;
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok((id, record))
}

/// What can be said of a person before anybody looks at a passkey.
async fn look(domain: &Domain, person: &mut NewPerson) -> Result<(), SignUpError> {
    check(person)?;
    let taken = find_login(domain, &person.email).await?.is_some()
        // Who changed their address may still take it back.
        || change_email::is_held(domain, &fold(&person.email)).await?;
    if taken { Err(SignUpError::Taken) } else { Ok(()) }
}

/// The id of an account that this browser opens for this address. It is the same when the form has to be sent
/// again, so that the device keeps one passkey of it and not one for each try.
fn id_of(domain: &Domain, browser: &str, email: &str) -> PersonId {
    let digest = domain.keys.mac(Purpose::Passkey, &[b"person", browser.as_bytes(), fold(email).as_bytes()]);
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    PersonId(uuid::Builder::from_random_bytes(id).into_uuid())
}
