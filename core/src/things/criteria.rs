//! Which things a query is about.

use crate::ids::{AppId, PersonId, ThingId, TypeId};
use crate::thing_types;
use crate::things::ThingKey;
use crate::xpath::XPath;

/// Things named one by one, or any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// Any that fit the criteria.
    #[default]
    Any,
    /// These.
    Ids(Vec<ThingId>),
    /// These, as long as the version is the current one.
    Keys(Vec<ThingKey>),
    /// Those with these ids of the application's own.
    ClientIds(Vec<String>),
}

/// Conditions, all of which must hold. Bounds are inclusive.
#[derive(Clone, Debug, PartialEq)]
pub struct Criteria {
    /// Of one of these types, in any version; `None` for any type.
    pub types: Option<Vec<TypeId>>,
    /// Effective date, wall clock.
    pub eff_date: (i64, i64),
    /// End date, wall clock; a thing without one ends in the far future.
    pub end_date: (i64, i64),
    /// Time of creation, UTC.
    pub created: (i64, i64),
    /// Time of the last change, UTC.
    pub updated: (i64, i64),
    /// Created with this application.
    pub created_app: Option<AppId>,
    /// Created by this person.
    pub created_person: Option<PersonId>,
    /// Last changed with this application.
    pub updated_app: Option<AppId>,
    /// Last changed by this person.
    pub updated_person: Option<PersonId>,
    /// Expressions that must find something in its data.
    pub xpaths: Vec<XPath>,
    /// Nothing can fit.
    pub nothing: bool,
}

const ANY_TIME: (i64, i64) = (i64::MIN, i64::MAX);

impl Default for Criteria {
    fn default() -> Self {
        Self {
            types: None,
            eff_date: ANY_TIME,
            end_date: ANY_TIME,
            created: ANY_TIME,
            updated: ANY_TIME,
            created_app: None,
            created_person: None,
            updated_app: None,
            updated_person: None,
            xpaths: Vec::new(),
            nothing: false,
        }
    }
}

impl Criteria {
    /// Whether it says more than of which types things are, as far as columns tell.
    pub(super) fn has_bounds(&self) -> bool {
        [self.eff_date, self.end_date, self.created, self.updated].iter().any(|bounds| *bounds != ANY_TIME)
            || self.created_app.is_some()
            || self.created_person.is_some()
            || self.updated_app.is_some()
            || self.updated_person.is_some()
    }

    /// Things that fit both (things.md 4.2: the filters of a group are ANDed).
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let mut nothing = self.nothing || other.nothing;
        let mut same = |differ: bool| nothing |= differ;
        same(differ(self.created_app, other.created_app));
        same(differ(self.created_person, other.created_person));
        same(differ(self.updated_app, other.updated_app));
        same(differ(self.updated_person, other.updated_person));
        Self {
            types: match (self.types, other.types) {
                (Some(a), Some(b)) => Some(
                    a.into_iter().filter(|t| b.iter().any(|o| thing_types::are_related(*t, *o))).collect(),
                ),
                (a, b) => a.or(b),
            },
            eff_date: overlap(self.eff_date, other.eff_date),
            end_date: overlap(self.end_date, other.end_date),
            created: overlap(self.created, other.created),
            updated: overlap(self.updated, other.updated),
            created_app: self.created_app.or(other.created_app),
            created_person: self.created_person.or(other.created_person),
            updated_app: self.updated_app.or(other.updated_app),
            updated_person: self.updated_person.or(other.updated_person),
            xpaths: [self.xpaths, other.xpaths].concat(),
            nothing,
        }
    }
}

fn differ<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a != b)
}

fn overlap(a: (i64, i64), b: (i64, i64)) -> (i64, i64) {
    (a.0.max(b.0), a.1.min(b.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn two_filters_leave_what_fits_both() {
        let a = Criteria { eff_date: (1, 9), types: Some(vec![thing_types::WEIGHT]), ..Criteria::default() };
        let b = Criteria { eff_date: (5, 20), ..Criteria::default() };
        let both = a.and(b);
        assert_eq!(both.eff_date, (5, 9));
        assert_eq!(both.types, Some(vec![thing_types::WEIGHT]));
    }

    #[test]
    fn two_filters_with_different_types_leave_nothing() {
        let types =
            |id: u128| Criteria { types: Some(vec![TypeId(Uuid::from_u128(id))]), ..Criteria::default() };
        assert_eq!(types(1).and(types(2)).types, Some(vec![]));
    }

    #[test]
    fn two_filters_with_different_applications_leave_nothing() {
        let app =
            |id: u128| Criteria { created_app: Some(AppId(Uuid::from_u128(id))), ..Criteria::default() };
        assert!(app(1).and(app(2)).nothing);
        assert!(!app(1).and(app(1)).nothing);
    }
}
