//! Record (methods.md 4.2).

use uuid::Uuid;

use crate::time::UtcMicros;
use crate::xml::XmlWriter;

/// The state of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordState {
    /// In use.
    Active,
    /// Can be read only.
    ReadOnly,
    /// Closed for a while.
    Suspended,
    /// Gone.
    Deleted,
}

/// What a person must do before an application can use a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppRecordAuthAction {
    /// Nothing.
    NoActionRequired,
    /// Authorize the application.
    AuthorizationRequired,
    /// Authorize it again, since it asks for more.
    ReauthorizationRequired,
    /// The person lacks the rights to authorize what it asks for.
    ReauthorizationNotPossible,
    /// The application does not serve the place of the record.
    RecordLocationNotSupported,
}

/// A record as an application sees it. The three dates that are not optional here are so in the schema,
/// but the .NET client does not sign in without them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The application's pseudonym of the record.
    pub id: Uuid,
    /// The name of the record; not empty.
    pub name: String,
    /// Whether the person is a custodian.
    pub record_custodian: bool,
    /// The relationship of the person to the subject, from vocabulary relationship-types.
    pub rel_type: i32,
    /// Its name.
    pub rel_name: Option<String>,
    /// The end of the person's authorization.
    pub auth_expires: UtcMicros,
    /// Whether that is past; written only then.
    pub auth_expired: bool,
    /// What the person calls the record.
    pub display_name: Option<String>,
    /// The state.
    pub state: RecordState,
    /// When the record was created.
    pub date_created: UtcMicros,
    /// The quota.
    pub max_size_bytes: Option<u64>,
    /// What is used of it.
    pub size_bytes: Option<u64>,
    /// What the person must do.
    pub app_record_auth_action: AppRecordAuthAction,
    /// The id of the record that is the same for everyone who shares it with the application.
    pub app_specific_record_id: Option<String>,
    /// Where the subject lives.
    pub location_country: Option<String>,
    /// And in which part of that country.
    pub location_state_province: Option<String>,
    /// When the person's authorization last changed.
    pub date_updated: UtcMicros,
    /// The number of the last operation.
    pub latest_operation_sequence_number: Option<i64>,
    /// When the person authorized the application.
    pub record_app_auth_created_date: UtcMicros,
}

impl RecordState {
    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            RecordState::Active => "Active",
            RecordState::ReadOnly => "ReadOnly",
            RecordState::Suspended => "Suspended",
            RecordState::Deleted => "Deleted",
        }
    }
}

impl AppRecordAuthAction {
    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            AppRecordAuthAction::NoActionRequired => "NoActionRequired",
            AppRecordAuthAction::AuthorizationRequired => "AuthorizationRequired",
            AppRecordAuthAction::ReauthorizationRequired => "ReauthorizationRequired",
            AppRecordAuthAction::ReauthorizationNotPossible => "ReauthorizationNotPossible",
            AppRecordAuthAction::RecordLocationNotSupported => "RecordLocationNotSupported",
        }
    }
}

impl Record {
    /// Writes `record`.
    pub fn write(&self, out: &mut XmlWriter) {
        out.open("record")
            .attr("id", self.id)
            .attr("record-custodian", self.record_custodian)
            .attr("rel-type", self.rel_type)
            .attr_if("rel-name", self.rel_name.as_ref())
            .attr("auth-expires", self.auth_expires)
            .attr_if("auth-expired", self.auth_expired.then_some(true))
            .attr_if("display-name", self.display_name.as_ref())
            .attr("state", self.state.name())
            .attr("date-created", self.date_created)
            .attr_if("max-size-bytes", self.max_size_bytes)
            .attr_if("size-bytes", self.size_bytes)
            .attr("app-record-auth-action", self.app_record_auth_action.name())
            .attr_if("app-specific-record-id", self.app_specific_record_id.as_ref())
            .attr_if("location-country", self.location_country.as_ref())
            .attr_if("location-state-province", self.location_state_province.as_ref())
            .attr("date-updated", self.date_updated)
            .attr_if("latest-operation-sequence-number", self.latest_operation_sequence_number)
            .attr("record-app-auth-created-date", self.record_app_auth_created_date)
            .text(&self.name)
            .close();
    }
}
