//! Confirming an address by a letter: whoever follows the link reads the letters that go there.

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

use super::store::{
    DROP_CONFIRMATIONS, FIND_CONFIRMATION, INSERT_CONFIRMATION, SWEEP_CONFIRMATIONS, TAKE_CONFIRMATION,
};
use crate::env::DAY;
use crate::ids::PersonId;
use crate::letters::{self, Allowance, Letter, LetterError};
use crate::persons::{self, Person};
use crate::{Domain, Outage, tokens};

/// How long the link in the letter works, microseconds.
pub const LIFE: i64 = 7 * DAY;

/// What the letter needs.
#[derive(Clone)]
pub struct Confirmation {
    /// Where it goes.
    pub email: String,
    /// The token of the link in it.
    pub token: String,
}

/// Why an address cannot be confirmed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfirmError {
    /// The link was used, is too old, never was one, or the person has another address now.
    #[error("this link no longer works; ask for a new one")]
    Over,
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Sends a person the letter with the link, which `write` writes.
///
/// # Errors
/// `LetterError::Limit` when the address got too many of them lately.
pub async fn send_confirmation(
    domain: &Domain,
    person: &Person,
    write: impl FnOnce(&Confirmation) -> Letter,
) -> Result<(), LetterError> {
    let confirmation = Confirmation { email: person.email.clone(), token: tokens::mint(&domain.env, "") };
    let now = domain.env.now();
    let hash = tokens::hash(&confirmation.token);
    let mut flight = WriteFlight::new();
    let allowance = Allowance::address(domain, &person.email);
    letters::spend(domain, &mut flight, &allowance, 1, LetterError::Limit)?;
    flight.run(SWEEP_CONFIRMATIONS, params![now]);
    flight.run(INSERT_CONFIRMATION, params![&hash, person.id, &person.email, now + LIFE]);
    letters::post(domain, &mut flight, &write(&confirmation))?;
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    letters::wake(domain);
    Ok(())
}

/// The address that a letter's link is for, while the link works.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn email_to_confirm(domain: &Domain, token: &str) -> Result<Option<String>, Outage> {
    Ok(find(domain, token).await?.map(|(_, email)| email))
}

/// Confirms the address, once for each letter; answers which it was.
///
/// # Errors
/// `ConfirmError::Over` for a dead link.
pub async fn confirm_email(domain: &Domain, token: &str) -> Result<String, ConfirmError> {
    let (person, email) = find(domain, token).await?.ok_or(ConfirmError::Over)?;
    let mut flight = WriteFlight::new();
    flight
        .run(TAKE_CONFIRMATION, params![&tokens::hash(token), domain.env.now()])
        .affects(1, ConfirmError::Over);
    flight.run(DROP_CONFIRMATIONS, params![person]);
    persons::validate_email(&mut flight, person, &email).affects(1, ConfirmError::Over);
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok(email)
}

async fn find(domain: &Domain, token: &str) -> Result<Option<(PersonId, String)>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&FIND_CONFIRMATION, params![&tokens::hash(token), domain.env.now()]);
    let Some((id, email)) = domain.store.read(flight).await?.first(slot)? else { return Ok(None) };
    let person = persons::find(domain, id).await?;
    Ok(person.filter(|person| person.email == email).map(|_| (id, email)))
}
