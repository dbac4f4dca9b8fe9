//! Everything that a record holds, for a custodian who takes it along: page by page, so that a large record
//! takes no more memory than a small one.

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};
use uuid::Uuid;

use super::list::{KindHeld, Page, Place, kind_page, kinds_held};
use super::store::EVERY_VERSION;
use super::{Thing, ThingError};
use crate::audit::{self, Action, Entry};
use crate::authorizations::{AccessError, Caller, RecordAccess, knock, open};
use crate::blobs::{BlobId, Content, ask_contents};
use crate::ids::{RecordId, ThingId, TypeId, VersionStamp};
use crate::{Domain, Outage};

/// Where the next page of versions begins.
pub type VersionPlace = (ThingId, VersionStamp);

/// A version as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptVersion {
    /// It is the current one.
    pub current: bool,
    /// The thing is removed in it.
    pub removed: bool,
    /// The thing in this version.
    pub thing: Thing,
}

/// Notes that a custodian takes everything along. The pages that follow leave no entries of their own.
///
/// # Errors
/// `ThingError::Access` for anybody else, or an outage.
pub async fn begin_export(domain: &Domain, caller: &Caller, record: RecordId) -> Result<(), ThingError> {
    let access = custodian(open(domain, caller, record).await?)?;
    let mut flight = WriteFlight::<Outage>::new();
    audit::write(domain, &mut flight, Entry::of(&access, Action::ExportRecord));
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok(())
}

/// All versions of all things, thing by thing: a page of them after this place.
///
/// # Errors
/// As [`begin_export`]: whether the person still holds the record is asked for each page.
pub async fn export_versions(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    after: Option<VersionPlace>,
    count: u32,
) -> Result<Vec<KeptVersion>, ThingError> {
    let mut flight = ReadFlight::new();
    let door = knock(&mut flight, caller, record, domain.env.now());
    let (thing, stamp) = after.map_or((Uuid::nil(), Uuid::nil()), |(thing, stamp)| (thing.0, stamp.0));
    let slot = flight.ask(&EVERY_VERSION, params![record, thing, stamp, count]);
    let mut answers = domain.store.read(flight).await?;
    custodian(door.open(caller, &mut answers, domain.env.now())?)?;
    let kept = |row: super::store::KeptRow| KeptVersion {
        current: row.is_current,
        removed: row.thing.deleted,
        thing: row.thing.into(),
    };
    Ok(answers.all(slot)?.into_iter().map(kept).collect())
}

/// The kinds of things that are there now.
///
/// # Errors
/// As [`export_versions`].
pub async fn export_kinds(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
) -> Result<Vec<KindHeld>, ThingError> {
    let (access, kinds) = kinds_held(domain, caller, record).await?;
    custodian(access)?;
    Ok(kinds)
}

/// The things of a kind that are there now, the newest first.
///
/// # Errors
/// As [`export_versions`].
pub async fn export_kind(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    kind: TypeId,
    after: Option<Place>,
    count: u32,
) -> Result<Page, ThingError> {
    let (access, page) = kind_page(domain, caller, record, kind, after, count).await?;
    custodian(access)?;
    Ok(page)
}

/// The bytes of an attachment of the record, if it is there.
///
/// # Errors
/// As [`export_versions`].
pub async fn export_blob(
    domain: &Domain,
    caller: &Caller,
    record: RecordId,
    blob: BlobId,
) -> Result<Option<Content>, ThingError> {
    let mut flight = ReadFlight::new();
    let door = knock(&mut flight, caller, record, domain.env.now());
    let asked = ask_contents(&mut flight, record, &[blob]);
    let mut answers = domain.store.read(flight).await?;
    custodian(door.open(caller, &mut answers, domain.env.now())?)?;
    Ok(asked.collect(&mut answers)?.remove(&blob))
}

fn custodian(access: RecordAccess) -> Result<RecordAccess, AccessError> {
    if access.is_custodian_at_shell() { Ok(access) } else { Err(AccessError::Denied) }
}
