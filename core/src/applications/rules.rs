//! What an application asks for (connectivity.md 8.3).

use serde::{Deserialize, Serialize};

use super::{Multilingual, Permissions};
use crate::ids::TypeId;
use crate::thing_types;

/// Which thing types a rule is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Types {
    /// Everything in the record.
    #[default]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Rule {
    /// The handle used by `onopt#` and `offopt#`, at most 16 characters.
    pub name: String,
    /// Why the application asks, in its own words.
    pub why: Multilingual,
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
    /// The application would have it ticked at the first authorization. It is kept and told, but a switch
    /// of ours starts off: nobody agrees by overlooking something.
    #[serde(default, skip_serializing_if = "is_false")]
    pub checked_first_time: bool,
    /// The same, on later visits.
    #[serde(default, skip_serializing_if = "is_false")]
    pub checked_by_default: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !value
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

/// The first rule that asks for more than all the rules of the ceiling together allow.
#[must_use]
pub fn beyond<'r>(asked: &'r [Rule], ceiling: &[Rule]) -> Option<&'r Rule> {
    asked.iter().find(|rule| !within(rule, ceiling))
}

fn within(rule: &Rule, ceiling: &[Rule]) -> bool {
    match &rule.types {
        Types::Only(types) => types.iter().filter(|id| !rule.permissions_on(**id).is_empty()).all(|id| {
            let allowed = ceiling.iter().fold(Permissions::NONE, |sum, c| sum | c.permissions_on(*id));
            allowed.covers(rule.permissions)
        }),
        // A type that comes to be tomorrow is among all: only rules for all can hold it.
        Types::All => rule.permissions.iter().all(|permission| {
            let one = Rule { permissions: Permissions::of(&[permission]), ..rule.clone() };
            ceiling.iter().any(|c| c.covers(&one))
        }),
    }
}

/// Whether a set of rules can be used: names of 1 to 16 characters, each once, and something to allow.
///
/// # Errors
/// What is wrong, naming the rule.
pub(super) fn sound(rules: &[Rule]) -> Result<(), String> {
    for (at, rule) in rules.iter().enumerate() {
        let name = &rule.name;
        if name.is_empty() || name.chars().count() > 16 {
            return Err(format!("rule {name:?}: a rule's name has 1 to 16 characters"));
        }
        if rules[..at].iter().any(|other| other.name == *name) {
            return Err(format!("rule {name:?}: another rule of this set has the same name"));
        }
        if rule.permissions.is_empty() {
            return Err(format!("rule {name:?}: it names no permission"));
        }
        if rule.why.all().any(|(_, why)| why.chars().count() > 1024) {
            return Err(format!("rule {name:?}: its reason is longer than 1024 characters"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::applications::Permission;
    use crate::thing_types::WEIGHT;

    fn rule(permissions: &[Permission], types: Types) -> Rule {
        Rule { name: "r".to_owned(), permissions: Permissions::of(permissions), types, ..Rule::default() }
    }

    #[test]
    fn what_several_rules_allow_together_is_within_them() {
        use Permission::{Create, Read};
        let weight = || Types::Only(vec![WEIGHT]);
        let ceiling = [rule(&[Read], Types::All), rule(&[Create], weight())];
        assert!(beyond(&[rule(&[Read, Create], weight())], &ceiling).is_none());
        assert!(beyond(&[rule(&[Read], Types::All)], &ceiling).is_none());
        assert!(beyond(&[rule(&[Create], Types::All)], &ceiling).is_some());
        assert!(beyond(&[rule(&[Read], weight())], &[]).is_some());
    }

    #[test]
    fn what_the_ceiling_takes_out_is_beyond_it() {
        let without = Rule { except: vec![WEIGHT], ..rule(&[Permission::Read], Types::All) };
        assert!(beyond(&[rule(&[Permission::Read], Types::All)], std::slice::from_ref(&without)).is_some());
        assert!(beyond(std::slice::from_ref(&without), std::slice::from_ref(&without)).is_none());
    }
}
