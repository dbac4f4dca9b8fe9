//! Why a call is refused: each noun's errors become a status code here, and nowhere else.

use keepwell_core::Outage;
use keepwell_core::alternate_ids::AlternateIdError;
use keepwell_core::app_settings::SettingsError;
use keepwell_core::applications::{ApplicationError, ProvisionError};
use keepwell_core::authorizations::{AccessError, ConsentError};
use keepwell_core::blobs::UploadError;
use keepwell_core::connections::ConnectionError;
use keepwell_core::letters::LetterError;
use keepwell_core::messages::MessageError;
use keepwell_core::packages::PackageError;
use keepwell_core::sessions::SessionError;
use keepwell_core::things::{BlobProblem, OrderError, Problem, ThingError};
use keepwell_core::vocabularies::VocabularyError;
use keepwell_core::xpath::XPathError;
use keepwell_wire::answer;
use keepwell_wire::error::InfoError;
use keepwell_wire::status::Status;

/// A status with a message that helps.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) status: Status,
    message: String,
    error_info: Option<String>,
    /// What was remembered of the caller no longer holds; nothing was done, and dispatch looks again.
    pub(crate) stale: bool,
    /// It was refused for want of a right to the record, or because the record is closed.
    pub(crate) denied: bool,
}

impl Refusal {
    pub(crate) fn new(status: Status, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), error_info: None, stale: false, denied: false }
    }

    /// The answer would be longer than an answer may be.
    pub(crate) fn too_long(most: usize) -> Self {
        let message = format!("the answer would have more than {most} bytes; ask for less at a time");
        Self::new(Status::RESPONSE_TOO_LONG, message)
    }

    pub(crate) fn answer(&self) -> String {
        answer::error(self.status, &self.message, self.error_info.as_deref())
    }
}

impl From<InfoError> for Refusal {
    fn from(error: InfoError) -> Self {
        Self { error_info: error.error_info, ..Self::new(error.status, error.message) }
    }
}

impl From<Outage> for Refusal {
    fn from(outage: Outage) -> Self {
        // What went wrong inside is for the log; the client learns that a retry is reasonable.
        match outage {
            Outage::Busy => Self::new(Status::FAILED, "the server is busy; please try again"),
            Outage::Unavailable(why) => {
                tracing::error!(%why, "a call failed");
                Self::new(Status::FAILED, "the server could not do this; please try again later")
            }
        }
    }
}

impl From<SessionError> for Refusal {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Outage(outage) => outage.into(),
            SessionError::Key(why) => Outage::Unavailable(why.to_string()).into(),
        }
    }
}

impl From<AccessError> for Refusal {
    fn from(error: AccessError) -> Self {
        let status = match error {
            AccessError::Outage(outage) => return outage.into(),
            AccessError::Denied => Status::ACCESS_DENIED,
            AccessError::Closed => Status::INVALID_RECORD_STATE,
            AccessError::Stale => {
                return Self { stale: true, ..Self::new(Status::FAILED, error.to_string()) };
            }
        };
        Self { denied: true, ..Self::new(status, error.to_string()) }
    }
}

impl From<ConsentError> for Refusal {
    fn from(error: ConsentError) -> Self {
        match error {
            ConsentError::Access(access) => access.into(),
            ConsentError::Outage(outage) => outage.into(),
            // No method gives a consent: only the person does, at the Shell.
            ConsentError::NotAdmitted | ConsentError::Location(_) | ConsentError::CodeGone => {
                Self::new(Status::ACCESS_DENIED, error.to_string())
            }
            ConsentError::TokenSpent => {
                Self::new(Status::APPLICATION_CREATION_TOKEN_INVALID, error.to_string())
            }
            ConsentError::TooManyDevices => Self::new(Status::APPLICATION_LIMIT_EXCEEDED, error.to_string()),
            ConsentError::Changed => Self::new(Status::FAILED, error.to_string()),
            ConsentError::Unwritable(why) => Outage::Unavailable(why).into(),
        }
    }
}

impl From<SettingsError> for Refusal {
    fn from(error: SettingsError) -> Self {
        match error {
            SettingsError::Outage(outage) => outage.into(),
            SettingsError::TooLong => Self::new(Status::REQUEST_TOO_LONG, error.to_string()),
        }
    }
}

impl From<AlternateIdError> for Refusal {
    fn from(error: AlternateIdError) -> Self {
        let status = match error {
            AlternateIdError::Outage(outage) => return outage.into(),
            AlternateIdError::Taken => Status::DUPLICATE_ALTERNATE_ID,
            AlternateIdError::TooMany => Status::ALTERNATE_IDS_LIMIT_EXCEEDED,
            AlternateIdError::Unknown => Status::ALTERNATE_ID_NOT_FOUND,
            AlternateIdError::Changed => Status::FAILED,
        };
        Self::new(status, error.to_string())
    }
}

impl From<ApplicationError> for Refusal {
    fn from(error: ApplicationError) -> Self {
        let status = match error {
            ApplicationError::Outage(outage) => return outage.into(),
            ApplicationError::Document(why) => return Outage::Unavailable(why.to_string()).into(),
            ApplicationError::Unknown(_) => Status::INVALID_APP,
            ApplicationError::Taken(_) => Status::DUPLICATE_APPLICATION_FOUND,
            ApplicationError::Certificate(_) => Status::INVALID_PUBLIC_KEY,
        };
        Self::new(status, error.to_string())
    }
}

impl From<ProvisionError> for Refusal {
    fn from(error: ProvisionError) -> Self {
        let status = match error {
            ProvisionError::Application(error) => return error.into(),
            ProvisionError::NoMaster | ProvisionError::NotYours => Status::ACCESS_DENIED,
            ProvisionError::Unknown(_) => Status::INVALID_APP,
            ProvisionError::Statements | ProvisionError::Field(_) => Status::INVALID_XML,
            ProvisionError::TooLong => Status::REQUEST_TOO_LONG,
            ProvisionError::Rule(_) => Status::INVALID_APPAUTH,
            ProvisionError::Method(_) => Status::INVALID_METHOD,
            ProvisionError::Location(_) => Status::RECORD_LOCATION_NOT_SUPPORTED,
            ProvisionError::Vocabulary(_) => Status::INVALID_VOCABULARY_AUTHORIZATION,
            ProvisionError::Changed => Status::FAILED,
        };
        Self::new(status, error.to_string())
    }
}

impl From<MessageError> for Refusal {
    fn from(error: MessageError) -> Self {
        let message = error.to_string();
        let status = match error {
            MessageError::Outage(outage) | MessageError::Letter(LetterError::Outage(outage)) => {
                return outage.into();
            }
            MessageError::Access(access) => return access.into(),
            MessageError::Address(_) | MessageError::Letter(LetterError::Address) => {
                Status::MAIL_ADDRESS_MALFORMED
            }
            MessageError::UnknownPerson(_) => Status::INVALID_PERSON_ID,
            MessageError::Withdrawn(_) => Status::ACCESS_DENIED,
            MessageError::NotValidated(_) => Status::EMAIL_NOT_VALIDATED,
            MessageError::NoDomain => Status::DOMAIN_NAME_NOT_SET,
            // There is no code for too much in a day; this one says that a retry is reasonable.
            MessageError::Letter(LetterError::Limit) => Status::FAILED,
            MessageError::Letter(
                LetterError::Name | LetterError::Subject | LetterError::Recipients | LetterError::Body,
            ) => Status::INVALID_XML,
        };
        Self::new(status, message)
    }
}

impl From<VocabularyError> for Refusal {
    fn from(error: VocabularyError) -> Self {
        let status = match error {
            VocabularyError::Outage(outage) => return outage.into(),
            VocabularyError::Unknown(_) => Status::INVALID_VOCABULARY,
            VocabularyError::Denied(_) => Status::VOCABULARY_ACCESS_DENIED,
            VocabularyError::UnknownCode(_) => Status::INVALID_VOCABULARY_ITEM,
        };
        Self::new(status, error.to_string())
    }
}

impl From<ThingError> for Refusal {
    fn from(error: ThingError) -> Self {
        let message = error.to_string();
        match error {
            ThingError::Access(access) => access.into(),
            ThingError::Outage(outage) => outage.into(),
            ThingError::TooMany => Self::new(Status::TOO_MANY_THINGS_SPECIFIED, message),
            ThingError::Filter(_) | ThingError::TooMuch => Self::new(Status::INVALID_FILTER, message),
            ThingError::Quota => Self::new(Status::RECORD_QUOTA_EXCEEDED, message),
            ThingError::Taken => Self::new(Status::CONNECT_REQUEST_ALREADY_AUTHORIZED, message),
            // No code says that the server is full; this one says that a retry is reasonable.
            ThingError::Changed | ThingError::Full => Self::new(Status::FAILED, message),
            ThingError::Item { index, problem } => Self {
                error_info: Some(index.to_string()),
                denied: matches!(problem, Problem::Denied(_)),
                ..Self::new(of_problem(&problem), message)
            },
        }
    }
}

impl From<ConnectionError> for Refusal {
    fn from(error: ConnectionError) -> Self {
        let status = match error {
            ConnectionError::Outage(outage) => return outage.into(),
            ConnectionError::Question => Status::INVALID_VERIFICATION_QUESTION,
            ConnectionError::Answer => Status::INVALID_VERIFICATION_ANSWER,
            ConnectionError::TooLong(_) => Status::INVALID_XML,
            ConnectionError::Taken => Status::DUPLICATE_CONNECT_REQUEST_FOUND,
            ConnectionError::UnknownCode => Status::INVALID_IDENTITY_CODE,
            ConnectionError::Filled => Status::CONNECT_PACKAGE_EXISTS,
            ConnectionError::Authorized => Status::CONNECT_REQUEST_ALREADY_AUTHORIZED,
            ConnectionError::Changed => Status::FAILED,
        };
        Self::new(status, error.to_string())
    }
}

impl From<PackageError> for Refusal {
    fn from(error: PackageError) -> Self {
        let status = match error {
            PackageError::Connection(error) => return error.into(),
            PackageError::Outage(outage) => return outage.into(),
            PackageError::CipherText(_) => Status::INVALID_XML,
            PackageError::BlobUrl => Status::INVALID_BLOB_REF_URL,
            PackageError::BlobCommitted => Status::BLOB_TOKEN_COMMITTED,
            PackageError::BlobIncomplete => Status::BLOB_TOKEN_NOT_COMPLETED,
        };
        Self::new(status, error.to_string())
    }
}

impl From<UploadError> for Refusal {
    fn from(error: UploadError) -> Self {
        let status = match error {
            UploadError::Access(access) => return access.into(),
            UploadError::Outage(outage) => return outage.into(),
            UploadError::Quota | UploadError::Pending => Status::RECORD_QUOTA_EXCEEDED,
            UploadError::Unknown => Status::INVALID_BLOB_REF_URL,
            UploadError::Committed | UploadError::Complete => Status::BLOB_TOKEN_COMMITTED,
            UploadError::Raced | UploadError::Full => Status::FAILED,
            UploadError::TooLong { .. } => Status::REQUEST_TOO_LONG,
        };
        Self::new(status, error.to_string())
    }
}

impl From<XPathError> for Refusal {
    fn from(error: XPathError) -> Self {
        Self::new(Status::INVALID_FILTER, error.to_string())
    }
}

impl From<OrderError> for Refusal {
    fn from(error: OrderError) -> Self {
        let status = match error {
            OrderError::UnknownType(_) | OrderError::UnknownProperty { .. } => {
                Status::INVALID_THING_ORDER_SPECS
            }
            OrderError::NotSortable(_) => Status::THING_SORT_NOT_ENABLED,
        };
        Self::new(status, error.to_string())
    }
}

fn of_problem(problem: &Problem) -> Status {
    match problem {
        Problem::UnknownType | Problem::OtherType => Status::INVALID_THING_TYPE,
        Problem::Uncreatable => Status::THING_TYPE_UNCREATABLE,
        Problem::Immutable => Status::THING_TYPE_IMMUTABLE,
        Problem::Denied(_) => Status::ACCESS_DENIED,
        Problem::NoData
        | Problem::WrongRoot { .. }
        | Problem::Invalid(_)
        | Problem::Twice
        | Problem::TooLong(_) => Status::INVALID_XML,
        Problem::Unknown => Status::INVALID_THING,
        Problem::NotRemoved => Status::INVALID_THING_STATE,
        Problem::StampMissing | Problem::Singleton => Status::VERSION_STAMP_MISSING,
        Problem::StampMismatch => Status::VERSION_STAMP_MISMATCH,
        Problem::OlderTypeVersion => Status::INVALID_THING_TYPE_VERSION,
        Problem::OtherVersionWithoutData => Status::UPDATE_THING_TYPE_VERSION_NO_DATA_XML,
        Problem::Incomplete => Status::THING_POTENTIALLY_INCOMPLETE,
        Problem::ReadOnly => Status::CANNOT_UPDATE_IMMUTABLE_THING,
        Problem::NoReadOnlyType => Status::CANNOT_CREATE_IMMUTABLE_THING,
        Problem::ReadOnlyStays => Status::CANNOT_CHANGE_IMMUTABLE_FLAG,
        Problem::ReadOnlyLate => Status::CANNOT_SET_IMMUTABLE_FLAG,
        Problem::Blob { problem, .. } => of_blob(problem),
    }
}

fn of_blob(problem: &BlobProblem) -> Status {
    match problem {
        BlobProblem::Twice => Status::DUPLICATE_BLOB,
        BlobProblem::Url => Status::INVALID_BLOB_REF_URL,
        BlobProblem::Committed => Status::BLOB_TOKEN_COMMITTED,
        BlobProblem::OfPackage => Status::PACKAGE_BLOB_NOT_COMMITTED,
        BlobProblem::Incomplete { .. } | BlobProblem::Length { .. } => Status::BLOB_TOKEN_NOT_COMPLETED,
        BlobProblem::Algorithm(_) => Status::INVALID_BLOB_HASH_ALGORITHM,
        BlobProblem::OtherAlgorithm(_) => Status::BLOB_HASH_ALGORITHM_MISMATCH,
        BlobProblem::BlockSize(_) => Status::UNSUPPORTED_BLOB_HASH_BLOCK_SIZE,
        BlobProblem::OtherBlockSize(_) => Status::BLOB_HASH_BLOCK_SIZE_MISMATCH,
        BlobProblem::Hash => Status::INVALID_BLOB_HASH,
        BlobProblem::Encoding(_) => Status::UNSUPPORTED_CONTENT_ENCODING,
        BlobProblem::NotEncoded(_) => Status::CONTENT_ENCODING_DATA_MISMATCH,
        BlobProblem::ContentType => Status::INVALID_CONTENT_TYPE,
    }
}
