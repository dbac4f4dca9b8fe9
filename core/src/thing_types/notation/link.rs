//! Names become types.

use std::collections::HashMap;

use super::super::simple::{Facets, Primitive, Simple};
use super::super::structure::{
    Attribute, Choice, Content, Definition, Field, Home, Kind, Occurs, Particle, Structure, TypeRef,
};
use super::body::{Holds, Item, Named};
use super::error::{NotationError, Source};

/// How long a chain of types, each narrowing the next, may be.
const CHAIN: usize = 8;

/// Named types, in the order of their file.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Types {
    pub(in super::super) order: Vec<TypeRef>,
    by_name: HashMap<&'static str, TypeRef>,
}

struct Linker<'a> {
    source: Source,
    types: &'a Types,
    base: Option<&'a Types>,
    written: HashMap<&'static str, &'a Named>,
}

impl Types {
    /// Links the definitions of a file; `base` are those that it may use.
    pub(super) fn link(
        source: Source,
        written: Vec<Named>,
        base: Option<&Self>,
    ) -> Result<Self, NotationError> {
        let home = if base.is_some() { Home::Local } else { Home::Base };
        let mut types = Self::default();
        for named in &written {
            let reference = TypeRef::new(named.name, home);
            types.order.push(reference);
            if types.by_name.insert(named.name, reference).is_some() {
                return Err(source.error(named.line, "a name that is not taken", named.name));
            }
        }
        let by_name = written.iter().map(|named| (named.name, named)).collect();
        let linker = Linker { source, types: &types, base, written: by_name };
        for named in &written {
            linker.define(named, 0)?;
        }
        Ok(types)
    }

    /// The structure of a body.
    pub(super) fn structure(
        &self,
        source: Source,
        items: Vec<Item>,
        base: Option<&Self>,
    ) -> Result<Structure, NotationError> {
        Linker { source, types: self, base, written: HashMap::new() }.structure(&items)
    }

    /// The type with this name.
    pub(in super::super) fn find(&self, name: &str) -> Option<TypeRef> {
        self.by_name.get(name).copied()
    }
}

impl Linker<'_> {
    fn define(&self, named: &Named, depth: usize) -> Result<(), NotationError> {
        let Some(reference) = self.types.find(named.name) else { return Ok(()) };
        if reference.definition().is_none() {
            let definition = match (&named.holds.base, &named.holds.group) {
                (None, Some(group)) => Definition::Complex(self.structure(group)?),
                _ => self.own(named.line, &named.holds, depth)?,
            };
            reference.define(definition);
        }
        Ok(())
    }

    /// A type that is described on the spot.
    fn own(&self, line: usize, holds: &Holds, depth: usize) -> Result<Definition, NotationError> {
        let Some(base) = holds.base else {
            return Ok(Definition::Complex(self.structure(holds.group.as_deref().unwrap_or_default())?));
        };
        let simple = self.simple(line, base, &holds.facets, depth)?;
        let Some(group) = &holds.group else { return Ok(Definition::Text(Box::new(simple))) };
        if holds.facets != Facets::default() {
            return Err(self.source.error(line, "a named type of text beside attributes", "a facet"));
        }
        let mut structure = self.structure(group)?;
        if !structure.particles().is_empty() {
            return Err(self.source.error(line, "attributes only, beside text", "elements"));
        }
        structure.content = Content::Text(Box::new(simple));
        Ok(Definition::Complex(structure))
    }

    fn simple(
        &self,
        line: usize,
        base: &'static str,
        own: &Facets,
        depth: usize,
    ) -> Result<Simple, NotationError> {
        if let Some(named) = self.find(base) {
            if named.definition().is_none()
                && depth < CHAIN
                && let Some(written) = self.written.get(base)
            {
                self.define(written, depth + 1)?;
            }
            return match named.definition() {
                Some(Definition::Text(simple)) => Ok(Simple {
                    primitive: simple.primitive,
                    base: Some(named),
                    facets: own.over(&simple.facets),
                    own: own.clone(),
                }),
                _ => Err(self.source.error(line, "a type of text", base)),
            };
        }
        let primitive = Primitive::named(base);
        let primitive = primitive.ok_or_else(|| self.source.error(line, "a type that is known", base))?;
        Ok(Simple { primitive, base: None, facets: own.clone(), own: own.clone() })
    }

    fn find(&self, name: &str) -> Option<TypeRef> {
        self.types.find(name).or_else(|| self.base.and_then(|base| base.find(name)))
    }

    fn structure(&self, items: &[Item]) -> Result<Structure, NotationError> {
        let mut structure = Structure::default();
        for item in items {
            if let Item::Attribute(named) = item {
                structure.attributes.push(self.attribute(named)?);
            }
        }
        structure.content = Content::Elements(self.particles(items)?);
        Ok(structure)
    }

    fn attribute(&self, named: &Named) -> Result<Attribute, NotationError> {
        let wrong = |found| self.source.error(named.line, "an attribute of text, with ? or without", found);
        let base =
            named.holds.base.filter(|_| named.holds.group.is_none()).ok_or_else(|| wrong("elements"))?;
        if named.occurs.repeats() {
            return Err(wrong("a repetition"));
        }
        Ok(Attribute {
            name: named.name,
            required: named.occurs == Occurs::ONE,
            text: self.simple(named.line, base, &named.holds.facets, 0)?,
            hints: named.hints.clone(),
        })
    }

    fn particles(&self, items: &[Item]) -> Result<Vec<Particle>, NotationError> {
        let mut particles = Vec::new();
        for item in items {
            particles.push(match item {
                Item::Attribute(_) => continue,
                Item::Anything(occurs) => Particle::Anything(*occurs),
                Item::Field(named) => Particle::Field(self.field(named)?),
                Item::Choice { optional, alternatives } => Particle::Choice(Choice {
                    optional: *optional,
                    alternatives: alternatives.iter().map(|a| self.particles(a)).collect::<Result<_, _>>()?,
                }),
            });
        }
        Ok(particles)
    }

    fn field(&self, named: &Named) -> Result<Field, NotationError> {
        let Holds { base, facets, group } = &named.holds;
        let plain = group.is_none() && *facets == Facets::default();
        let reference = base.filter(|_| plain).and_then(|base| self.find(base));
        let kind = match (reference, base) {
            (Some(reference), _) => Kind::Named(reference),
            (None, Some("any")) if plain => Kind::Anything,
            _ => Kind::Own(Box::new(self.own(named.line, &named.holds, 0)?)),
        };
        Ok(Field { name: named.name, occurs: named.occurs, kind, hints: named.hints.clone() })
    }
}
