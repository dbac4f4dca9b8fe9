//! What can go wrong.

use keepwell_wire::error::InfoError;
use keepwell_wire::status::Status;

/// Why a call did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The server answered, and the answer is no.
    #[error("the server answered {code} {}: {message}", code.name())]
    Status {
        /// The code; its constants have names.
        code: Status,
        /// What the server says, for a developer.
        message: String,
        /// More, if there is; for a batch the index of the item at fault.
        info: Option<String>,
    },
    /// The server could not be reached, or what came back was not from the platform.
    #[error("the server cannot be reached: {0}")]
    Transport(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The answer, or a thing in it, does not have the shape that the protocol says.
    #[error("what the server sent cannot be read: {0}")]
    Malformed(String),
    /// The key or the certificate of the application cannot be used.
    #[error("the application's credential cannot be used: {0}")]
    Credential(String),
}

impl Error {
    /// The status code, if the server answered with one.
    pub fn status(&self) -> Option<Status> {
        match self {
            Error::Status { code, .. } => Some(*code),
            _ => None,
        }
    }

    /// Whether the token of the person is of no use any more: send them to the Shell again.
    pub fn is_signed_out(&self) -> bool {
        let dead = [Status::CREDENTIAL_TOKEN_EXPIRED, Status::INVALID_TOKEN, Status::INVALID_PERSON];
        self.status().is_some_and(|status| dead.contains(&status))
    }

    /// Whether the person has not allowed this, or does not allow it any more.
    pub fn is_not_allowed(&self) -> bool {
        self.status() == Some(Status::ACCESS_DENIED)
    }
}

impl From<InfoError> for Error {
    fn from(error: InfoError) -> Self {
        Error::Malformed(error.message)
    }
}
