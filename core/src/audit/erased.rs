//! The log of a record that is erased goes as a whole. A note stays in its place, with a seal of ours, so that it can be
//! told from a log that somebody made disappear.

use keepwell_store::{Outage, ReadFlight, Refusal, WriteFlight, params};
use uuid::Uuid;

use super::heads::Head;
use super::seal::of_record;
use super::store::{
    COUNT, DROP_HEAD, DROP_REFUSALS, ERASURE, ERASURES, ErasureRow, GO_WITH_RECORD, HEAD, NOTE_ERASURE,
};
use super::verify::{Fault, Report};
use crate::Domain;
use crate::env::DAY;
use crate::ids::{PersonId, RecordId};
use crate::keys::{KeyRing, Purpose};

/// What no other seal begins with.
const MARK: &[u8] = b"a record was erased";
/// Entries removed in one go.
const PIECE: u32 = 500;
/// For so long after a record was erased it is looked whether some process still wrote an entry about it.
const LATE: i64 = 2 * DAY;

/// What stays of the log of a record that was erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// When, microseconds UTC.
    pub at: i64,
    /// By whose decision. The id names nobody any more if their account was erased too.
    pub by: PersonId,
    /// How many entries there were.
    pub entries: i64,
    /// Where the chain ended.
    pub sequence: i64,
}

fn seal_of(keys: &KeyRing, row: &ErasureRow) -> [u8; 32] {
    let numbers = [row.at, row.entries, row.sequence].map(i64::to_be_bytes);
    let [at, entries, sequence] = &numbers;
    let (record, person) = (row.record.0.as_bytes().as_slice(), row.person.0.as_bytes().as_slice());
    keys.mac(Purpose::AuditSeal, &[MARK, record, at, person, entries, sequence, &row.head])
}

/// What is to be noted of a record's log.
pub(crate) struct LastWords(ErasureRow);

impl LastWords {
    /// Notes it. Of several who do, the first is believed.
    pub(crate) fn note<E>(self, flight: &mut WriteFlight<E>) {
        let ErasureRow { record, at, person, entries, sequence, head, seal } = self.0;
        flight.run(NOTE_ERASURE, params![record, at, person, entries, sequence, head, seal]);
    }
}

/// Ends the chain of a record that nobody can come to any more, and says what is to be noted of it.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub(crate) async fn last_words(domain: &Domain, record: RecordId, by: PersonId) -> Result<LastWords, Outage> {
    while of_record(domain, record).await? > 0 {}
    let mut flight = ReadFlight::new();
    let (head, count) = (flight.ask(&HEAD, params![record]), flight.ask(&COUNT, params![record]));
    let mut answers = domain.store.read(flight).await?;
    let (entries,) = answers.one(count)?;
    let (sequence, head) = answers.first(head)?.map_or((0, Vec::new()), |head| (head.sequence, head.seal));
    let at = domain.env.now();
    let mut row = ErasureRow { record, at, person: by, entries, sequence, head, seal: Vec::new() };
    row.seal = seal_of(&domain.keys, &row).to_vec();
    Ok(LastWords(row))
}

/// The rest of a log whose entries are gone.
pub(crate) fn erase<E>(flight: &mut WriteFlight<E>, record: RecordId) {
    flight.run(DROP_HEAD, params![record]);
    flight.run(DROP_REFUSALS, params![record]);
}

/// Removes entries that some process wrote about a record after it was erased, for it had begun to answer before.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn sweep_late(domain: &Domain) -> Result<(), Outage> {
    let since = domain.env.now() - LATE;
    let mut after = Uuid::nil();
    loop {
        let mut flight = ReadFlight::new();
        let slot = flight.ask(&ERASURES, params![after, since, PIECE]);
        let erased = domain.store.read(flight).await?.all(slot)?;
        let Some((last,)) = erased.last() else { return Ok(()) };
        after = last.0;
        for (record,) in erased {
            let mut flight = WriteFlight::<Outage>::new();
            for goes in &GO_WITH_RECORD {
                flight.ask(goes, params![record, PIECE]);
            }
            erase(&mut flight, record);
            domain.store.write(flight).await.map_err(Refusal::reason)?;
        }
    }
}

/// The records that were erased: a page of them after this one.
pub(super) async fn records(domain: &Domain, after: Uuid, count: u32) -> Result<Vec<RecordId>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&ERASURES, params![after, i64::MIN, count]);
    Ok(domain.store.read(flight).await?.all(slot)?.into_iter().map(|(id,)| id).collect())
}

/// Whether the record was erased, and what is wrong with the note of it.
pub(super) async fn look(
    domain: &Domain,
    record: RecordId,
    exported: Option<&Head>,
    report: &mut Report,
) -> Result<bool, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&ERASURE, params![record]);
    let Some(row) = domain.store.read(flight).await?.first(slot)? else { return Ok(false) };
    if row.seal != seal_of(&domain.keys, &row) {
        report.fault(Fault::Erasure);
    }
    // A head that was exported before is one that the chain passed through.
    let is_cut = exported.is_some_and(|head| {
        head.sequence > row.sequence || (head.sequence == row.sequence && head.seal != hex::encode(&row.head))
    });
    if let (true, Some(exported)) = (is_cut, exported) {
        report.fault(Fault::Cut { sequence: exported.sequence });
    }
    let ErasureRow { at, person, entries, sequence, .. } = row;
    report.erasure = Some(Erasure { at, by: person, entries, sequence });
    Ok(true)
}
