//! The way back to the former address. It works whatever the address is by now: who changed it twice in a row has not
//! shut the first owner out.

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

use super::change_email::{ChangeEmailError, rename};
use super::fold;
use super::reset::{Reset, keep};
use super::store::{DROP_LATER_UNDOS, FIND_UNDO, TAKE_UNDO};
use crate::ids::PersonId;
use crate::sessions::shell;
use crate::{Domain, Outage, tokens};

/// The former address that a letter's link leads back to, while the link works.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn email_to_restore(domain: &Domain, token: &str) -> Result<Option<String>, Outage> {
    Ok(find(domain, token).await?.map(|(_, email, _)| email))
}

async fn find(domain: &Domain, token: &str) -> Result<Option<(PersonId, String, i64)>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&FIND_UNDO, params![&tokens::hash(token), domain.env.now()]);
    domain.store.read(flight).await?.first(slot)
}

/// Makes the former address the person's again, once, and signs them out everywhere. Who presses the button reads
/// the letters that go there, and the password may be known to whoever changed the address: so a link to choose a new
/// one is answered.
///
/// # Errors
/// `Over` for a dead link, `Taken` when somebody else signs in with the address.
pub async fn undo_email(domain: &Domain, token: &str) -> Result<Reset, ChangeEmailError> {
    let (id, email, changed) = find(domain, token).await?.ok_or(ChangeEmailError::Over)?;
    let reset = Reset { email: fold(&email), token: tokens::mint(&domain.env, "") };
    let mut flight = WriteFlight::new();
    let now = domain.env.now();
    flight.run(TAKE_UNDO, params![&tokens::hash(token), now]).affects(1, ChangeEmailError::Over);
    flight.run(DROP_LATER_UNDOS, params![id, changed]);
    rename(&mut flight, id, &email);
    keep(domain, &mut flight, &reset, true);
    shell::drop_all(&mut flight, id);
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok(reset)
}
