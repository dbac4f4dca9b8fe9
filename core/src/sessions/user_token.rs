//! A person's token for one application: the `wctoken` that the Shell gives it (shell.md 5).

use keepwell_store::{Refusal, WriteFlight, params};

use super::store::{DROP_USER_TOKEN, INSERT_USER_TOKEN, SWEEP_USER_TOKENS};
use crate::env::{DAY, SECOND};
use crate::ids::{AppId, PersonId};
use crate::{Domain, Outage, tokens};

/// How long a token lives when the person did not choose to stay signed in.
pub const LIFE: i64 = DAY;

/// Gives a token. `stay_seconds` is the application's time for persons who stay signed in.
///
/// # Errors
/// `Outage` when it cannot be kept.
pub async fn give(
    domain: &Domain,
    app: AppId,
    person: PersonId,
    multi_record: bool,
    stay_seconds: Option<u32>,
) -> Result<String, Outage> {
    // The `=` at the end is what one client's expression looks for (wire.md 3.6).
    let token = tokens::mint(&domain.env, "ASAAA") + "=";
    let now = domain.env.now();
    let life = stay_seconds.map_or(LIFE, |s| i64::from(s) * SECOND);
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(SWEEP_USER_TOKENS, params![now]);
    let row = params![&tokens::hash(&token), app, person, multi_record, now, now + life];
    flight.run(INSERT_USER_TOKEN, row);
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok(token)
}

/// Ends a token, if it is this application's. Nothing tells whether it was.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn end(domain: &Domain, app: AppId, token: &str) -> Result<(), Outage> {
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(DROP_USER_TOKEN, params![&tokens::hash(token), app]);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}
