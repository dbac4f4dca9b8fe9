//! What can be done to a record.

/// An action, with the name under which it stands in the log (methods.md 14, connectivity.md 8.11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// A record was made.
    CreateRecord,
    /// A person gave a record another name.
    RenameRecord,
    /// A person allowed an application.
    CreateRecordAuthorization,
    /// A person changed what an application may do.
    UpdateRecordAuthorization,
    /// A person or the application itself ended it.
    RemoveRecordAuthorization,
    /// The host closed the record for a while, or opened it again.
    SetRecordState,
    /// It was read who keeps the record.
    ReadPeople,
    /// A message went to the custodians.
    SendMessage,
    /// Things were read.
    ReadThings,
    /// The bytes of an attachment were fetched.
    ReadBlob,
    /// Things were written.
    PutThings,
    /// A person took what an application left for them.
    PickUpPackage,
    /// Things were removed.
    RemoveThings,
    /// Removed things were brought back.
    RestoreThings,
}

impl Action {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::CreateRecord => "CreateRecord",
            Self::RenameRecord => "RenameRecord",
            Self::CreateRecordAuthorization => "CreateRecordAuthorization",
            Self::UpdateRecordAuthorization => "UpdateRecordAuthorization",
            Self::RemoveRecordAuthorization => "RemoveRecordAuthorization",
            Self::SetRecordState => "SetRecordState",
            Self::ReadPeople => "GetPeopleForRecord",
            Self::SendMessage => "SendInsecureMessage",
            Self::ReadThings => "GetThings",
            Self::ReadBlob => "GetBlob",
            Self::PutThings => "PutThings",
            Self::PickUpPackage => "PickUpPackage",
            Self::RemoveThings => "RemoveThings",
            Self::RestoreThings => "RestoreThings",
        }
    }
}
