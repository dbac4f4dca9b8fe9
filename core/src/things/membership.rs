//! Memberships of the record's subject that still count (methods.md 13.5, connectivity.md 8.10).

use super::{Criteria, Group, Thing, ThingError, get};
use crate::Domain;
use crate::applications::{Permission, Permissions};
use crate::authorizations::{Caller, RecordAccess, still_may};
use crate::ids::{AppId, RecordId};
use crate::thing_types::GROUP_MEMBERSHIP;

/// Memberships that have not expired and whose last writer could still read and delete them, offline, for
/// the person for whom it wrote. With `writers`, only what one of these applications wrote last.
///
/// # Errors
/// `ThingError::Access` when the record's door stays shut.
pub async fn valid_memberships(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    writers: &[AppId],
) -> Result<(Vec<Thing>, RecordAccess), ThingError> {
    // An expiry is a wall-clock value without a zone; it is held against the server's clock.
    let criteria = Criteria {
        types: Some(vec![GROUP_MEMBERSHIP]),
        end_date: (domain.env.now(), i64::MAX),
        ..Criteria::default()
    };
    let group = Group { criteria, ..Group::default() };
    let (mut groups, access) = get(domain, caller, record, &[group]).await?;
    let mut valid = Vec::new();
    for thing in groups.pop().map(|group| group.full).unwrap_or_default() {
        // What the person wrote by hand speaks for no application.
        let Some(app) = thing.updated.app else { continue };
        if !writers.is_empty() && !writers.contains(&app) {
            continue;
        }
        let needed = Permissions::of(&[Permission::Read, Permission::Delete]);
        if still_may(domain, &access, app, thing.updated.person, needed, thing.type_id).await? {
            valid.push(thing);
        }
    }
    Ok((valid, access))
}
