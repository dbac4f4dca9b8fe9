//! What is wrong with an envelope.

use crate::status::Status;
use crate::xml::scan::ScanError;

/// A request that cannot be taken apart. Always status 3, wire.md 2.3.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// The body is not UTF-8.
    #[error("the request is not UTF-8 text")]
    NotUtf8,
    /// The body is beyond a limit, or holds a document type declaration.
    #[error(transparent)]
    Scan(#[from] ScanError),
    /// The body is not well-formed.
    #[error("the request is not well-formed XML: {0}")]
    Xml(String),
    /// The root is another element.
    #[error("the root element is not request in namespace urn:com.microsoft.wc.request")]
    NotARequest,
    /// An element that must be there is not.
    #[error("the request has no {0}")]
    Missing(&'static str),
    /// An element that may be there once is there twice.
    #[error("the request has more than one {0}")]
    Duplicate(&'static str),
    /// An element holds a value of the wrong kind.
    #[error("{element} is not valid: {value:?}")]
    Invalid {
        /// The element.
        element: &'static str,
        /// The value, shortened.
        value: String,
    },
    /// The header names an application and a session, or neither.
    #[error("the header needs either app-id or auth-session")]
    Credential,
}

impl EnvelopeError {
    /// The status code to answer.
    pub fn status(&self) -> Status {
        Status::INVALID_XML
    }
}
