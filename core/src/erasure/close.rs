//! Closing an account, and coming back.

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

use super::store::{CLOSE, DROP_RETURNS, FIND_RETURN, INSERT_RETURN, KEEP, SWEEP_RETURNS, WAITING};
use super::{RETURN_LIFE, WARN_BEFORE};
use crate::audit::{self, Action, Entry};
use crate::ids::PersonId;
use crate::letters::{self, Letter, LetterError};
use crate::persons::{self, Person};
use crate::sessions::shell;
use crate::{Domain, Outage, credentials, records, tokens};

/// An account that waits to be erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closing {
    /// When it was closed, microseconds UTC.
    pub closed: i64,
    /// When it will be erased.
    pub erase_after: i64,
}

/// Why an account is not closed, or not kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CloseError {
    /// It is closed or suspended already.
    #[error("this account is not in use")]
    NotInUse,
    /// Too late: it is being erased. Or the page lay open too long.
    #[error("this account cannot be kept any more, or not from this page")]
    Over,
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Closes a person's account: at the next request nobody comes to their records in their name, neither they nor an
/// application, and all their sign-ins end. Nothing is taken away until the answered time; who signs in before may keep
/// it. `write` writes the letter about it, for an address that is known to be the person's.
///
/// # Errors
/// `NotInUse`, or an outage.
pub async fn close(
    domain: &Domain,
    person: &Person,
    write: impl FnOnce(i64) -> Letter,
) -> Result<i64, CloseError> {
    let now = domain.env.now();
    let erase_after = now.saturating_add(domain.grace);
    let warned = domain.grace <= WARN_BEFORE;
    let mut flight = WriteFlight::new();
    flight
        .run(CLOSE, params![person.id, now, erase_after, warned])
        .unique("closure_pkey", CloseError::NotInUse);
    persons::is_closing(&mut flight, person.id).affects(1, CloseError::NotInUse);
    shell::drop_all(&mut flight, person.id);
    credentials::drop_pending(&mut flight, person.id);
    log(domain, &mut flight, person.id, Action::CloseAccount).await?;
    if person.email_validated {
        letters::post(domain, &mut flight, &write(erase_after)).map_err(of_letter)?;
    }
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    letters::wake(domain);
    Ok(erase_after)
}

fn of_letter(error: LetterError) -> CloseError {
    match error {
        LetterError::Outage(outage) => CloseError::Outage(outage),
        other => CloseError::Outage(Outage::Unavailable(other.to_string())),
    }
}

/// Whoever else keeps one of the person's records reads it in the log.
async fn log(
    domain: &Domain,
    flight: &mut WriteFlight<CloseError>,
    person: PersonId,
    action: Action,
) -> Result<(), Outage> {
    for record in records::all_of(domain, person).await? {
        audit::write(domain, flight, Entry::by_person(record, person, action));
    }
    Ok(())
}

/// How a closed account stands; none when it is in use, or is being erased.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn waiting(domain: &Domain, person: PersonId) -> Result<Option<Closing>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&WAITING, params![person]);
    let found = domain.store.read(flight).await?.first(slot)?;
    Ok(found.map(|(closed, erase_after)| Closing { closed, erase_after }))
}

/// What a person who has just proved themselves needs to keep their account.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn keep_token(domain: &Domain, person: PersonId) -> Result<String, Outage> {
    let token = tokens::mint(&domain.env, "");
    let now = domain.env.now();
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(SWEEP_RETURNS, params![now]);
    flight.run(INSERT_RETURN, params![&tokens::hash(&token), person, now + RETURN_LIFE]);
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok(token)
}

/// Keeps the account: everything is as it was before it was closed, but for the sign-ins. Answers whose it is.
///
/// # Errors
/// `Over` when the token is not good, or the account is being erased.
pub async fn keep(domain: &Domain, token: &str) -> Result<PersonId, CloseError> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&FIND_RETURN, params![&tokens::hash(token), domain.env.now()]);
    let (person,) = domain.store.read(flight).await?.first(slot)?.ok_or(CloseError::Over)?;
    let mut flight = WriteFlight::new();
    flight.run(KEEP, params![person]).affects(1, CloseError::Over);
    persons::reopen(&mut flight, person).affects(1, CloseError::Over);
    flight.run(DROP_RETURNS, params![person]);
    log(domain, &mut flight, person, Action::KeepAccount).await?;
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok(person)
}
