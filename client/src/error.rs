//! What can go wrong, and what a program should do about it (wire.md 3.7, 6.4).

use std::sync::Arc;

use keepwell_wire::error::InfoError;
use keepwell_wire::status::Status;

use crate::blobs::BlobError;
use crate::packages::PackageError;

/// Why a call did not succeed.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The token of the person is of no use any more, or the server does not know the person: status 7, 8
    /// or 9. Send the person to the Shell again, with [`ShellUrl::auth`](crate::ShellUrl::auth). A device
    /// has no token; it begins anew with a [`DeviceSetup`](crate::DeviceSetup).
    #[error("{method}: the server answered {code} {}: {message}; the person must sign in again", code.name())]
    SignedOut {
        /// What was called.
        method: String,
        /// Which of the codes.
        code: Status,
        /// What the server says, for a developer.
        message: String,
    },
    /// The person has not allowed this, or does not allow it any more: status 11. Ask them, with
    /// [`ShellUrl::app_auth`](crate::ShellUrl::app_auth) and the id that made the call, or do without.
    #[error(
        "{method}: the server answered 11 ACCESS_DENIED: {message}; the person must allow it in the Shell"
    )]
    NotAllowed {
        /// What was called.
        method: String,
        /// What the server says, for a developer.
        message: String,
    },
    /// The server does not know the application, or does not let it in: status 6. A device forgets its
    /// [`DeviceCredential`](crate::DeviceCredential) and begins anew with a
    /// [`DeviceSetup`](crate::DeviceSetup). A web application has to be registered or enabled, which
    /// only an operator can do.
    #[error("{method}: the server answered 6 INVALID_APP: {message}; the application must be registered")]
    UnknownApplication {
        /// What was called.
        method: String,
        /// What the server says, for a developer.
        message: String,
    },
    /// The server answered, and the answer is no, for any other reason.
    #[error("{method}: the server answered {code} {}: {message}", code.name())]
    Status {
        /// What was called.
        method: String,
        /// The code; its constants have names.
        code: Status,
        /// What the server says, for a developer.
        message: String,
        /// More, if there is; for a batch the index of the item at fault.
        info: Option<String>,
    },
    /// The server could not be reached, or what came back was not from the platform.
    #[error("the server cannot be reached: {0}")]
    Transport(#[source] Arc<dyn std::error::Error + Send + Sync>),
    /// The answer, or a thing in it, does not have the shape that the protocol says.
    #[error("what the server sent cannot be read: {0}")]
    Malformed(String),
    /// The bytes of an attachment did not get where they were to go.
    #[error(transparent)]
    Blob(#[from] BlobError),
    /// The package cannot be made.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// The key, the certificate or the secret of the application cannot be used.
    #[error("the application's credential cannot be used: {0}")]
    Credential(String),
}

impl Error {
    /// A failure on the way to the server, for a [`Transport`](crate::transport::Transport) of the
    /// program's own.
    pub fn transport(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Error::Transport(Arc::from(cause.into()))
    }

    /// What the server refused.
    pub(crate) fn refused(method: &str, code: Status, message: String, info: Option<String>) -> Self {
        let method = method.to_owned();
        match code {
            Status::CREDENTIAL_TOKEN_EXPIRED | Status::INVALID_TOKEN | Status::INVALID_PERSON => {
                Error::SignedOut { method, code, message }
            }
            Status::ACCESS_DENIED => Error::NotAllowed { method, message },
            Status::INVALID_APP => Error::UnknownApplication { method, message },
            code => Error::Status { method, code, message, info },
        }
    }

    /// The same, with the method named if it could not be read.
    pub(crate) fn within(self, method: &str) -> Self {
        match self {
            Error::Malformed(text) => Error::Malformed(format!("{method}: {text}")),
            other => other,
        }
    }

    /// The method that was refused.
    pub fn method(&self) -> Option<&str> {
        match self {
            Error::SignedOut { method, .. }
            | Error::NotAllowed { method, .. }
            | Error::UnknownApplication { method, .. }
            | Error::Status { method, .. } => Some(method),
            _ => None,
        }
    }

    /// The status code, if the server answered with one.
    pub fn status(&self) -> Option<Status> {
        match self {
            Error::SignedOut { code, .. } | Error::Status { code, .. } => Some(*code),
            Error::NotAllowed { .. } => Some(Status::ACCESS_DENIED),
            Error::UnknownApplication { .. } => Some(Status::INVALID_APP),
            _ => None,
        }
    }

    /// Whether the token of the person is of no use any more: send them to the Shell again.
    pub fn is_signed_out(&self) -> bool {
        matches!(self, Error::SignedOut { .. })
    }

    /// Whether the person has not allowed this, or does not allow it any more.
    pub fn is_not_allowed(&self) -> bool {
        matches!(self, Error::NotAllowed { .. })
    }

    pub(crate) fn is_session_ended(&self) -> bool {
        self.status() == Some(Status::AUTHENTICATED_SESSION_TOKEN_EXPIRED)
    }
}

impl From<InfoError> for Error {
    fn from(error: InfoError) -> Self {
        Error::Malformed(error.message)
    }
}
