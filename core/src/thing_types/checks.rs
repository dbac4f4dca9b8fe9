//! What must hold in and across the files of the catalogue (compact-schema.md 5).

use std::collections::HashSet;

use super::catalogue::Catalogue;
use super::notation::{NotationError, Source, Types};
use super::structure::{Definition, Kind, Particle, Structure};
use super::thing_type::ThingType;

/// Every named type can be read without looking ahead.
pub(super) fn types(source: Source, types: &Types) -> Result<(), NotationError> {
    types.order.iter().try_for_each(|reference| match reference.definition() {
        Some(Definition::Complex(s)) => structure(source, reference.name(), s),
        Some(Definition::Text(_)) => Ok(()),
        None => Err(source.error(1, "a type that does not only name itself", reference.name())),
    })
}

/// A thing type by itself.
pub(super) fn thing(source: Source, kind: &ThingType) -> Result<(), NotationError> {
    if kind.opaque && !(kind.structure.particles().is_empty() && kind.structure.attributes.is_empty()) {
        return Err(source.error(1, "no body for an opaque type", "a body"));
    }
    if kind.root_namespace.is_some() && !kind.opaque {
        return Err(source.error(1, "a root in no namespace unless the type is opaque", kind.root));
    }
    if !kind.opaque && (kind.namespace.is_empty() || kind.xsd.is_empty()) {
        return Err(source.error(1, "xsd <file> ns <namespace>", ""));
    }
    types(source, &kind.local)?;
    structure(source, kind.root, &kind.structure)
}

/// Versions of a family differ, and prev and next meet.
pub(super) fn families(catalogue: &Catalogue) -> Result<(), NotationError> {
    let mut taken = HashSet::new();
    for kind in &catalogue.types {
        let source = Source { file: kind.file };
        if !taken.insert((kind.family, kind.sequence)) {
            return Err(source.error(
                1,
                "a version that the family does not have yet",
                format!("v{}", kind.sequence),
            ));
        }
        let known = |id| catalogue.by_id.get(&id).and_then(|at| catalogue.types.get(*at));
        let neighbours = [("prev", kind.prev), ("next", kind.next)];
        for (key, id) in neighbours.into_iter().filter_map(|(key, id)| Some((key, id?))) {
            let meets = known(id).is_some_and(|other| {
                let back = if key == "prev" { other.next } else { other.prev };
                let ordered = (key == "prev") == (other.sequence < kind.sequence);
                other.family == kind.family && back == Some(kind.id) && ordered
            });
            if !meets {
                let expected = format!("a {key} of the same family that names this one");
                return Err(source.error(1, expected, id.0.to_string()));
            }
        }
    }
    Ok(())
}

/// No element can be read in two ways: after each, another has at most one place (the rule of XML Schema
/// that content is deterministic). Types that are described on the spot are looked into.
fn structure(source: Source, name: &str, structure: &Structure) -> Result<(), NotationError> {
    let mut names = HashSet::new();
    if let Some(twice) = structure.attributes.iter().find(|a| !names.insert(a.name)) {
        return Err(source.error(1, format!("each attribute of {name} once"), twice.name));
    }
    let mut places = Places::default();
    let ends = places.sequence(structure.particles());
    places.follow.push(ends.first);
    for follow in &places.follow {
        for (index, a) in follow.iter().enumerate() {
            let clash = follow.iter().skip(index + 1).find(|b| *b != a && places.overlap(*a, **b));
            if let Some(found) = clash.and_then(|b| places.names.get(*b)) {
                return Err(source.error(
                    1,
                    format!("a place for each element in {name}"),
                    found.unwrap_or("any"),
                ));
            }
        }
    }
    for field in structure.fields() {
        if let Kind::Own(own) = &field.kind
            && let Definition::Complex(inner) = own.as_ref()
        {
            self::structure(source, field.name, inner)?;
        }
    }
    Ok(())
}

/// The places of a content model and what may follow each.
#[derive(Default)]
struct Places {
    /// The name at a place; none for any element.
    names: Vec<Option<&'static str>>,
    follow: Vec<Vec<usize>>,
}

#[derive(Default)]
struct Ends {
    first: Vec<usize>,
    last: Vec<usize>,
    empty: bool,
}

impl Places {
    fn overlap(&self, a: usize, b: usize) -> bool {
        match (self.names.get(a), self.names.get(b)) {
            (Some(Some(a)), Some(Some(b))) => a == b,
            _ => true,
        }
    }

    fn one(&mut self, name: Option<&'static str>, occurs: super::structure::Occurs) -> Ends {
        let place = self.names.len();
        self.names.push(name);
        self.follow.push(if occurs.repeats() { vec![place] } else { Vec::new() });
        Ends { first: vec![place], last: vec![place], empty: occurs.min == 0 }
    }

    fn particle(&mut self, particle: &Particle) -> Ends {
        match particle {
            Particle::Field(field) => self.one(Some(field.name), field.occurs),
            Particle::Anything(occurs) => self.one(None, *occurs),
            Particle::Choice(choice) => {
                let mut ends = Ends { empty: choice.optional, ..Ends::default() };
                for alternative in &choice.alternatives {
                    let one = self.sequence(alternative);
                    ends.first.extend(one.first);
                    ends.last.extend(one.last);
                    ends.empty |= one.empty;
                }
                ends
            }
        }
    }

    fn sequence(&mut self, particles: &[Particle]) -> Ends {
        let mut ends = Ends { empty: true, ..Ends::default() };
        for particle in particles {
            let next = self.particle(particle);
            for last in &ends.last {
                if let Some(follow) = self.follow.get_mut(*last) {
                    follow.extend(&next.first);
                }
            }
            if ends.empty {
                ends.first.extend(&next.first);
            }
            if next.empty {
                ends.last.extend(next.last)
            } else {
                ends.last = next.last
            }
            ends.empty &= next.empty;
        }
        ends
    }
}
