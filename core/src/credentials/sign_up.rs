//! Opening an account.

use keepwell_store::{Refusal, WriteFlight, params};

use super::store::INSERT_LOGIN;
use super::{WeakPassword, change_email, check_password, fold, sign_up_code};
use crate::connections;
use crate::ids::{PersonId, RecordId};
use crate::letters::is_address;
use crate::persons::{self, NewPerson};
use crate::records::{self, NewRecord, RecordError, Relationship};
use crate::{Domain, Outage, names};

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
    /// The passkey that the account was to be opened with is not what was asked for, or came too late.
    #[error("this passkey cannot be used; please try again")]
    Passkey,
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

/// What stands where the hash of a password would, in an account without one.
pub(super) const NO_PASSWORD: &str = "";

/// An account that is to be opened, with whatever its person signs in with.
pub(super) struct Opening {
    /// The person's id.
    pub(super) id: PersonId,
    /// The person, checked.
    pub(super) person: NewPerson,
    /// The hash of the password, or [`NO_PASSWORD`].
    pub(super) hash: String,
    /// A code that it is opened with.
    pub(super) code: Option<String>,
}

/// Opens an account, with a record of the person's own.
///
/// # Errors
/// `SignUpError` naming the field that is refused.
pub async fn sign_up(domain: &Domain, command: SignUp) -> Result<(PersonId, RecordId), SignUpError> {
    let SignUp { mut person, password, code } = command;
    check(&mut person)?;
    check_password(&password, &[&person.name, &person.email])?;
    // Who changed their address may still take it back.
    if change_email::is_held(domain, &fold(&person.email)).await? {
        return Err(SignUpError::Taken);
    }
    let hash = domain
        .hasher
        .hash(&password, domain.env.bytes())
        .await
        .ok_or_else(|| Outage::Unavailable("a password could not be hashed".to_owned()))?;
    let opening = Opening { id: PersonId(domain.env.uuid()), person, hash, code };
    let (flight, record) = open(domain, &opening)?;
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok((opening.id, record))
}

/// The flight that opens an account.
pub(super) fn open(
    domain: &Domain,
    opening: &Opening,
) -> Result<(WriteFlight<SignUpError>, RecordId), SignUpError> {
    let Opening { id, person, hash, code } = opening;
    let (record_id, now) = (RecordId(domain.env.uuid()), domain.env.now());
    let record = NewRecord {
        name: person.name.clone(),
        relationship: Relationship::SelfOf,
        country: person.country.clone(),
    };
    let mut flight = WriteFlight::new();
    records::add(domain, &mut flight, record_id, *id, &record).map_err(from_record)?;
    let mut flight = flight.map_err(from_record);
    if let Some(code) = code
        && !connections::open_account(domain, &mut flight, code, SignUpError::Code)
    {
        sign_up_code::take(&mut flight, code, now);
    }
    persons::insert(&mut flight, *id, person, now);
    flight
        .run(INSERT_LOGIN, params![fold(&person.email), *id, hash, now])
        .unique("login_pkey", SignUpError::Taken);
    Ok((flight, record_id))
}

/// Tidies what a person says of themselves, and looks whether it can be kept.
pub(super) fn check(person: &mut NewPerson) -> Result<(), SignUpError> {
    person.name = names::one_line(&person.name);
    person.email = person.email.trim().to_owned();
    if person.name.is_empty() || person.name.chars().count() > 255 {
        return Err(SignUpError::Name);
    }
    if is_address(&person.email) { Ok(()) } else { Err(SignUpError::Email) }
}

fn from_record(error: RecordError) -> SignUpError {
    match error {
        RecordError::Name => SignUpError::Name,
        RecordError::Outage(outage) => SignUpError::Outage(outage),
    }
}
