//! All thing types, read once at first use.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::carry::{self, Carry};
use super::checks;
use super::notation::{self, NotationError, Source, Types};
use super::structure::Structure;
use super::thing_type::ThingType;
use crate::ids::TypeId;

mod files {
    include!(concat!(env!("OUT_DIR"), "/catalogue_files.rs"));
}

/// What stands beside the data of every type (things.md 1.3).
const COMMON: (&str, &str) = ("common.types", include_str!("common.types"));

/// The types, and what they are made of.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    pub(super) types: Vec<ThingType>,
    pub(super) by_id: HashMap<TypeId, usize>,
    pub(super) families: Vec<Vec<TypeId>>,
    pub(super) base: Types,
    pub(super) common: Structure,
    /// How a version is written as a neighbour.
    pub(super) carries: HashMap<(TypeId, TypeId), Carry>,
}

static CATALOGUE: LazyLock<Result<Catalogue, NotationError>> = LazyLock::new(load);
static EMPTY: LazyLock<Catalogue> = LazyLock::new(Catalogue::default);

/// The catalogue; an empty one if its files are wrong, which `check` tells.
pub(super) fn catalogue() -> &'static Catalogue {
    CATALOGUE.as_ref().unwrap_or(&EMPTY)
}

/// Whether the catalogue could be read. The domain asks this when it opens.
///
/// # Errors
/// What is wrong with which file.
pub fn check() -> Result<(), &'static NotationError> {
    CATALOGUE.as_ref().map(drop)
}

/// The text of a file.
pub(super) fn source(file: &str) -> &'static str {
    files::THINGS.iter().find(|(name, _)| *name == file).map_or("", |(_, text)| text)
}

fn load() -> Result<Catalogue, NotationError> {
    let mut catalogue = read(files::TYPES, files::THINGS)?;
    catalogue.carries = carry::read(&catalogue, files::CARRIES)?;
    Ok(catalogue)
}

/// Reads files of types and files of thing types, and makes every check across them.
pub(super) fn read(
    types: &[(&'static str, &'static str)],
    things: &[(&'static str, &'static str)],
) -> Result<Catalogue, NotationError> {
    let mut catalogue = Catalogue::default();
    let source = Source { file: types.first().map_or("base.types", |(file, _)| file) };
    catalogue.base = match types {
        [] => Types::default(),
        [(_, text)] => notation::types(source, text, None)?,
        [_, (other, _), ..] => return Err(source.error(1, "one file of base types", *other)),
    };
    checks::types(source, &catalogue.base)?;
    let common = Source { file: COMMON.0 };
    let types = notation::types(common, COMMON.1, Some(&catalogue.base))?;
    let reference = types.find("common").and_then(|c| c.definition());
    if let Some(super::structure::Definition::Complex(structure)) = reference {
        catalogue.common = structure.clone();
    }
    let mut families: HashMap<&str, usize> = HashMap::new();
    for (file, text) in things {
        let source = Source { file };
        let file = notation::thing(source, text, &catalogue.base)?;
        // A type without a family is a family of its own.
        let key = file.header.family.unwrap_or(source.file);
        let family = *families.entry(key).or_insert_with(|| {
            catalogue.families.push(Vec::new());
            catalogue.families.len() - 1
        });
        let kind = ThingType::new(file, family)?;
        if let Some(members) = catalogue.families.get_mut(family) {
            members.push(kind.id);
        }
        if catalogue.by_id.insert(kind.id, catalogue.types.len()).is_some() {
            return Err(source.error(1, "an id that is not taken", kind.id.0.to_string()));
        }
        checks::thing(source, &kind)?;
        catalogue.types.push(kind);
    }
    checks::families(&catalogue)?;
    Ok(catalogue)
}
