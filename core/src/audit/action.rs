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
    /// An application was told what it may do with the record.
    ReadPermissions,
    /// An application was told its own ids for the record.
    ReadAlternateIds,
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
    /// It was read what was done to the record since when.
    ReadOperations,
    /// An application was refused, or a person who holds the record.
    Refused,
    /// A person who does not hold the record was refused, perhaps with an application.
    RefusedStranger,
    /// A person took everything with them.
    ExportRecord,
    /// A person took the log with them.
    ExportActivity,
    /// A person who holds the record closed their account.
    CloseAccount,
    /// They came back before it was erased.
    KeepAccount,
    /// Their account was erased, and the record stays with others.
    LeaveRecord,
    /// A custodian decided that the record is to be erased.
    CloseRecord,
    /// They took it back before it was.
    KeepRecord,
}

/// What kind of thing an action is, for a person who looks for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Something was read.
    Looked,
    /// Something was written, removed or brought back.
    Changed,
    /// It was decided who may do what.
    Allowed,
    /// Somebody was refused.
    Refused,
    /// All the rest.
    Other,
}

impl Deed {
    /// All, in the order of a list to choose from.
    pub const ALL: [Self; 5] = [Self::Looked, Self::Changed, Self::Allowed, Self::Refused, Self::Other];
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 26] = [
        Self::CreateRecord,
        Self::RenameRecord,
        Self::CreateRecordAuthorization,
        Self::UpdateRecordAuthorization,
        Self::RemoveRecordAuthorization,
        Self::SetRecordState,
        Self::ReadPeople,
        Self::ReadPermissions,
        Self::ReadAlternateIds,
        Self::SendMessage,
        Self::ReadThings,
        Self::ReadBlob,
        Self::PutThings,
        Self::PickUpPackage,
        Self::RemoveThings,
        Self::RestoreThings,
        Self::ReadOperations,
        Self::Refused,
        Self::RefusedStranger,
        Self::ExportRecord,
        Self::ExportActivity,
        Self::CloseAccount,
        Self::KeepAccount,
        Self::LeaveRecord,
        Self::CloseRecord,
        Self::KeepRecord,
    ];

    /// The action with this name in the log.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.name() == name)
    }

    /// What kind of thing it is.
    #[must_use]
    pub fn deed(self) -> Deed {
        match self {
            Self::ReadPeople | Self::ReadThings | Self::ReadBlob | Self::ReadOperations => Deed::Looked,
            Self::ReadPermissions | Self::ReadAlternateIds => Deed::Looked,
            Self::ExportRecord | Self::ExportActivity => Deed::Looked,
            Self::PutThings | Self::PickUpPackage | Self::RemoveThings | Self::RestoreThings => Deed::Changed,
            Self::CreateRecordAuthorization
            | Self::UpdateRecordAuthorization
            | Self::RemoveRecordAuthorization => Deed::Allowed,
            Self::Refused | Self::RefusedStranger => Deed::Refused,
            Self::CreateRecord | Self::RenameRecord | Self::SetRecordState | Self::SendMessage => Deed::Other,
            Self::CloseAccount | Self::KeepAccount | Self::LeaveRecord => Deed::Other,
            Self::CloseRecord | Self::KeepRecord => Deed::Other,
        }
    }

    /// Its name in the log.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CreateRecord => "CreateRecord",
            Self::RenameRecord => "RenameRecord",
            Self::CreateRecordAuthorization => "CreateRecordAuthorization",
            Self::UpdateRecordAuthorization => "UpdateRecordAuthorization",
            Self::RemoveRecordAuthorization => "RemoveRecordAuthorization",
            Self::SetRecordState => "SetRecordState",
            Self::ReadPeople => "GetPeopleForRecord",
            Self::ReadPermissions => "QueryPermissions",
            Self::ReadAlternateIds => "GetAlternateIds",
            Self::SendMessage => "SendInsecureMessage",
            Self::ReadThings => "GetThings",
            Self::ReadBlob => "GetBlob",
            Self::PutThings => "PutThings",
            Self::PickUpPackage => "PickUpPackage",
            Self::RemoveThings => "RemoveThings",
            Self::RestoreThings => "RestoreThings",
            Self::ReadOperations => "GetRecordOperations",
            Self::Refused => "Refused",
            Self::RefusedStranger => "RefusedStranger",
            Self::ExportRecord => "ExportRecord",
            Self::ExportActivity => "ExportActivity",
            Self::CloseAccount => "CloseAccount",
            Self::KeepAccount => "KeepAccount",
            Self::LeaveRecord => "LeaveRecord",
            Self::CloseRecord => "CloseRecord",
            Self::KeepRecord => "KeepRecord",
        }
    }
}
