//! What was granted, as it is kept.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::store::GrantRow;
use crate::Outage;
use crate::applications::{Permissions, Rule, Types};
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

/// What a rule allows, without what it is called and why it was asked for: read at each request.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Allows {
    permissions: Permissions,
    types: Types,
    #[serde(default)]
    except: Vec<TypeId>,
}

impl From<Allows> for Rule {
    fn from(allows: Allows) -> Self {
        let Allows { permissions, types, except } = allows;
        Self { permissions, types, except, ..Self::default() }
    }
}

impl Grant {
    pub(super) fn read(row: GrantRow) -> Result<Self, Outage> {
        Self::with(&row, rules::<Rule>)
    }

    /// The grant with rules that say what they allow, and neither their names nor why.
    pub(super) fn allowed(row: GrantRow) -> Result<Self, Outage> {
        Self::with(&row, rules::<Allows>)
    }

    fn with(row: &GrantRow, rules: impl Fn(&str) -> Result<Vec<Rule>, Outage>) -> Result<Self, Outage> {
        Ok(Self {
            online: rules(&row.online)?,
            offline: rules(&row.offline)?,
            created: row.created,
            updated: row.updated,
            expires: row.expires,
        })
    }
}

fn rules<R: DeserializeOwned + Into<Rule>>(text: &str) -> Result<Vec<Rule>, Outage> {
    let rules = serde_json::from_str::<Vec<R>>(text);
    let rules = rules.map_err(|error| Outage::Unavailable(format!("a grant cannot be read: {error}")))?;
    Ok(rules.into_iter().map(Into::into).collect())
}

/// What a set of rules allows for a type.
pub(super) fn permissions_on(rules: &[Rule], id: TypeId) -> Permissions {
    rules.iter().fold(Permissions::NONE, |sum, rule| sum | rule.permissions_on(id))
}
