//! What an application asks for (connectivity.md 8.3).

use serde::{Deserialize, Serialize};

use super::Permissions;
use crate::ids::TypeId;
use crate::thing_types;

/// Which thing types a rule is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Types {
    /// Everything in the record.
    All,
    /// These types, in every version.
    Only(Vec<TypeId>),
}

impl Types {
    /// Whether the type is among them.
    #[must_use]
    pub fn hold(&self, id: TypeId) -> bool {
        match self {
            Self::All => true,
            Self::Only(list) => list.iter().any(|t| thing_types::are_related(*t, id)),
        }
    }

    /// Whether everything in the other is in this.
    #[must_use]
    pub fn cover(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::All, _) => true,
            (Self::Only(_), Self::All) => false,
            (Self::Only(_), Self::Only(list)) => list.iter().all(|t| self.hold(*t)),
        }
    }
}

/// One rule of an application, as it is asked for and as it is granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Rule {
    /// The handle used by `onopt#` and `offopt#`, at most 16 characters.
    pub name: String,
    /// Why the application asks, in its own words.
    pub why: String,
    /// What it wants to do.
    pub permissions: Permissions,
    /// With which types.
    pub types: Types,
    /// Types taken out again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<TypeId>,
    /// The person may leave it out.
    #[serde(default)]
    pub optional: bool,
    /// Shown at the first authorization (connectivity.md 8.4); only for optional rules.
    #[serde(default)]
    pub show_first_time: bool,
}

impl Rule {
    /// What the rule allows for a type.
    #[must_use]
    pub fn permissions_on(&self, id: TypeId) -> Permissions {
        let excepted = self.except.iter().any(|t| thing_types::are_related(*t, id));
        if excepted || !self.types.hold(id) { Permissions::NONE } else { self.permissions }
    }

    /// Whether this rule, granted, still allows all that the other asks for.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        self.permissions.covers(other.permissions)
            && self.types.cover(&other.types)
            && self.except.iter().all(|t| other.except.iter().any(|o| thing_types::are_related(*t, *o)))
    }
}
