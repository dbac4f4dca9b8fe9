//! Why a package cannot be made.

/// Why a package cannot be made. Nothing of it was left with the server.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PackageError {
    /// The answer has fewer than six characters: original clients refuse it, and so may a server.
    #[error("the answer has fewer than 6 characters")]
    ShortAnswer,
    /// The package has no things.
    #[error("there is nothing in the package")]
    Empty,
    /// A thing is a new version of another. Where a package goes there is no other.
    #[error("a thing in a package cannot replace another")]
    Replaces,
    /// A thing has an attachment that was not uploaded for this package.
    #[error("a thing has an attachment that was not uploaded for this package")]
    ForeignBlob,
    /// The XML of a thing is not well-formed, or has more than one thing in it. A package is not looked
    /// into before it is picked up, when it is too late.
    #[error("a thing's XML is not well-formed, or is too much for a package")]
    NotThings,
    /// This machine could not seal it.
    #[error("the package could not be sealed here: {0}")]
    Unsealed(String),
}
