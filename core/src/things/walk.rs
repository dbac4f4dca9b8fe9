//! Things read one after the other for the person at the Shell, for what only their data tells: what a chart
//! shows, what a search finds. Data is read piece by piece, and one walk is bounded; the next goes on where it
//! ended.

use std::collections::HashMap;

use keepwell_store::{ReadFlight, params};
use uuid::Uuid;

use super::list::{END, at_shell, log};
use super::store::{CURRENT, CandidateRow, PLACES, ThingRow};
use super::{PERSONAL, Place, Thing, ThingError};
use crate::applications::Permission;
use crate::authorizations::{Caller, RecordAccess, knock};
use crate::ids::{RecordId, ThingId, TypeId};
use crate::{Domain, thing_types};

/// Things that one walk looks into.
const MOST: u32 = 4_000;
/// Bytes of data that one walk looks into.
const BYTES: i64 = 2 * 1024 * 1024;
/// Things and bytes read in one hop.
const PIECE: (usize, i64) = (500, 1024 * 1024);

/// Which things are looked into.
#[derive(Clone, Debug)]
pub struct Walk {
    /// Of these types, in any version; `None` for any type.
    pub types: Option<Vec<TypeId>>,
    /// With an effective date from here on: wall clock, microseconds.
    pub since: i64,
    /// After this place.
    pub after: Option<Place>,
}

impl Default for Walk {
    fn default() -> Self {
        Self { types: None, since: i64::MIN, after: None }
    }
}

/// How far a walk came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Walked {
    /// How many things were looked into.
    pub looked: usize,
    /// The last of them, if there are more.
    pub next: Option<Place>,
}

/// Shows things to `see`, the newest first, until it answers that it has seen enough or the walk's bound is
/// reached. A thing that changes meanwhile is seen as it is then.
///
/// # Errors
/// `ThingError::Access` for an application, or when the record's door stays shut.
pub async fn walk(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    asked: &Walk,
    see: &mut (dyn FnMut(Thing) -> bool + Send),
) -> Result<Walked, ThingError> {
    let now = domain.env.now();
    let Place { at, created, thing } = asked.after.unwrap_or(END);
    let mut flight = ReadFlight::new();
    let door = knock(&mut flight, caller, record, now);
    let params = params![record, types(asked), asked.since, at, created, thing, true, MOST + 1];
    let places = flight.ask(&PLACES, params);
    let mut answers = domain.store.read(flight).await?;
    let access = at_shell(door.open(caller, &mut answers, now)?)?;
    let places = answers.all(places)?;

    let mut walked = Walked::default();
    let mut bytes = BYTES;
    let mut rest = places.get(..places.len().min(usize::try_from(MOST).unwrap_or(usize::MAX)));
    let mut last = None;
    let mut enough = false;
    'walk: while let Some(piece) = rest.and_then(|rest| cut(rest, &mut bytes)) {
        rest = rest.and_then(|rest| rest.get(piece.len()..));
        for thing in read(domain, caller, record, piece).await? {
            walked.looked += 1;
            last = Some(Place { at: thing.eff_date, created: thing.created.at, thing: thing.key.id });
            if !see(thing) {
                enough = true;
                break 'walk;
            }
        }
    }
    let is_more = enough || walked.looked < places.len();
    walked.next = last.filter(|_| is_more);
    log(domain, &access, &serde_json::json!({ "types": asked.types, "looked": walked.looked })).await;
    Ok(walked)
}

fn types(asked: &Walk) -> Vec<Uuid> {
    match &asked.types {
        None => thing_types::all().iter().map(|kind| kind.id.0).collect(),
        Some(types) => types.iter().flat_map(|kind| thing_types::family(*kind)).map(|id| id.0).collect(),
    }
}

/// The next piece, one thing at least as long as anything is left of the bound.
fn cut<'r>(rest: &'r [CandidateRow], bytes: &mut i64) -> Option<&'r [CandidateRow]> {
    if *bytes <= 0 || rest.is_empty() {
        return None;
    }
    let (mut length, mut read) = (0, 0);
    for row in rest {
        if length > 0 && (length == PIECE.0 || read + row.size_bytes > PIECE.1.min(*bytes)) {
            break;
        }
        (length, read) = (length + 1, read + row.size_bytes);
    }
    *bytes -= read;
    rest.get(..length)
}

/// The things of a piece, in its order, as far as they are still there.
async fn read(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    piece: &[CandidateRow],
) -> Result<Vec<Thing>, ThingError> {
    let now = domain.env.now();
    let ids: Vec<Uuid> = piece.iter().map(|row| row.id.0).collect();
    let mut flight = ReadFlight::new();
    let door = knock(&mut flight, caller, record, now);
    let slot = flight.ask(&CURRENT, params![record, ids]);
    let mut answers = domain.store.read(flight).await?;
    let access = at_shell(door.open(caller, &mut answers, now)?)?;
    let rows = answers.all(slot)?.into_iter().filter(|row| is_seen(&access, row));
    let mut rows: HashMap<ThingId, ThingRow> = rows.map(|row| (row.id, row)).collect();
    Ok(piece.iter().filter_map(|row| rows.remove(&row.id)).map(Thing::from).collect())
}

fn is_seen(access: &RecordAccess, row: &ThingRow) -> bool {
    let personal = row.flags & PERSONAL != 0;
    !row.deleted && access.may(Permission::Read, row.type_id) && (!personal || access.is_custodian_at_shell())
}
