//! Why things cannot be read or written.

use super::BlobProblem;
use crate::Outage;
use crate::authorizations::AccessError;
use crate::thing_types::Invalid;
use crate::xpath::XPathError;

/// Why one thing of a write is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// No type has this id.
    #[error("no thing type has this id")]
    UnknownType,
    /// Nobody may make one.
    #[error("things of this type cannot be created")]
    Uncreatable,
    /// Nobody may change one.
    #[error("things of this type cannot be changed")]
    Immutable,
    /// A permission is missing.
    #[error("this application may not {0} things of this type here")]
    Denied(&'static str),
    /// A new thing needs data.
    #[error("a new thing needs data-xml")]
    NoData,
    /// The data is of another type.
    #[error("data-xml begins with <{found}>, but things of this type begin with <{expected}>")]
    WrongRoot {
        /// What the type says.
        expected: &'static str,
        /// What was sent.
        found: String,
    },
    /// The data is not what its type says.
    #[error("{0}")]
    Invalid(Invalid),
    /// The record holds no such thing.
    #[error("the record holds no thing with this id")]
    Unknown,
    /// An update names no version.
    #[error("the version-stamp of the thing is missing")]
    StampMissing,
    /// The record has one already: fetch it and update it.
    #[error("the record has a thing of this type already; fetch it and update it, with its version-stamp")]
    Singleton,
    /// Someone else changed it.
    #[error("the thing has changed since it was read; fetch it again")]
    StampMismatch,
    /// One call names it twice.
    #[error("the same thing stands twice in this call")]
    Twice,
    /// An update names a type of another family.
    #[error("a thing cannot become another type")]
    OtherType,
    /// An update names an older version of the type.
    #[error("the thing is stored in a newer version of its type")]
    OlderTypeVersion,
    /// An update to another version of the type brings no data.
    #[error("a thing becomes another version of its type only with data-xml")]
    OtherVersionWithoutData,
    /// The thing is read-only.
    #[error("the thing is read-only")]
    ReadOnly,
    /// What is to be brought back was not removed.
    #[error("the thing was not removed")]
    NotRemoved,
    /// The type has no read-only things.
    #[error("things of this type cannot be read-only")]
    NoReadOnlyType,
    /// The flag cannot go.
    #[error("the read-only flag cannot be taken away")]
    ReadOnlyStays,
    /// The flag comes only at creation.
    #[error("a thing can be made read-only only when it is created")]
    ReadOnlyLate,
    /// A client that cannot see all of it would take something away without knowing.
    #[error(
        "the thing has attachments or a signature that this version of the method cannot show; use version 2"
    )]
    Incomplete,
    /// A text is too long.
    #[error("{0}")]
    TooLong(&'static str),
    /// Something about an attachment.
    #[error("the attachment {name:?}: {problem}")]
    Blob {
        /// Which; empty for the default one.
        name: String,
        /// What.
        problem: BlobProblem,
    },
}

/// Why a call about things is refused; nothing of it was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ThingError {
    /// The record's door stays shut.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// One thing is refused, and with it the whole call.
    #[error("{problem}")]
    Item {
        /// Which, from 0.
        index: usize,
        /// Why.
        problem: Problem,
    },
    /// More things than one call may hold.
    #[error("one call may hold {MAX} things at most", MAX = super::MAX_WRITE)]
    TooMany,
    /// A filter looks at more than it may.
    #[error(transparent)]
    Filter(XPathError),
    /// A query looks into more data than one may.
    #[error(
        "this xpath or order-by has to look into more data than one query may: {MOST} things, fewer if they \
         are large; ask for less, by type and date",
        MOST = super::scan::MOST
    )]
    TooMuch,
    /// The record is full.
    #[error("the record has no room for this")]
    Quota,
    /// The place where attachments lie has no room.
    #[error("the server has no room for attachments")]
    Full,
    /// What a person takes from a package is not there any more.
    #[error("what was left for the person is not there any more")]
    Taken,
    /// The record changes so fast that this call never found it still.
    #[error("the record is changing too fast; please try again")]
    Changed,
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}
