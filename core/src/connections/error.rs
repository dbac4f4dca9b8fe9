//! Why a clinic or a person cannot do what they want.

use crate::Outage;
use crate::ids::AppId;

/// Why an application is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConnectionError {
    /// The question has no character but white space.
    #[error("the question is empty")]
    Question,
    /// The answer has none.
    #[error("the answer is empty")]
    Answer,
    /// A text is too long.
    #[error("{0}")]
    TooLong(&'static str),
    /// There is another request with this external id.
    #[error("this application has a connect request with this external id already; delete it first")]
    Taken,
    /// No code of this application is like this.
    #[error("no request or package of this application has this identity code")]
    UnknownCode,
    /// The code has its package already.
    #[error("there is a package with this identity code already, and it cannot be changed")]
    Filled,
    /// A person has authorized the application by it already.
    #[error("this connect request was authorized already")]
    Authorized,
    /// Something changed at the same moment.
    #[error("something changed just now; please try again")]
    Changed,
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Why a person cannot pick something up.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PickupError {
    /// Nobody gave out this code, or it is gone: the same text for all who guess.
    #[error("this code is not known")]
    Unknown,
    /// Too many codes that nobody gave out: a while must pass.
    #[error("too many codes that are not known; please wait {seconds} seconds")]
    Wait {
        /// How long.
        seconds: i64,
    },
    /// Its time is over.
    #[error("this code has expired")]
    Expired(AppId),
    /// Too many wrong answers.
    #[error("there were too many wrong answers for this code")]
    Locked(AppId),
    /// Somebody else used it.
    #[error("this code was used already")]
    Used(AppId),
    /// Somebody took what was left for them; that goes once.
    #[error("what belonged to this code was taken already")]
    PickedUp(AppId),
    /// What was left is nothing that a record can have.
    #[error("what belongs to this code is damaged")]
    Damaged(AppId),
    /// The code was given out, but what belongs to it has not come.
    #[error("what belongs to this code is not here yet")]
    NotReady(AppId),
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}
