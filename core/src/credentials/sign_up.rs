//! Opening an account.

use keepwell_store::{Refusal, WriteFlight, params};

use super::store::INSERT_LOGIN;
use super::{WeakPassword, check_password, fold, sign_up_code};
use crate::connections;
use crate::ids::{PersonId, RecordId};
use crate::letters::is_address;
use crate::persons::{self, NewPerson};
use crate::records::{self, NewRecord, RecordError, Relationship};
use crate::{Domain, Outage};

/// What a person tells us to open an account.
#[derive(Clone, Debug)]
pub struct SignUp {
    /// The person.
    pub person: NewPerson,
    /// The password, in clear.
    pub password: String,
    /// A code that it is opened with; none where everyone may open one.
    pub code: Option<String>,
}

/// Why an account cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignUpError {
    /// The name is empty or too long.
    #[error("a name has 1 to 255 characters")]
    Name,
    /// The address is not one.
    #[error("this is not an e-mail address")]
    Email,
    /// There is an account with this address.
    #[error("there is an account with this address already")]
    Taken,
    /// The code is not known, has been used, or is too old.
    #[error("this code does not open an account (any more)")]
    Code,
    /// The password is refused.
    #[error(transparent)]
    Password(#[from] WeakPassword),
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Opens an account, with a record of the person's own.
///
/// # Errors
/// `SignUpError` naming the field that is refused.
pub async fn sign_up(domain: &Domain, command: SignUp) -> Result<(PersonId, RecordId), SignUpError> {
    let SignUp { person, password, code } = decide(command)?;
    let hash = domain
        .hasher
        .hash(&password, domain.env.bytes())
        .await
        .ok_or_else(|| Outage::Unavailable("a password could not be hashed".to_owned()))?;
    let (person_id, record_id) = (PersonId(domain.env.uuid()), RecordId(domain.env.uuid()));
    let now = domain.env.now();
    let record = NewRecord {
        name: person.name.clone(),
        relationship: Relationship::SelfOf,
        country: person.country.clone(),
    };
    let mut flight = WriteFlight::new();
    records::add(domain, &mut flight, record_id, person_id, &record).map_err(from_record)?;
    let mut flight = flight.map_err(from_record);
    if let Some(code) = &code
        && !connections::open_account(domain, &mut flight, code, SignUpError::Code)
    {
        sign_up_code::take(&mut flight, code, now);
    }
    persons::insert(&mut flight, person_id, &person, now);
    flight
        .run(INSERT_LOGIN, params![fold(&person.email), person_id, hash, now])
        .unique("login_pkey", SignUpError::Taken);
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok((person_id, record_id))
}

fn decide(mut command: SignUp) -> Result<SignUp, SignUpError> {
    let person = &mut command.person;
    person.name = person.name.trim().to_owned();
    person.email = person.email.trim().to_owned();
    if person.name.is_empty() || person.name.chars().count() > 255 {
        return Err(SignUpError::Name);
    }
    if !is_address(&person.email) {
        return Err(SignUpError::Email);
    }
    check_password(&command.password, &[&person.name, &person.email])?;
    Ok(command)
}

fn from_record(error: RecordError) -> SignUpError {
    match error {
        RecordError::Name => SignUpError::Name,
        RecordError::Outage(outage) => SignUpError::Outage(outage),
    }
}
