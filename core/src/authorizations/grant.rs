//! What was granted, as it is kept.

use super::store::GrantRow;
use crate::Outage;
use crate::applications::{Permissions, Rule};
use crate::ids::TypeId;

/// What a person allowed an application to do with a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// While the person uses the application.
    pub online: Vec<Rule>,
    /// While the person is away.
    pub offline: Vec<Rule>,
    /// When it was first given, microseconds UTC.
    pub created: i64,
    /// When it last changed.
    pub updated: i64,
    /// When it ends.
    pub expires: i64,
}

impl Grant {
    pub(super) fn read(row: GrantRow) -> Result<Self, Outage> {
        let rules = |text: &str| {
            serde_json::from_str::<Vec<Rule>>(text)
                .map_err(|e| Outage::Unavailable(format!("a grant cannot be read: {e}")))
        };
        Ok(Self {
            online: rules(&row.online)?,
            offline: rules(&row.offline)?,
            created: row.created,
            updated: row.updated,
            expires: row.expires,
        })
    }
}

/// What a set of rules allows for a type.
pub(super) fn permissions_on(rules: &[Rule], id: TypeId) -> Permissions {
    rules.iter().fold(Permissions::NONE, |sum, rule| sum | rule.permissions_on(id))
}
