//! What is done when the time comes: telling people that it is nearly over, and erasing.

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

use super::store::{DUE, RECORDS_DUE, TO_WARN, WARN};
use super::work::{Stop, Work};
use super::{Event, WARN_BEFORE, account, record};
use crate::letters::{self, Letter};
use crate::persons::{self, Person};
use crate::{Domain, Outage};

/// Accounts and records looked at in one go.
const GROUP: u32 = 100;

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Persons who were told that their time is nearly over.
    pub warned: u32,
    /// Accounts that were erased.
    pub accounts: u32,
    /// Records that were erased by themselves.
    pub records: u32,
    /// Whether there is more to do.
    pub more: bool,
}

/// Tells people whose time is nearly over, and erases what is due, in so many pieces of work at most. Several processes
/// may do so at once. `write` writes the letters.
///
/// # Errors
/// `Outage` when the store cannot do it; what is erased stays so, and the rest is done the next time.
pub async fn sweep(
    domain: &Domain,
    write: &(dyn Fn(&Person, &Event) -> Letter + Sync),
    pieces: u32,
) -> Result<Swept, Outage> {
    let mut swept = Swept { warned: warn(domain, write).await?, ..Swept::default() };
    let mut work = Work { domain, left: pieces };
    let now = domain.env.now();
    let mut flight = ReadFlight::new();
    let accounts = flight.ask(&DUE, params![now, GROUP]);
    let records = flight.ask(&RECORDS_DUE, params![now, GROUP]);
    let mut answers = domain.store.read(flight).await?;
    let (accounts, records) = (answers.all(accounts)?, answers.all(records)?);
    swept.more = accounts.len().max(records.len()) >= GROUP as usize;
    for (person,) in accounts {
        match account::erase(&mut work, write, person).await {
            Ok(()) => swept.accounts += 1,
            Err(stop) => swept.more |= went_on(stop)?,
        }
    }
    for (id,) in records {
        match record::erase(&mut work, write, id).await {
            Ok(()) => swept.records += 1,
            Err(stop) => swept.more |= went_on(stop)?,
        }
    }
    Ok(swept)
}

/// Whether something is left that another go would do.
fn went_on(stop: Stop) -> Result<bool, Outage> {
    match stop {
        Stop::Lost => Ok(false),
        Stop::Changed | Stop::Enough => Ok(true),
        Stop::Outage(outage) => Err(outage),
    }
}

/// The person was told already, or came back.
struct Told;

async fn warn(domain: &Domain, write: &(dyn Fn(&Person, &Event) -> Letter + Sync)) -> Result<u32, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&TO_WARN, params![domain.env.now() + WARN_BEFORE, GROUP]);
    let mut warned = 0;
    for (id, erase_after) in domain.store.read(flight).await?.all(slot)? {
        let Some(person) = persons::find(domain, id).await? else { continue };
        let mut flight = WriteFlight::new();
        flight.run(WARN, params![id]).affects(1, Told);
        if person.email_validated {
            let letter = write(&person, &Event::Soon(erase_after));
            letters::post(domain, &mut flight, &letter)
                .map_err(|error| Outage::Unavailable(error.to_string()))?;
        }
        match domain.store.write(flight).await {
            Ok(_) => warned += 1,
            Err(Refusal::Because(Told)) => {}
            Err(Refusal::Out(outage)) => return Err(outage),
        }
    }
    letters::wake(domain);
    Ok(warned)
}
