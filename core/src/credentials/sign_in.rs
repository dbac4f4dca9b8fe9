//! Proving oneself with a password.

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};
use uuid::Uuid;

use super::fold;
use super::sign_up::NO_PASSWORD;
use super::store::LOGIN;
use super::tries::{self, Gate, Held, Place};
use crate::ids::PersonId;
use crate::persons::{self, Person, State};
use crate::{Domain, Outage};

/// Why a sign-in failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// The name or the password is wrong; which of them is not told.
    #[error("the e-mail address or the password is not right")]
    Wrong,
    /// Too many wrong tries lately: whoever tries has to wait. It is the same for a name that nobody has.
    #[error("too many tries; please wait {seconds} seconds")]
    Paused {
        /// How long.
        seconds: i64,
    },
    /// The password is right, and the account is closed for now.
    #[error("this account is suspended")]
    Suspended,
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

impl From<Held> for SignInError {
    fn from(held: Held) -> Self {
        match held {
            Held::For { seconds } => Self::Paused { seconds },
            Held::Outage(outage) => Self::Outage(outage),
        }
    }
}

/// Checks a password that is tried at this machine itself, by a command or a test: as from a place without an
/// address.
///
/// # Errors
/// As [`sign_in_from`].
pub async fn sign_in(domain: &Domain, login_name: &str, password: &str) -> Result<PersonId, SignInError> {
    sign_in_from(domain, login_name, password, &Place::default()).await
}

/// Checks a password. An unknown name, and an account that has none, take as long as a wrong password.
///
/// # Errors
/// `SignInError::Wrong`, `Paused` or `Suspended`.
pub async fn sign_in_from(
    domain: &Domain,
    login_name: &str,
    password: &str,
    place: &Place<'_>,
) -> Result<PersonId, SignInError> {
    let login_name = fold(login_name);
    let login = login(domain, &login_name).await?;
    let owner = login.as_ref().map(|(person, _)| *person);
    let gates = tries::to_password(domain, &login_name, owner, place).await?;
    let person = judge(domain, gates, login, password).await?;
    may_come(domain, person).await
}

/// Whether someone who proved who they are may sign in. Who closed their account may too: they are asked whether they
/// keep it, and nothing else ([`crate::erasure::waiting`]).
pub(super) async fn may_come(domain: &Domain, person: PersonId) -> Result<PersonId, SignInError> {
    match persons::find(domain, person).await?.map(|found| found.state) {
        Some(State::Active | State::Closing) => Ok(person),
        Some(State::Suspended) => Err(SignInError::Suspended),
        Some(State::Erasing) | None => Err(SignInError::Wrong),
    }
}

/// Checks the password of a person who is signed in and proves once more who they are. The tries are those of
/// this sign-in, so that nobody else can use them up.
///
/// # Errors
/// `SignInError::Wrong` or `Paused`.
pub async fn prove_password(
    domain: &Domain,
    person: &Person,
    session: Uuid,
    password: &str,
) -> Result<(), SignInError> {
    let login_name = fold(&person.email);
    let login = login(domain, &login_name).await?.filter(|(owner, _)| *owner == person.id);
    let gates = tries::to_password(domain, &login_name, Some(person.id), &Place::of_session(session)).await?;
    judge(domain, gates, login, password).await.map(drop)
}

async fn login(domain: &Domain, login_name: &str) -> Result<Option<(PersonId, String)>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&LOGIN, params![login_name]);
    domain.store.read(flight).await?.first(slot)
}

/// Counts the try, looks, and gives a right one back.
async fn judge(
    domain: &Domain,
    gates: Vec<Gate>,
    login: Option<(PersonId, String)>,
    password: &str,
) -> Result<PersonId, SignInError> {
    let claim = tries::claim(domain, gates).await?;
    let Some((person, hash)) = login.filter(|(_, hash)| hash != NO_PASSWORD) else {
        domain.hasher.waste(password).await;
        return Err(SignInError::Wrong);
    };
    if !domain.hasher.verify(password, hash).await {
        return Err(SignInError::Wrong);
    }
    let mut confirm = WriteFlight::<SignInError>::new();
    claim.give_back(&mut confirm);
    domain.store.write(confirm).await.map_err(Refusal::reason)?;
    Ok(person)
}
