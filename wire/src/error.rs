//! What is wrong with an `info` element.

use std::fmt;

use crate::status::Status;

/// A refusal of the content of `info`: a status code, a message for the developer of the client, and
/// for batches the index of the item at fault (methods.md 2.7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InfoError {
    /// The status code to answer.
    pub status: Status,
    /// What is wrong, naming the element.
    pub message: String,
    /// The `error-info` of the answer.
    pub error_info: Option<String>,
}

impl InfoError {
    /// An error with a status of its own.
    pub fn new(status: Status, message: impl Into<String>) -> Self {
        InfoError { status, message: shorten(message.into()), error_info: None }
    }

    /// The request does not have the shape that the method wants (status 3).
    pub fn invalid(message: impl Into<String>) -> Self {
        InfoError::new(Status::INVALID_XML, message)
    }

    /// The same error, said of one item of a batch.
    #[must_use]
    pub fn at_item(mut self, index: usize) -> Self {
        self.error_info = Some(index.to_string());
        self
    }
}

/// A message may quote what was sent, which may be long.
pub(crate) fn shorten(mut message: String) -> String {
    const MOST: usize = 300;
    if let Some((end, _)) = message.char_indices().nth(MOST) {
        message.truncate(end);
        message.push('…');
    }
    message
}

impl fmt::Display for InfoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for InfoError {}
