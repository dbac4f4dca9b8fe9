//! A group that looks inside the data (`xpath`, or an order by a property): which things it is about is
//! known from one snapshot, then their data is read piece by piece and looked at one by one. What one query
//! may cost that way is bounded.

use std::collections::HashMap;

use keepwell_store::{ReadFlight, params};
use roxmltree::{Document, Node};
use uuid::Uuid;

use super::order::Value;
use super::store::{CURRENT, CandidateRow, ThingRow};
use super::{Group, GroupAnswer, Order, Thing, ThingData, ThingError, ThingInfo};
use crate::Domain;
use crate::authorizations::{Caller, RecordAccess, knock};
use crate::ids::ThingId;
use crate::xpath::{self, XPath};

/// Things that one query may look into.
pub(super) const MOST: u32 = 10_000;
/// Bytes of data that one query may look into.
const BYTES: i64 = 4 * 1024 * 1024;
/// Signs `<` and `=` in it, an `=` counting threefold: what parsing costs goes by elements and attributes,
/// some 0.2 and 0.6 microseconds each.
const MARKUP: usize = 250_000;
/// Things and bytes read in one hop.
const PIECE: (usize, i64) = (500, 1024 * 1024);

/// What is left for the groups of one query: some tens of milliseconds of work.
pub(super) struct Budget {
    things: usize,
    bytes: i64,
    markup: usize,
    nodes: u32,
}

impl Default for Budget {
    fn default() -> Self {
        Self { things: MOST as usize, bytes: BYTES, markup: MARKUP, nodes: xpath::BUDGET }
    }
}

impl Budget {
    /// Cuts the next piece off, one thing at least.
    fn cut<'c>(&mut self, rest: &mut &'c [CandidateRow]) -> Result<&'c [CandidateRow], ThingError> {
        let (mut length, mut bytes) = (0, 0);
        for row in *rest {
            if length > 0 && (length == PIECE.0 || bytes + row.size_bytes > PIECE.1) {
                break;
            }
            (length, bytes) = (length + 1, bytes + row.size_bytes);
        }
        self.things = self.things.checked_sub(length).ok_or(ThingError::TooMuch)?;
        self.bytes -= bytes;
        if self.bytes < 0 {
            return Err(ThingError::TooMuch);
        }
        let (piece, after) = rest.split_at(length);
        *rest = after;
        Ok(piece)
    }

    fn parse(&mut self, xml: &str) -> Result<(), ThingError> {
        let count = |sign| memchr::memchr_iter(sign, xml.as_bytes()).count();
        self.markup = self.markup.checked_sub(count(b'<') + 3 * count(b'=')).ok_or(ThingError::TooMuch)?;
        Ok(())
    }
}

/// Answers the group out of its candidates, which are in the order in which things come anyway.
///
/// # Errors
/// `ThingError::TooMuch` when it costs more than is left; `ThingError::Changed` when the record has changed
/// since the candidates were read, for then one might be missed or come twice.
pub(super) async fn scan(
    domain: &Domain,
    caller: &Caller,
    access: &RecordAccess,
    group: &Group,
    candidates: &[CandidateRow],
    budget: &mut Budget,
) -> Result<GroupAnswer, ThingError> {
    let order = group.order.as_ref().filter(|order| order.looks_inside());
    let (full, all) = group.limits();
    let [full, all] = [full, all].map(|n| usize::try_from(n).unwrap_or(usize::MAX));
    let mut found: Vec<(Value, Thing)> = Vec::new();
    let mut rest = candidates;
    while !rest.is_empty() && (order.is_some() || found.len() < all) {
        let piece = budget.cut(&mut rest)?;
        for thing in read(domain, caller, access, piece).await? {
            if let Some(value) = look(&thing, &group.criteria.xpaths, order, budget)? {
                found.push((value, thing));
            }
        }
    }
    if let Some(order) = order {
        // What has the same value stays in the order in which it came.
        found.sort_by(|(a, _), (b, _)| order.compare(a, b));
    }
    let mut found = found.into_iter().map(|(_, thing)| thing).take(all);
    let first: Vec<Thing> = found.by_ref().take(full).collect();
    let infos = found.map(ThingInfo::from).collect();
    let (full, data) = match group.data_only {
        true => (Vec::new(), first.into_iter().map(ThingData::from).collect()),
        false => (first, Vec::new()),
    };
    Ok(GroupAnswer { full, data, infos, filtered: false })
}

/// The things of a piece, in its order. The record's door is opened again, and must show what it showed
/// before.
async fn read(
    domain: &Domain,
    caller: &Caller,
    before: &RecordAccess,
    piece: &[CandidateRow],
) -> Result<Vec<Thing>, ThingError> {
    let (record, now) = (before.record(), domain.env.now());
    let ids: Vec<Uuid> = piece.iter().map(|row| row.id.0).collect();
    let mut flight = ReadFlight::new();
    let door = knock(&mut flight, caller, record, now);
    let slot = flight.ask(&CURRENT, params![record, ids]);
    let mut answers = domain.store.read(flight).await?;
    let access = door.open(caller, &mut answers, now)?;
    let same = access.revision() == before.revision()
        && access.about().operation_sequence == before.about().operation_sequence;
    let mut rows: HashMap<ThingId, ThingRow> =
        answers.all(slot)?.into_iter().map(|row| (row.id, row)).collect();
    let things: Vec<_> = piece.iter().filter_map(|row| rows.remove(&row.id)).map(Thing::from).collect();
    if same && things.len() == piece.len() { Ok(things) } else { Err(ThingError::Changed) }
}

/// The value by which the thing is ordered, if it fits.
fn look(
    thing: &Thing,
    xpaths: &[XPath],
    order: Option<&Order>,
    budget: &mut Budget,
) -> Result<Option<Value>, ThingError> {
    budget.parse(&thing.data_xml)?;
    let wrapped = format!("<data-xml>{}</data-xml>", thing.data_xml);
    // What is stored was parsed when it came in; what cannot be parsed now finds nothing.
    let Ok(document) = Document::parse(&wrapped) else {
        return Ok(xpaths.is_empty().then_some(Value::Missing));
    };
    let data_xml = document.root_element();
    for xpath in xpaths {
        if !xpath.finds(data_xml, &mut budget.nodes).map_err(ThingError::Filter)? {
            return Ok(None);
        }
    }
    let root = data_xml.children().find(Node::is_element);
    Ok(Some(order.zip(root).map_or(Value::Missing, |(order, root)| order.value(thing.type_id, root))))
}
