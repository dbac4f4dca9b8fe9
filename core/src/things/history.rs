//! A thing through all its versions, for the person at the Shell (things.md 2.6).

use keepwell_store::{ReadFlight, params};

use super::store::{AT_VERSION, CURRENT, VERSIONS, VersionRow};
use super::{PERSONAL, Thing, ThingError, ThingKey, Writing};
use crate::Domain;
use crate::applications::Permission;
use crate::audit::{self, Action, Entry};
use crate::authorizations::{AccessError, Avenue, Caller, knock};
use crate::ids::{RecordId, ThingId, VersionStamp};

/// Versions of a thing that are listed, the newest; older ones are kept all the same.
pub const MAX_VERSIONS: u32 = 200;

/// What came of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The thing was made.
    Created,
    /// It was changed.
    Changed,
    /// It was removed.
    Removed,
    /// It was brought back.
    BroughtBack,
}

/// A version in the list of them: who, when, with which application and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// The thing and the version.
    pub key: ThingKey,
    /// What it did.
    pub change: Change,
    /// How it came to be.
    pub by: Writing,
}

/// A thing in one version, and the list of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The version that was asked for, in full.
    pub shown: Thing,
    /// The current version.
    pub current: ThingKey,
    /// The thing is removed.
    pub removed: bool,
    /// The versions, the newest, which is the current one, first; for custodians only, to others none.
    pub versions: Vec<Version>,
    /// There are older ones than those.
    pub more: bool,
}

/// A thing in this version, or in its current one, and the list of its versions. A custodian sees former
/// versions, what was removed and what is personal; another person with a right to the record sees what
/// is there now; none when there is no such thing. It leaves an entry in the log.
///
/// # Errors
/// `ThingError::Access` for an application (methods.md 6.1), and for what the person may not see.
pub async fn history(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    thing: ThingId,
    version: Option<VersionStamp>,
) -> Result<Option<History>, ThingError> {
    let now = domain.env.now();
    let mut flight = ReadFlight::new();
    let door = knock(&mut flight, caller, record, now);
    let current = flight.ask(&CURRENT, params![record, vec![thing.0]]);
    let wanted = version.map(|stamp| flight.ask(&AT_VERSION, params![record, thing, stamp]));
    let versions = flight.ask(&VERSIONS, params![record, thing, MAX_VERSIONS + 1]);
    let mut answers = domain.store.read(flight).await?;
    let access = door.open(caller, &mut answers, now)?;
    if access.avenue() != Avenue::Shell {
        return Err(AccessError::Denied.into());
    }
    let Some(current) = answers.first(current)? else { return Ok(None) };
    let (key, removed) = (ThingKey { id: current.id, stamp: current.stamp }, current.deleted);
    let is_former = version.is_some_and(|stamp| stamp != current.stamp);
    let is_plain = !removed && !is_former && current.flags & PERSONAL == 0;
    let custodian = access.is_custodian_at_shell();
    if !access.may(Permission::Read, current.type_id) || !(custodian || is_plain) {
        return Err(AccessError::Denied.into());
    }
    let shown = match wanted {
        None => Some(current),
        Some(slot) => answers.first(slot)?,
    };
    let Some(shown) = shown.map(Thing::from) else { return Ok(None) };
    let rows = if custodian { answers.all(versions)? } else { Vec::new() };
    let most = usize::try_from(MAX_VERSIONS).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    let details = serde_json::json!({ "thing": thing, "version": shown.key.stamp, "type": shown.type_id });
    audit::read(domain, Entry::of(&access, Action::ReadThings).with(&details)).await;
    Ok(Some(History { shown, current: key, removed, versions: told(&rows, most), more }))
}

/// What each version did follows from the one before it, which is the next in the list.
fn told(rows: &[VersionRow], most: usize) -> Vec<Version> {
    let tell = |(index, row): (usize, &VersionRow)| {
        let before = rows.get(index + 1);
        let change = match before {
            _ if row.deleted => Change::Removed,
            Some(before) if before.deleted => Change::BroughtBack,
            Some(_) => Change::Changed,
            None => Change::Created,
        };
        let by = Writing {
            at: row.updated_at,
            app: row.updated_app,
            person: row.updated_person,
            avenue: row.updated_avenue,
        };
        Version { key: ThingKey { id: row.id, stamp: row.stamp }, change, by }
    };
    rows.iter().enumerate().take(most).map(tell).collect()
}
