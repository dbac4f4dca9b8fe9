//! What can go wrong with the bytes of an attachment, and what a program should do about it.

use std::io;
use std::sync::Arc;

/// Why the bytes of an attachment did not get where they were to go.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BlobError {
    /// The server refuses the URL: HTTP 403. It does not know it, or its time is up, or it was used. An
    /// upload begins anew. For a download ask for the thing again, which brings a new URL;
    /// [`Download::renew`](crate::Download::renew) goes on with it.
    #[error("the server refuses the URL of the attachment: {0}")]
    UrlRefused(String),
    /// The server has other bytes than those that are sent now: HTTP 409. The upload begins anew.
    #[error("the server has other bytes of this attachment: {0}")]
    Conflict(String),
    /// The attachment is longer than the server takes: HTTP 413.
    #[error("the attachment is too long: {0}")]
    TooLong(String),
    /// The server has no room for it: HTTP 507. Nothing is lost; the upload can go on when there is.
    #[error("the server has no room for the attachment: {0}")]
    NoRoom(String),
    /// The server answered with another status. Those that pass by themselves were waited for.
    #[error("the server answered HTTP {status}: {message}")]
    Http {
        /// The status.
        status: u16,
        /// What the server says, for a developer.
        message: String,
    },
    /// What is to be sent is not what the upload began with. The upload begins anew.
    #[error("what is sent has changed since the upload began: {0}")]
    SourceChanged(String),
    /// What arrived is not what was stored: the length or the hash differs. What was written of it must
    /// not be used.
    #[error("the attachment did not arrive as it was stored: {0}")]
    Damaged(String),
    /// The answer told of the attachment, but gave neither its bytes nor a URL. Ask for it
    /// [streamed](crate::BlobFormat::Streamed).
    #[error("the attachment came without bytes and without a URL")]
    NoBytes,
    /// No bytes cannot stand in a thing: they would say that the attachment be removed (things.md 7.6).
    /// Upload them.
    #[error("an empty attachment cannot be put inline")]
    EmptyInline,
    /// The program's own [`Transport`](crate::transport::Transport) carries no attachments.
    #[error("this transport carries no attachments")]
    NotCarried,
    /// The program's end failed: what is sent could not be read, or what arrived could not be written.
    #[error("the attachment cannot be read or written here: {0}")]
    Local(#[source] Arc<io::Error>),
}

impl From<io::Error> for BlobError {
    fn from(error: io::Error) -> Self {
        BlobError::Local(Arc::new(error))
    }
}
