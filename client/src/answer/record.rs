//! A record, as the application sees it.

use keepwell_wire::shapes::{AppRecordAuthAction, RecordState};
use keepwell_wire::time::parse_instant;
use roxmltree::Node;
use uuid::Uuid;

use super::text;
use crate::Error;

/// A record that a person shares with the application.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record {
    /// Its id, which only this application knows it by.
    pub id: Uuid,
    /// Whose it is.
    pub name: String,
    /// What the person calls it.
    pub display_name: Option<String>,
    /// Whether the person is a custodian.
    pub is_custodian: bool,
    /// The relationship of the person to the subject: 1 is the person.
    pub relationship: i32,
    /// Its name.
    pub relationship_name: Option<String>,
    /// The state.
    pub state: RecordState,
    /// What the person must do before the application can use it.
    pub action: AppRecordAuthAction,
    /// When the person authorized the application.
    pub authorized_at: Option<jiff::Timestamp>,
    /// The number of the last operation on it.
    pub latest_operation: Option<i64>,
}

impl Record {
    /// Reads `record`. All but the id and the name may be missing; the schema says so.
    pub(crate) fn read(node: Node<'_, '_>) -> Result<Self, Error> {
        let id = node.attribute("id").and_then(|id| Uuid::try_parse(id.trim()).ok());
        let state = node.attribute("state").unwrap_or_default();
        let action = node.attribute("app-record-auth-action").unwrap_or_default();
        Ok(Record {
            id: id.ok_or_else(|| Error::Malformed("a record without an id".to_owned()))?,
            name: text(node)?,
            display_name: node.attribute("display-name").map(str::to_owned),
            is_custodian: node.attribute("record-custodian").is_some_and(|v| v == "true" || v == "1"),
            relationship: node.attribute("rel-type").and_then(|n| n.parse().ok()).unwrap_or(0),
            relationship_name: node.attribute("rel-name").map(str::to_owned),
            state: [RecordState::ReadOnly, RecordState::Suspended, RecordState::Deleted]
                .into_iter()
                .find(|s| s.name() == state)
                .unwrap_or(RecordState::Active),
            action: [
                AppRecordAuthAction::AuthorizationRequired,
                AppRecordAuthAction::ReauthorizationRequired,
                AppRecordAuthAction::ReauthorizationNotPossible,
                AppRecordAuthAction::RecordLocationNotSupported,
            ]
            .into_iter()
            .find(|a| a.name() == action)
            .unwrap_or(AppRecordAuthAction::NoActionRequired),
            authorized_at: node
                .attribute("record-app-auth-created-date")
                .and_then(|text| parse_instant(text).ok())
                .and_then(|at| jiff::Timestamp::from_microsecond(at.0).ok()),
            latest_operation: node.attribute("latest-operation-sequence-number").and_then(|n| n.parse().ok()),
        })
    }

    /// The name to show: what the person calls it, or else its own.
    pub fn label(&self) -> &str {
        self.display_name.as_deref().filter(|name| !name.trim().is_empty()).unwrap_or(&self.name)
    }
}
