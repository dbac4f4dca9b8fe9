//! Heads: where each record's chain ends. Kept elsewhere, they show that an end was cut off.

use std::collections::BTreeSet;

use keepwell_store::{Outage, ReadFlight, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::erased;
use super::store::{HEADS, RECORDS};
use crate::Domain;
use crate::ids::RecordId;

/// Where a record's chain ended at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The record.
    pub record: RecordId,
    /// How many entries the chain had.
    pub sequence: i64,
    /// The seal of the last of them, hexadecimal.
    pub seal: String,
    /// When it was sealed, microseconds UTC.
    pub sealed: i64,
}

/// A page of heads, by record, after this one.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn heads(domain: &Domain, after: Option<RecordId>, count: u32) -> Result<Vec<Head>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&HEADS, params![after.map_or(Uuid::nil(), |id| id.0), count]);
    let rows = domain.store.read(flight).await?.all(slot)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let seal = hex::encode(row.seal);
            Head { record: row.record, sequence: row.sequence, seal, sealed: row.sealed }
        })
        .collect())
}

/// The records that have entries, or a head and no entries any more, or were erased: a page of them after this one.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn logged_records(
    domain: &Domain,
    after: Option<RecordId>,
    count: u32,
) -> Result<Vec<RecordId>, Outage> {
    let after = after.map_or(Uuid::nil(), |id| id.0);
    let mut flight = ReadFlight::new();
    let entries = flight.ask(&RECORDS, params![after, count]);
    let heads = flight.ask(&HEADS, params![after, count]);
    let mut answers = domain.store.read(flight).await?;
    let mut found: BTreeSet<RecordId> = answers.all(entries)?.into_iter().map(|(id,)| id).collect();
    found.extend(answers.all(heads)?.into_iter().map(|row| row.record));
    found.extend(erased::records(domain, after, count).await?);
    Ok(found.into_iter().take(usize::try_from(count).unwrap_or(usize::MAX)).collect())
}
