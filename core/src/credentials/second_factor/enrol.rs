//! Turning the second step on: what the app is set up with is offered, and a code shows that the app has it.

use keepwell_store::{Refusal, WriteFlight, params};

use super::super::readable;
use super::store::{FactorRow, HOLD, OFFER, TURN_ON};
use super::totp::{self, Offer};
use super::{find, recovery, secret, tell};
use crate::env::HOUR;
use crate::letters::{self, Letter};
use crate::persons::Person;
use crate::{Domain, Outage};

/// For how long the same is offered, microseconds: a page that is loaded again shows what was scanned.
pub const OFFER_LIFE: i64 = HOUR;

/// Why the second step is not turned on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TurnOnError {
    /// The code is not of what was offered.
    #[error("this code is not right")]
    Wrong,
    /// Nothing is offered any more, or it is on already; for new recovery codes, that it is off.
    #[error("this cannot be done any more; please look at the page again")]
    Over,
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// What the person's app is to be set up with; `None` when the second step is on already. `issuer` is what the
/// server calls itself.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn offer(domain: &Domain, person: &Person, issuer: &str) -> Result<Option<Offer>, Outage> {
    let mut row = find(domain, person.id).await?;
    if row.as_ref().is_none_or(|row| row.on_since.is_none() && !is_good(domain, row)) {
        let sealed = secret::make(domain, person.id)?;
        let mut flight = WriteFlight::<Outage>::new();
        flight.run(OFFER, params![person.id, sealed, domain.env.now()]);
        domain.store.write(flight).await.map_err(Refusal::reason)?;
        // Of two pages at once both show what was kept.
        row = find(domain, person.id).await?;
    }
    let Some(row) = row.filter(|row| row.on_since.is_none()) else { return Ok(None) };
    let secret = secret::open(domain, person.id, &row.secret)?;
    let offer = totp::offer(&secret, issuer, &person.email);
    offer.map(Some).ok_or_else(|| Outage::Unavailable("a second step cannot be offered".to_owned()))
}

/// Turns the second step on with a code of what was offered, and posts the letter that tells of it; answers the
/// recovery codes, which nobody can read again.
///
/// # Errors
/// `TurnOnError::Wrong` for another code, `Over` when nothing is offered.
pub async fn turn_on(
    domain: &Domain,
    person: &Person,
    code: &str,
    letter: Option<&Letter>,
) -> Result<Vec<String>, TurnOnError> {
    let row = find(domain, person.id).await?;
    let row = row.filter(|row| row.on_since.is_none() && is_good(domain, row)).ok_or(TurnOnError::Over)?;
    let secret = secret::open(domain, person.id, &row.secret)?;
    let now = domain.env.now();
    let step = totp::step_of(&secret, &readable::fold(code), now).ok_or(TurnOnError::Wrong)?;
    let mut flight = WriteFlight::new();
    flight.run(TURN_ON, params![person.id, now, step, row.secret]).affects(1, TurnOnError::Over);
    let codes = recovery::renew(domain, &mut flight, person.id);
    tell(domain, &mut flight, letter);
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    letters::wake(domain);
    Ok(codes)
}

/// Gives the person new recovery codes; the old ones are worth nothing any more.
///
/// # Errors
/// `TurnOnError::Over` when the second step is off.
pub async fn renew_recovery_codes(
    domain: &Domain,
    person: &Person,
    letter: Option<&Letter>,
) -> Result<Vec<String>, TurnOnError> {
    let mut flight = WriteFlight::new();
    flight.run(HOLD, params![person.id]).affects(1, TurnOnError::Over);
    let codes = recovery::renew(domain, &mut flight, person.id);
    tell(domain, &mut flight, letter);
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    letters::wake(domain);
    Ok(codes)
}

fn is_good(domain: &Domain, row: &FactorRow) -> bool {
    domain.env.now() - row.offered < OFFER_LIFE
}
