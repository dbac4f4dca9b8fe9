//! Taking a code.

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

use super::super::readable;
use super::super::tries::{self, Claim, Place};
use super::store::{CODES_LEFT, TAKE_CODE, USE_STEP};
use super::{SecondFactorError, find, recovery, secret, totp};
use crate::Domain;
use crate::ids::PersonId;

/// Which code it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// One of the app.
    Code,
    /// A recovery code, which is used up.
    Recovery {
        /// How many are left.
        left: u32,
    },
}

/// Takes a code of the person's app or a recovery code, each once. The try is counted before anybody looks.
///
/// # Errors
/// `SecondFactorError::Wrong` for a code that is not right or not right any more, `Paused` after many of them.
pub async fn check(
    domain: &Domain,
    person: PersonId,
    code: &str,
    place: &Place<'_>,
) -> Result<Given, SecondFactorError> {
    let claim = tries::claim(domain, tries::to_code(domain, person, place).await?).await?;
    let code = readable::fold(code);
    if totp::is_code(&code) {
        return take_step(domain, person, &code, claim).await;
    }
    take_recovery(domain, person, &code, claim).await
}

async fn take_step(
    domain: &Domain,
    person: PersonId,
    code: &str,
    claim: Claim,
) -> Result<Given, SecondFactorError> {
    let row = find(domain, person).await?.filter(|row| row.on_since.is_some());
    let row = row.ok_or(SecondFactorError::Wrong)?;
    let secret = secret::open(domain, person, &row.secret)?;
    let step = totp::step_of(&secret, code, domain.env.now()).ok_or(SecondFactorError::Wrong)?;
    let mut flight = WriteFlight::new();
    flight.run(USE_STEP, params![person, step]).affects(1, SecondFactorError::Wrong);
    claim.give_back(&mut flight);
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok(Given::Code)
}

async fn take_recovery(
    domain: &Domain,
    person: PersonId,
    code: &str,
    claim: Claim,
) -> Result<Given, SecondFactorError> {
    let mut flight = WriteFlight::new();
    let digest = recovery::digest(domain, person, code);
    flight.run(TAKE_CODE, params![&digest, person]).affects(1, SecondFactorError::Wrong);
    claim.give_back(&mut flight);
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    let mut flight = ReadFlight::new();
    let left = flight.ask(&CODES_LEFT, params![person]);
    let (left,) = domain.store.read(flight).await?.one(left)?;
    Ok(Given::Recovery { left: u32::try_from(left).unwrap_or_default() })
}
