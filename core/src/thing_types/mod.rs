//! Thing types: what the kinds of health data are. Data, not code: `catalogue` has a file each, in the
//! notation that `notation` reads, and `base.types` what they share.

mod carry;
mod catalogue;
mod checks;
mod example;
mod names;
mod notation;
mod outline;
mod path;
mod said;
mod simple;
mod structure;
mod thing_type;
mod title;
mod validate;
pub mod xsd;

pub use carry::{CannotCarry, Carried, carry};
pub use catalogue::check;
pub use example::example;
pub use names::{Names, label, names};
pub use notation::NotationError;
pub use outline::{Entry, Outline, line, outline};
pub use path::{Path, Step, Target};
pub use said::{Dated, LONGEST, PER_CENT, Said};
pub use simple::{Bound, Facets, Pattern, Primitive, Simple};
pub use structure::{
    Attribute, Choice, Content, Definition, Field, Hints, Home, Kind, Occurs, Particle, Structure, TypeRef,
    VocabularyHint,
};
pub use thing_type::{Measure, OrderProperty, ThingType};
pub use title::{Part, SayWords, Term, Title};
pub use validate::{Invalid, Verdict, validate, validate_common, validate_data};

use catalogue::catalogue;
use uuid::Uuid;

use crate::ids::TypeId;

/// The type of a weight.
pub const WEIGHT: TypeId = TypeId(Uuid::from_u128(0x3d34_d87e_7fc1_4153_800f_f565_92cb_0d17));

/// The type of the picture of whom a record is about.
pub const PERSONAL_IMAGE: TypeId = TypeId(Uuid::from_u128(0xa529_4488_f865_4ce3_92fa_187c_d3b5_8930));

/// The type of a membership in a group.
pub const GROUP_MEMBERSHIP: TypeId = TypeId(Uuid::from_u128(0x66ac_44c7_1d60_4e95_bb5b_d214_90e9_1057));

/// The type with this id.
#[must_use]
pub fn find(id: TypeId) -> Option<&'static ThingType> {
    catalogue().by_id.get(&id).and_then(|at| catalogue().types.get(*at))
}

/// All types.
#[must_use]
pub fn all() -> &'static [ThingType] {
    &catalogue().types
}

/// The text of the catalogue's file that describes the type.
#[must_use]
pub fn source(kind: &ThingType) -> &'static str {
    catalogue::source(kind.file)
}

/// All versions of the type's family, itself included: a permission or a filter for one is for all.
#[must_use]
pub fn family(id: TypeId) -> &'static [TypeId] {
    find(id).and_then(|t| catalogue().families.get(t.family)).map_or(&[], Vec::as_slice)
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

/// What stands beside the data of a thing of any type (things.md 1.3).
#[must_use]
pub fn common() -> &'static Structure {
    &catalogue().common
}

#[cfg(test)]
mod tests;
