//! The sealer: chains entries that were written without a place, by a server of an earlier version.

use std::time::Duration;

use futures_util::stream::{self, StreamExt};
use keepwell_store::{Outage, ReadFlight, Refusal, WriteFlight, params};
use uuid::Uuid;

use super::chain::chain;
use super::store::{FIRST_HEAD, HEAD, MOVE_HEAD, RECORDS_WAITING, SEAL, WAITING};
use crate::Domain;
use crate::ids::RecordId;

/// How often the sealer looks for entries that wait.
pub const SEAL_EVERY: Duration = Duration::from_secs(1);
/// An entry that was written without one has its seal within this time, as long as a server runs and its store works.
/// What somebody does to it before is not found.
pub const SEAL_BOUND: Duration = Duration::from_secs(5);

/// Entries sealed in one flight.
const GROUP: u32 = 256;
/// Records looked at in one go, and sealed at a time.
const RECORDS: u32 = 256;
const AT_ONCE: usize = 4;

/// Another sealer was there first.
#[derive(Clone, Copy, Debug)]
struct Raced;

/// Seals all entries that wait; answers how many. Several processes may do so at once: where two meet at a
/// record, one of them seals and the other finds nothing to do.
///
/// # Errors
/// `Outage` when the store cannot do it; what is sealed stays so.
pub async fn seal(domain: &Domain) -> Result<u64, Outage> {
    let mut sealed = 0;
    let mut after = Uuid::nil();
    let mut found = false;
    loop {
        let mut flight = ReadFlight::new();
        let slot = flight.ask(&RECORDS_WAITING, params![after, RECORDS]);
        let records = domain.store.read(flight).await?.all(slot)?;
        let Some((last,)) = records.last() else {
            if !found {
                return Ok(sealed);
            }
            // Those with more entries than a flight takes are looked at again, after all others.
            (after, found) = (Uuid::nil(), false);
            continue;
        };
        (after, found) = (last.0, true);
        let mut done = stream::iter(records.into_iter().map(|(record,)| of_record(domain, record)))
            .buffer_unordered(AT_ONCE);
        while let Some(count) = done.next().await {
            sealed += count?;
        }
    }
}

/// Seals one group of a record's entries.
pub(super) async fn of_record(domain: &Domain, record: RecordId) -> Result<u64, Outage> {
    let mut flight = ReadFlight::new();
    let head = flight.ask(&HEAD, params![record]);
    let waiting = flight.ask(&WAITING, params![record, Uuid::nil(), GROUP]);
    let mut answers = domain.store.read(flight).await?;
    let (head, waiting) = (answers.first(head)?, answers.all(waiting)?);
    if waiting.is_empty() {
        return Ok(0);
    }
    let (links, next) = chain(&domain.keys, record, head.as_ref(), &waiting);
    let mut flight = WriteFlight::new().patient();
    if let Some(next) = next {
        let now = domain.env.now();
        match head {
            None => flight
                .run(FIRST_HEAD, params![record, next.sequence, next.seal, now])
                .unique("audit_head_pkey", Raced),
            Some(head) => flight
                .run(MOVE_HEAD, params![record, next.sequence, next.seal, now, head.sequence, head.seal])
                .affects(1, Raced),
        };
    }
    for link in &links {
        if link.seal.is_none() {
            tracing::error!(%record, entry = %link.id, "an entry of the audit log was not written by this server");
        }
        flight.run(SEAL, params![record, link.id, link.sequence, link.seal]).affects(1, Raced);
    }
    match domain.store.write(flight).await {
        Ok(_) => Ok(u64::try_from(links.len()).unwrap_or(u64::MAX)),
        Err(Refusal::Because(Raced)) => Ok(0),
        Err(Refusal::Out(outage)) => Err(outage),
    }
}
