//! Another e-mail address, which is also the name to sign in with. It counts once the button of the letter that goes
//! there is pressed. The former address gets a letter at once, another when it happened, and with that a way back.

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

use super::fold;
use super::store::{
    CHANGE_OF, DROP_CHANGES, DROP_CONFIRMATIONS, DROP_RESETS_OF, FIND_CHANGE, FIND_LOGIN, HELD,
    INSERT_CHANGE, INSERT_UNDO, RENAME_LOGIN, SWEEP_CHANGES, SWEEP_UNDOS, TAKE_CHANGE,
};
use crate::env::DAY;
use crate::ids::PersonId;
use crate::letters::{self, Allowance, Letter, LetterError, is_address};
use crate::persons::{self, Person, State};
use crate::{Domain, Outage, tokens};

/// How long the link to the new address works, microseconds.
pub const LIFE: i64 = 7 * DAY;
/// How long the link back to the former address works, microseconds.
pub const UNDO_LIFE: i64 = 7 * DAY;

/// A letter about a change, by who gets it.
#[derive(Clone, Debug)]
pub enum Told<'a> {
    /// The new address: with the token of the link by which it is confirmed.
    New(&'a str),
    /// The new address, with which somebody else signs in already.
    Taken,
    /// The former address: what was asked for.
    Asked,
    /// The former address: it happened. With the token of the link back.
    Changed(&'a str),
}

/// Why an address is not changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeEmailError {
    /// It is none.
    #[error("this is not an e-mail address")]
    Email,
    /// It is the one that the person has.
    #[error("this is the address already")]
    Same,
    /// Too many letters lately.
    #[error("there were too many letters lately; please wait")]
    Limit,
    /// The link was used, is too old, never was one, or the person has another address by now.
    #[error("this link no longer works")]
    Over,
    /// Somebody else signs in with it. Said only to who reads the letters that go there.
    #[error("there is an account with this address")]
    Taken,
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

impl From<LetterError> for ChangeEmailError {
    fn from(error: LetterError) -> Self {
        match error {
            LetterError::Limit => Self::Limit,
            LetterError::Outage(outage) => Self::Outage(outage),
            LetterError::Address
            | LetterError::Name
            | LetterError::Subject
            | LetterError::Recipients
            | LetterError::Body => Self::Email,
        }
    }
}

/// Asks for another address. Whether somebody signs in with it already is not told: that address is written to
/// either way, and the page says the same. `write` writes the letter to an address.
///
/// # Errors
/// `Email`, `Same`, `Limit`, or an outage.
pub async fn ask_email(
    domain: &Domain,
    person: &Person,
    email: &str,
    write: impl Fn(&str, &Told<'_>) -> Letter,
) -> Result<(), ChangeEmailError> {
    let email = email.trim();
    if !is_address(email) {
        return Err(ChangeEmailError::Email);
    }
    if fold(email) == fold(&person.email) && person.email_validated {
        return Err(ChangeEmailError::Same);
    }
    let now = domain.env.now();
    let taken = is_anothers(domain, person.id, &fold(email)).await?;
    let token = tokens::mint(&domain.env, "");
    let told = if taken { Told::Taken } else { Told::New(&token) };
    let mut flight = WriteFlight::new();
    // Nobody has others flooded, neither one address nor many.
    letters::spend(domain, &mut flight, &Allowance::address(domain, email), 1, ChangeEmailError::Limit)?;
    letters::spend(domain, &mut flight, &Allowance::person(domain, person.id), 1, ChangeEmailError::Limit)?;
    flight.run(SWEEP_CHANGES, params![now]);
    flight.run(DROP_CHANGES, params![person.id]);
    let row = params![&tokens::hash(&token), person.id, email, &person.email, now + LIFE];
    flight.run(INSERT_CHANGE, row);
    letters::post(domain, &mut flight, &write(email, &told))?;
    if person.email_validated {
        letters::post(domain, &mut flight, &write(&person.email, &Told::Asked))?;
    }
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    letters::wake(domain);
    Ok(())
}

/// Whether this name is somebody else's to sign in with, or may become so again.
async fn is_anothers(domain: &Domain, person: PersonId, login_name: &str) -> Result<bool, Outage> {
    let mut flight = ReadFlight::new();
    let login = flight.ask(&FIND_LOGIN, params![login_name]);
    let held = flight.ask(&HELD, params![login_name, domain.env.now()]);
    let mut answers = domain.store.read(flight).await?;
    let mut owners = answers.all(login)?.into_iter().chain(answers.all(held)?);
    Ok(owners.any(|(owner,)| owner != person))
}

/// Whether a former holder may still come back to this name.
pub(super) async fn is_held(domain: &Domain, login_name: &str) -> Result<bool, Outage> {
    is_anothers(domain, PersonId(uuid::Uuid::nil()), login_name).await
}

/// The address that a person asked for and did not confirm yet.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn asked_email(domain: &Domain, person: PersonId) -> Result<Option<String>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&CHANGE_OF, params![person, domain.env.now()]);
    Ok(domain.store.read(flight).await?.first(slot)?.map(|(email,)| email))
}

/// The person does not want it any more.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn drop_asked_email(domain: &Domain, person: PersonId) -> Result<(), Outage> {
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(DROP_CHANGES, params![person]);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// The new address and the former one that a letter's link is about, while the link works.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn email_to_take(domain: &Domain, token: &str) -> Result<Option<(String, String)>, Outage> {
    Ok(find(domain, token).await?.map(|(_, email, former)| (email, former)))
}

async fn find(domain: &Domain, token: &str) -> Result<Option<(PersonId, String, String)>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&FIND_CHANGE, params![&tokens::hash(token), domain.env.now()]);
    let Some(found) = domain.store.read(flight).await?.first(slot)? else { return Ok(None) };
    // A change that was made meanwhile, or undone, is not what this letter was about.
    let person = persons::find(domain, found.0).await?;
    Ok(person.filter(|p| p.email == found.2 && p.state == State::Active).map(|_| found))
}

/// Makes the new address the person's, and the name with which they sign in; links in letters to the former one die.
/// Answers the new one.
///
/// # Errors
/// `Over` for a dead link, `Taken` when somebody else signs in with it by now.
pub async fn take_email(
    domain: &Domain,
    token: &str,
    write: impl Fn(&str, &Told<'_>) -> Letter,
) -> Result<String, ChangeEmailError> {
    let (id, email, former) = find(domain, token).await?.ok_or(ChangeEmailError::Over)?;
    let person = persons::find(domain, id).await?.ok_or(ChangeEmailError::Over)?;
    if is_anothers(domain, id, &fold(&email)).await? {
        return Err(ChangeEmailError::Taken);
    }
    let now = domain.env.now();
    let undo = tokens::mint(&domain.env, "");
    let mut flight = WriteFlight::new();
    flight.run(TAKE_CHANGE, params![&tokens::hash(token), now]).affects(1, ChangeEmailError::Over);
    rename(&mut flight, id, &email);
    flight.run(SWEEP_UNDOS, params![now]);
    if person.email_validated {
        let row = params![&tokens::hash(&undo), id, &former, fold(&former), now, now + UNDO_LIFE];
        flight.run(INSERT_UNDO, row);
        letters::post(domain, &mut flight, &write(&former, &Told::Changed(&undo)))?;
    }
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    letters::wake(domain);
    Ok(email)
}

/// Another address and name to sign in with, at once; what was sent to the one before is dead.
pub(super) fn rename(flight: &mut WriteFlight<ChangeEmailError>, id: PersonId, email: &str) {
    flight.run(DROP_CHANGES, params![id]);
    flight.run(DROP_CONFIRMATIONS, params![id]);
    flight.run(DROP_RESETS_OF, params![id]);
    flight
        .run(RENAME_LOGIN, params![id, fold(email)])
        .affects(1, ChangeEmailError::Over)
        .unique("login_pkey", ChangeEmailError::Taken);
    persons::change_email(flight, id, email).affects(1, ChangeEmailError::Over);
}
