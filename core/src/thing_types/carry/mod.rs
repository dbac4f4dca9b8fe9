//! A thing in one version of its type, written as another (things.md 5).
//!
//! The catalogue has a `.carry` file for each family with versions; `notation` says how it reads. Versions
//! that are not neighbours go by those between.

mod coverage;
mod evaluate;
mod link;
mod lost;
mod made;
mod notation;
#[cfg(test)]
mod tests;
mod write;

pub(super) use link::Carry;

use std::collections::HashMap;

use roxmltree::{Document, Node};

use super::catalogue::{Catalogue, catalogue};
use super::notation::{NotationError, Source};
use super::thing_type::ThingType;
use super::validate::{Invalid, validate, validate_data};
use super::{are_related, find};
use crate::ids::TypeId;
use evaluate::Work;
use link::Shape;
use made::Made;

/// A thing's data in another version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// What stands inside `data-xml`.
    pub data_xml: String,
    /// The paths of what there is and this version has no place for; those of each version on the way.
    pub lost: Vec<String>,
}

/// Why a thing's data cannot be written in another version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotCarry {
    /// They are not versions of one type.
    #[error("these are not versions of one type")]
    NotVersions,
    /// What there is does not suit its own type.
    #[error("it is not what its type says: {0}")]
    Unsound(Invalid),
    /// The other version needs something that is not there.
    #[error("version {version} of {name} needs {missing}")]
    Missing {
        /// The type's name.
        name: &'static str,
        /// Its version.
        version: u32,
        /// The path.
        missing: String,
    },
    /// What came out does not suit the other version.
    #[error("what came out is not what its type says: {0}")]
    Unfit(Invalid),
}

/// Writes what stands inside the `data-xml` of a thing as another version of its type has it. `common`
/// comes along as it is. What comes out is valid.
///
/// # Errors
/// Why it cannot be; the thing is then best left as it is.
pub fn carry(from: TypeId, to: TypeId, data_xml: &str) -> Result<Carried, CannotCarry> {
    let (mut kind, target) = find(from).zip(find(to)).ok_or(CannotCarry::NotVersions)?;
    if !are_related(from, to) {
        return Err(CannotCarry::NotVersions);
    }
    let mut carried = Carried { data_xml: data_xml.to_owned(), lost: Vec::new() };
    while kind.id != target.id {
        let next = if kind.sequence < target.sequence { kind.next } else { kind.prev };
        let next = next.and_then(find).ok_or(CannotCarry::NotVersions)?;
        let step = step(kind, next, &carried.data_xml)?;
        carried.data_xml = step.data_xml;
        carried.lost.extend(step.lost);
        kind = next;
    }
    Ok(carried)
}

const AROUND: (&str, &str) = ("<data-xml>", "</data-xml>");

/// From a version to its neighbour.
fn step(kind: &'static ThingType, next: &'static ThingType, data_xml: &str) -> Result<Carried, CannotCarry> {
    let carry = catalogue().carries.get(&(kind.id, next.id)).ok_or(CannotCarry::NotVersions)?;
    let unsound = |expected: &str, found: String| {
        let (path, expected) = ("data-xml".to_owned(), expected.to_owned());
        CannotCarry::Unsound(Invalid { path, expected, found })
    };
    let whole = format!("{}{data_xml}{}", AROUND.0, AROUND.1);
    let document = Document::parse(&whole).map_err(|e| unsound("well-formed XML", e.to_string()))?;
    let root = document.root_element().children().find(Node::is_element);
    let root = root.ok_or_else(|| unsound(kind.root, "nothing".to_owned()))?;
    validate(kind, root).map_err(CannotCarry::Unsound)?;
    let mut made = Made::named(next.root);
    if let Some(map) = carry.maps.first() {
        Work { carry, root }.map(map, root, &mut made);
    }
    made.settle(&next.structure).map_err(|missing| CannotCarry::Missing {
        name: next.name,
        version: next.sequence,
        missing,
    })?;
    let mut data = String::with_capacity(data_xml.len());
    made.write(&mut data);
    let beside = whole.get(root.range().end..whole.len() - AROUND.1.len());
    data.push_str(beside.unwrap_or_default());
    validate_data(next, &data).map_err(CannotCarry::Unfit)?;
    Ok(Carried { data_xml: data, lost: lost::lost(root, &made) })
}

/// Reads the files of a catalogue whose types are known. Each family with versions has one, and each
/// version can be written as its neighbours.
pub(super) fn read(
    catalogue: &Catalogue,
    files: &[(&'static str, &'static str)],
) -> Result<HashMap<(TypeId, TypeId), Carry>, NotationError> {
    let mut carries = HashMap::new();
    for (name, text) in files {
        let source = Source { file: name };
        let file = notation::read(source, text)?;
        for direction in &file.directions {
            let version = |sequence: u32| {
                let fits = |t: &&ThingType| t.family_name == Some(file.family) && t.sequence == sequence;
                let found = catalogue.types.iter().find(fits);
                let expected = format!("a version of {}", file.family);
                found.ok_or_else(|| source.error(direction.line, expected, format!("v{sequence}")))
            };
            let (from, to) = (version(direction.from)?, version(direction.to)?);
            if from.next != Some(to.id) && from.prev != Some(to.id) {
                return Err(source.error(direction.line, "neighbours", format!("v{}", direction.to)));
            }
            let shape = |kind: &'static str, structure| Shape { name: Some(kind), structure };
            let carry = link::link(
                source,
                direction,
                shape(from.root, &from.structure),
                shape(to.root, &to.structure),
            )?;
            if carries.insert((from.id, to.id), carry).is_some() {
                return Err(source.error(
                    direction.line,
                    "each direction once",
                    format!("v{}", direction.from),
                ));
            }
        }
    }
    for kind in &catalogue.types {
        let missing =
            [kind.prev, kind.next].into_iter().flatten().find(|to| !carries.contains_key(&(kind.id, *to)));
        if missing.is_some() {
            let source = Source { file: kind.file };
            return Err(source.error(1, "a .carry file with each direction of its family", ""));
        }
    }
    Ok(carries)
}
