//! Things: the items of a record, through all their versions.

mod attach;
mod attachment;
mod by_hand;
mod criteria;
mod encoding;
mod error;
mod export;
mod get;
mod group;
mod history;
mod latest;
mod list;
mod membership;
mod operations;
mod order;
mod portrait;
mod put;
mod remove;
mod repeat;
mod restore;
mod scan;
mod signature;
mod store;
mod versions;
mod walk;

pub use attach::{BlobProblem, BlobSource, ClaimedHash, PutBlob};
pub use attachment::{AttachmentError, beginnings, bytes_of, fetch, nth_attachment};
pub use by_hand::data_by_hand;
pub use criteria::{Criteria, Which};
pub use error::{Problem, ThingError};
pub use export::{
    KeptVersion, VersionPlace, begin_export, export_blob, export_kind, export_kinds, export_versions,
};
pub use get::get;
pub use group::{Group, GroupAnswer, Intent, ThingInfo};
pub use history::{Change, History, MAX_VERSIONS, Version, history};
pub use latest::{Changed, latest};
pub use list::{KindHeld, Page, Place, kinds, of_kind, removed};
pub use membership::valid_memberships;
pub use operations::operations;
pub use order::{Order, OrderError};
pub use portrait::{Portrait, portrait};
pub(crate) use put::put_with;
pub use put::{Data, EndDate, PutThing, put};
pub use remove::remove;
pub use restore::restore;
pub use signature::Signature;
pub(crate) use store::GO_WITH_RECORD;
pub use versions::{DOWN_VERSIONED, UP_VERSIONED, data_in_version, in_version};
pub use walk::{Walk, Walked, walk};

use crate::authorizations::Avenue;
use crate::blobs::Blobs;
use crate::ids::{AppId, PersonId, ThingId, TypeId, VersionStamp};

/// Full things in one group of an answer (methods.md 2.10, `maxFullThingResultsPerGroup`).
pub const MAX_FULL: u32 = 240;
/// Keys after the full things of a group.
pub const MAX_PARTIAL: u32 = 10_000;
/// Groups of one query.
pub const MAX_GROUPS: usize = 64;
/// Things of one write.
pub const MAX_WRITE: usize = 1_000;

/// The flag of an instance that cannot change (things.md 1.4).
pub const READ_ONLY: i64 = 0x10;
/// The flag of a thing that is for the person alone: no application sees it (connectivity.md 8.5).
pub const PERSONAL: i64 = 0x1;

/// From here on an end date means none: 9999-12-31T00:00:00, wall clock (things.md 4.6).
pub const NO_END: i64 = 253_402_214_400_000_000;

/// A version of a thing as a client names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThingKey {
    /// The thing.
    pub id: ThingId,
    /// The version.
    pub stamp: VersionStamp,
}

/// Who wrote, when, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Writing {
    /// When, microseconds UTC.
    pub at: i64,
    /// With which application; none at the Shell.
    pub app: Option<AppId>,
    /// Who, or for whom.
    pub person: PersonId,
    /// How.
    pub avenue: Avenue,
}

/// What most readers want of a thing in its current version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThingData {
    /// Its id and version.
    pub key: ThingKey,
    /// Its type.
    pub type_id: TypeId,
    /// Bits (things.md 1.4).
    pub flags: i64,
    /// Its effective date: wall clock, microseconds.
    pub eff_date: i64,
    /// Its end date: wall clock, microseconds; none when it has no end.
    pub end_date: Option<i64>,
    /// What stands inside `data-xml`, byte for byte as it was sent.
    pub data_xml: String,
}

/// A thing in its current version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// Its id and version.
    pub key: ThingKey,
    /// Its type.
    pub type_id: TypeId,
    /// Bits (things.md 1.4).
    pub flags: i64,
    /// Its effective date: wall clock, microseconds.
    pub eff_date: i64,
    /// Its end date: wall clock, microseconds; none when it has no end.
    pub end_date: Option<i64>,
    /// How it came to be.
    pub created: Writing,
    /// How this version came to be.
    pub updated: Writing,
    /// The application's own id for it.
    pub client_thing_id: Option<String>,
    /// Comma-separated.
    pub tags: String,
    /// What stands inside `data-xml`, byte for byte as it was sent.
    pub data_xml: String,
    /// The signature over this version, if it has one.
    pub signature: Option<Signature>,
    /// Its attachments.
    pub blobs: Blobs,
}

impl From<Thing> for ThingData {
    fn from(thing: Thing) -> Self {
        let Thing { key, type_id, flags, eff_date, end_date, data_xml, .. } = thing;
        Self { key, type_id, flags, eff_date, end_date, data_xml }
    }
}
