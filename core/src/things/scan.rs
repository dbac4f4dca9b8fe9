//! A group whose filter looks inside the data (`xpath`): its things are read piece by piece and looked at
//! one by one. What one query may cost that way is bounded.

use keepwell_store::{ReadFlight, Value};
use roxmltree::Document;

use super::get::{Group, GroupAnswer, readable_types, things_of};
use super::{MAX_FULL, MAX_PARTIAL, Thing, ThingError, ThingInfo};
use crate::Domain;
use crate::authorizations::{Caller, knock};
use crate::ids::RecordId;
use crate::xpath::{XPath, XPathError};

/// Things read in one hop.
const PIECE: u32 = 200;
/// Bytes of data that one query may look through.
const BYTES: usize = 32 * 1024 * 1024;

/// Answers the group, newest first. The record's door is opened again for each piece.
pub(super) async fn scan(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    group: &Group,
) -> Result<GroupAnswer, ThingError> {
    let full = usize::try_from(group.max_full.unwrap_or(MAX_FULL).min(MAX_FULL)).unwrap_or_default();
    let most = group.max.filter(|max| *max > 0).unwrap_or(u32::MAX).min(MAX_FULL + MAX_PARTIAL);
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let (mut nodes, mut bytes) = (crate::xpath::BUDGET, BYTES);
    let mut answer = GroupAnswer::default();
    for piece in 0.. {
        let now = domain.env.now();
        let mut flight = ReadFlight::new();
        let door = knock(&mut flight, caller, record, now);
        let limits = [Value::from(PIECE), Value::from(piece * PIECE)];
        // Which types may be read is known once the door is open; what may not be is passed over here.
        let slot = things_of(&mut flight, record, group, caller.app().is_none(), limits);
        let mut answers = domain.store.read(flight).await?;
        let access = door.open(caller, &mut answers, now)?;
        let readable = readable_types(&access, group);
        let rows = match slot {
            Some(slot) => answers.all(slot)?,
            None => Vec::new(),
        };
        let is_last = rows.len() < PIECE as usize;
        for thing in rows.into_iter().map(Thing::from) {
            if !readable.contains(&thing.type_id) {
                answer.filtered = true;
                continue;
            }
            bytes = bytes.checked_sub(thing.data_xml.len()).ok_or(ThingError::Filter(XPathError::Budget))?;
            if !fits(&group.criteria.xpaths, &thing, &mut nodes)? {
                continue;
            }
            if answer.full.len() < full {
                answer.full.push(thing);
            } else {
                answer.infos.push(ThingInfo::from(thing));
            }
            if answer.full.len() + answer.infos.len() >= most {
                return Ok(answer);
            }
        }
        if is_last {
            break;
        }
    }
    Ok(answer)
}

fn fits(xpaths: &[XPath], thing: &Thing, budget: &mut u32) -> Result<bool, ThingError> {
    let wrapped = format!("<data-xml>{}</data-xml>", thing.data_xml);
    // What is stored was parsed when it came in; what cannot be parsed now finds nothing.
    let Ok(document) = Document::parse(&wrapped) else { return Ok(false) };
    for xpath in xpaths {
        if !xpath.finds(document.root_element(), budget).map_err(ThingError::Filter)? {
            return Ok(false);
        }
    }
    Ok(true)
}
