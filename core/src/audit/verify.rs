//! Whether the log is whole.

use keepwell_store::{Outage, ReadFlight, params};
use uuid::Uuid;

use super::chain::{body_holds, seal_of};
use super::erased::{self, Erasure};
use super::heads::Head;
use super::store::{EntryRow, HEAD, HeadRow, LAST, SEALED, WAITING};
use crate::Domain;
use crate::ids::RecordId;

/// Entries read at a time.
const PAGE: u32 = 1_000;
/// Faults that are listed of one record; more are counted.
pub const MAX_FAULTS: usize = 100;

/// What is wrong with a record's log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Entries of the chain are gone. The one after them, if there is one, cannot be checked.
    #[error("{}", missing(*from, *to))]
    Missing {
        /// The first.
        from: i64,
        /// The last.
        to: i64,
    },
    /// Who, when, what or its place was changed.
    #[error("entry {sequence} ({id}) was changed or moved")]
    Changed {
        /// Its place.
        sequence: i64,
        /// Which.
        id: Uuid,
    },
    /// The details are not those that were written.
    #[error("the details of entry {sequence} ({id}) were changed")]
    Body {
        /// Its place.
        sequence: i64,
        /// Which.
        id: Uuid,
    },
    /// An entry that this server did not write.
    #[error("entry {id} was put in by somebody else")]
    Inserted {
        /// Which.
        id: Uuid,
    },
    /// The end of the chain is not where its head says.
    #[error("the chain does not end where its head says: at entry {sequence}")]
    Head {
        /// Where it should end.
        sequence: i64,
    },
    /// The note that the record was erased is none that this server made.
    #[error("the note that this record was erased was made, or changed, by somebody else")]
    Erasure,
    /// The chain does not pass through the exported head.
    #[error(
        "the exported head at entry {sequence} is not in the chain: its end was cut off, or all of it made anew"
    )]
    Cut {
        /// The place of the exported head.
        sequence: i64,
    },
}

fn missing(from: i64, to: i64) -> String {
    if from == to {
        format!("entry {from} is missing")
    } else {
        format!("entries {from} to {to} are missing")
    }
}

/// What came of checking a record's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Which record.
    pub record: RecordId,
    /// Entries of the chain that were checked.
    pub checked: u64,
    /// Those whose details were erased.
    pub erased: u64,
    /// Entries that wait for their seal.
    pub waiting: u64,
    /// What is wrong, in the order of the chain, up to [`MAX_FAULTS`].
    pub faults: Vec<Fault>,
    /// Faults beyond those.
    pub more_faults: u64,
    /// The record was erased, and its log with it.
    pub erasure: Option<Erasure>,
}

impl Report {
    pub(super) fn fault(&mut self, fault: Fault) {
        if self.faults.len() < MAX_FAULTS { self.faults.push(fault) } else { self.more_faults += 1 }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Checks one record's log, against a head that was exported earlier if there is one. The server may go on
/// writing and sealing.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn verify(domain: &Domain, record: RecordId, exported: Option<&Head>) -> Result<Report, Outage> {
    let mut report = Report {
        record,
        checked: 0,
        erased: 0,
        waiting: 0,
        faults: Vec::new(),
        more_faults: 0,
        erasure: None,
    };
    if erased::look(domain, record, exported, &mut report).await? {
        return Ok(report);
    }
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&HEAD, params![record]);
    let head = domain.store.read(flight).await?.first(slot)?;
    let mut walk = Walk { place: 0, seal: Vec::new(), exported, passed: exported.is_none() };
    let (mut sequence, mut id) = (i64::MIN, Uuid::nil());
    loop {
        let mut flight = ReadFlight::new();
        let slot = flight.ask(&SEALED, params![record, sequence, id, PAGE]);
        let rows = domain.store.read(flight).await?.all(slot)?;
        let Some(last) = rows.last() else { break };
        (sequence, id) = (last.sequence.unwrap_or_default(), last.id);
        for row in &rows {
            walk.step(domain, row, &mut report);
        }
    }
    walk.end(head.as_ref(), &mut report);
    // The head may have moved meanwhile; what lies beyond it even now has no place in the chain.
    let mut flight = ReadFlight::new();
    let (now, last) = (flight.ask(&HEAD, params![record]), flight.ask(&LAST, params![record]));
    let mut answers = domain.store.read(flight).await?;
    let ends = answers.first(now)?.map_or(0, |head| head.sequence);
    if answers.first(last)?.is_some_and(|(last,)| last > ends) {
        report.fault(Fault::Head { sequence: ends });
    }
    if let (false, Some(exported)) = (walk.passed, exported) {
        report.fault(Fault::Cut { sequence: exported.sequence });
    }
    waiting(domain, record, &mut report).await?;
    Ok(report)
}

/// How far the chain was followed.
struct Walk<'h> {
    place: i64,
    seal: Vec<u8>,
    exported: Option<&'h Head>,
    passed: bool,
}

impl Walk<'_> {
    fn step(&mut self, domain: &Domain, row: &EntryRow, report: &mut Report) {
        let (sequence, id) = (row.sequence.unwrap_or_default(), row.id);
        if sequence <= self.place {
            return report.fault(Fault::Inserted { id });
        }
        let next = self.place + 1;
        let seal = row.seal.clone().unwrap_or_default();
        if sequence > next {
            report.fault(Fault::Missing { from: next, to: sequence - 1 });
        } else if seal != seal_of(&domain.keys, report.record, row, sequence, &self.seal) {
            report.fault(Fault::Changed { sequence, id });
        }
        match body_holds(&domain.keys, report.record, row) {
            None => report.erased += 1,
            Some(true) => {}
            Some(false) => report.fault(Fault::Body { sequence, id }),
        }
        if self.exported.is_some_and(|head| head.sequence == sequence && head.seal == hex::encode(&seal)) {
            self.passed = true;
        }
        report.checked += 1;
        (self.place, self.seal) = (sequence, seal);
    }

    /// The walk reached at least the head that was read before it began.
    fn end(&self, head: Option<&HeadRow>, report: &mut Report) {
        let Some(head) = head else { return };
        if self.place < head.sequence {
            report.fault(Fault::Missing { from: self.place + 1, to: head.sequence });
        } else if self.place == head.sequence && self.seal != head.seal {
            report.fault(Fault::Head { sequence: head.sequence });
        }
    }
}

/// Counts what waits, and finds what nobody of ours wrote.
async fn waiting(domain: &Domain, record: RecordId, report: &mut Report) -> Result<(), Outage> {
    let mut after = Uuid::nil();
    loop {
        let mut flight = ReadFlight::new();
        let slot = flight.ask(&WAITING, params![record, after, PAGE]);
        let rows = domain.store.read(flight).await?.all(slot)?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.id;
        for row in &rows {
            match body_holds(&domain.keys, record, row) {
                Some(true) => report.waiting += 1,
                _ => report.fault(Fault::Inserted { id: row.id }),
            }
        }
    }
}
