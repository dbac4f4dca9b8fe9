//! Thing types: what the kinds of health data are. Data, not code: `types.tsv` has a line each.

use std::collections::HashMap;
use std::sync::LazyLock;

use uuid::Uuid;

use crate::ids::TypeId;

/// A thing type in one of its versions (things.md 2.7).
#[derive(Clone, Debug)]
pub struct ThingType {
    /// Its id on the wire.
    pub id: TypeId,
    /// Its English name.
    pub name: &'static str,
    /// The local name of the root element of its data-xml; empty for the pseudo base type.
    pub root: &'static str,
    /// Which version of its family, from 1.
    pub sequence: u32,
    /// The child of the root that holds the effective date, if it has one (things.md 3).
    pub effective_date: Option<&'static str>,
    /// The child of the root that holds the end date, if it has one.
    pub end_date: Option<&'static str>,
    /// No application may create one.
    pub uncreatable: bool,
    /// No one may change one.
    pub immutable: bool,
    /// A record holds at most one.
    pub singleton: bool,
    /// An instance may carry the read-only flag.
    pub allow_readonly: bool,
    family: usize,
}

/// The type of a weight.
pub const WEIGHT: TypeId = TypeId(Uuid::from_u128(0x3d34_d87e_7fc1_4153_800f_f565_92cb_0d17));

/// The type of a membership in a group.
pub const GROUP_MEMBERSHIP: TypeId = TypeId(Uuid::from_u128(0x66ac_44c7_1d60_4e95_bb5b_d214_90e9_1057));

struct Catalogue {
    types: Vec<ThingType>,
    by_id: HashMap<TypeId, usize>,
    families: Vec<Vec<TypeId>>,
}

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let mut catalogue = Catalogue { types: Vec::new(), by_id: HashMap::new(), families: Vec::new() };
    let mut families: HashMap<&str, usize> = HashMap::new();
    for line in include_str!("types.tsv").lines().skip(1) {
        let column: Vec<&'static str> = line.split('\t').collect();
        let [id, name, root, family, sequence, effective, end, uncreatable, immutable, singleton, readonly] =
            column[..]
        else {
            continue;
        };
        let Ok(id) = id.parse().map(TypeId) else { continue };
        // A type without a family is a family of its own.
        let family_key = if family.is_empty() { line } else { family };
        let family = *families.entry(family_key).or_insert_with(|| {
            catalogue.families.push(Vec::new());
            catalogue.families.len() - 1
        });
        if let Some(members) = catalogue.families.get_mut(family) {
            members.push(id);
        }
        catalogue.by_id.insert(id, catalogue.types.len());
        catalogue.types.push(ThingType {
            id,
            name,
            root,
            sequence: sequence.parse().unwrap_or(1),
            effective_date: Some(effective).filter(|e| !e.is_empty()),
            end_date: Some(end).filter(|e| !e.is_empty()),
            uncreatable: uncreatable == "y",
            immutable: immutable == "y",
            singleton: singleton == "y",
            allow_readonly: readonly == "y",
            family,
        });
    }
    catalogue
});

/// The type with this id.
#[must_use]
pub fn find(id: TypeId) -> Option<&'static ThingType> {
    CATALOGUE.by_id.get(&id).and_then(|at| CATALOGUE.types.get(*at))
}

/// All types.
#[must_use]
pub fn all() -> &'static [ThingType] {
    &CATALOGUE.types
}

/// All versions of the type's family, itself included: a permission or a filter for one is for all.
#[must_use]
pub fn family(id: TypeId) -> &'static [TypeId] {
    find(id).and_then(|t| CATALOGUE.families.get(t.family)).map_or(&[], Vec::as_slice)
}

/// Whether two ids are versions of one type. An unknown id is related to nothing but itself.
#[must_use]
pub fn are_related(a: TypeId, b: TypeId) -> bool {
    a == b || matches!((find(a), find(b)), (Some(x), Some(y)) if x.family == y.family)
}

/// The type that a configuration file means: an id, or a root element's name (its newest version).
#[must_use]
pub fn by_name(text: &str) -> Option<&'static ThingType> {
    match text.parse() {
        Ok(id) => find(TypeId(id)),
        Err(_) => all().iter().filter(|t| t.root == text && !t.root.is_empty()).max_by_key(|t| t.sequence),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_a_type() {
        assert_eq!(all().len(), include_str!("types.tsv").lines().count() - 1);
    }

    #[test]
    fn versions_of_a_type_are_one_family() {
        let encounter: Vec<_> = all().iter().filter(|t| t.root == "encounter").collect();
        assert_eq!(encounter.len(), 2);
        assert!(are_related(encounter[0].id, encounter[1].id));
        assert!(!are_related(encounter[0].id, WEIGHT));
    }

    #[test]
    fn a_weight_is_dated_by_its_when() {
        assert_eq!(find(WEIGHT).and_then(|t| t.effective_date), Some("when"));
        assert_eq!(by_name("weight").map(|t| t.id), Some(WEIGHT));
    }
}
