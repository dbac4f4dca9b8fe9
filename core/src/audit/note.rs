//! Entries go in at the end of a flight, with their places in the record's chain.

use std::sync::Arc;

use keepwell_store::{Answers, Ending, Outage, Slot, Statement, Value, WriteFlight, params};

use super::Made;
use super::store::{HeadRow, INSERT, INSERT_TOGETHER, PUT_HEAD, TAKE_HEAD, TOGETHER};
use crate::ids::RecordId;
use crate::keys::KeyRing;

/// The entries of a flight about one record.
struct Notes {
    record: RecordId,
    keys: Arc<KeyRing>,
    head: Slot<HeadRow>,
    entries: Vec<Made>,
}

/// Adds entries about a record to a flight. They get their places when all else has been done: only then is it sure
/// which ones are free, and that they will be taken.
pub(super) fn note<E>(
    flight: &mut WriteFlight<E>,
    keys: &Arc<KeyRing>,
    now: i64,
    record: RecordId,
    entries: Vec<Made>,
) {
    if let Some(notes) = flight.ending::<Notes>(|notes| notes.record == record) {
        notes.entries.extend(entries);
        return;
    }
    let head = flight.ask(&TAKE_HEAD, params![record, Vec::<u8>::new(), now]).slot();
    flight.end_with(Notes { record, keys: keys.clone(), head, entries });
}

impl Ending for Notes {
    fn statements(&self, answers: &mut Answers) -> Result<Vec<(Statement, Vec<Value>)>, Outage> {
        let mut end = answers.one(self.head)?;
        let mut statements = Vec::with_capacity(self.entries.len() / TOGETHER + TOGETHER);
        for group in self.entries.chunks(TOGETHER) {
            let rows = group.iter().map(|made| {
                let (place, seal) = end.add(&self.keys, &made.said(), &made.digest);
                let mut row = made.clone().row();
                row.extend(params![place, seal]);
                row
            });
            if group.len() == TOGETHER {
                statements.push((INSERT_TOGETHER, rows.flatten().collect()));
            } else {
                statements.extend(rows.map(|row| (INSERT, row)));
            }
        }
        statements.push((PUT_HEAD, params![self.record, end.sequence, end.seal]));
        Ok(statements)
    }
}
