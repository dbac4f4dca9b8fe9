//! The structure of data: what elements and attributes there are, in which order and how often.

use std::fmt;
use std::sync::OnceLock;

use super::simple::Simple;

/// How often something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurs {
    /// At least so often.
    pub min: u32,
    /// At most so often; `None` for no bound.
    pub max: Option<u32>,
}

impl Occurs {
    /// Exactly once.
    pub const ONE: Self = Self { min: 1, max: Some(1) };
    /// Once or not at all.
    pub const OPTIONAL: Self = Self { min: 0, max: Some(1) };

    /// Whether there can be more than one.
    #[must_use]
    pub fn repeats(self) -> bool {
        self.max.is_none_or(|max| max > 1)
    }
}

/// What an element holds.
#[derive(Clone, Debug)]
pub enum Definition {
    /// Text.
    Text(Box<Simple>),
    /// Elements, or text with attributes.
    Complex(Structure),
}

/// Attributes and content.
#[derive(Clone, Debug, Default)]
pub struct Structure {
    /// The attributes, in any order.
    pub attributes: Vec<Attribute>,
    /// The content.
    pub content: Content,
}

/// What stands between the tags.
#[derive(Clone, Debug)]
pub enum Content {
    /// Elements in this order.
    Elements(Vec<Particle>),
    /// Text.
    Text(Box<Simple>),
}

impl Default for Content {
    fn default() -> Self {
        Self::Elements(Vec::new())
    }
}

/// A part of a sequence.
#[derive(Clone, Debug)]
pub enum Particle {
    /// An element.
    Field(Field),
    /// One of several sequences.
    Choice(Choice),
    /// Any elements; nobody looks inside.
    Anything(Occurs),
}

/// One of several sequences.
#[derive(Clone, Debug)]
pub struct Choice {
    /// None of them will do too.
    pub optional: bool,
    /// The sequences; the first element tells which it is.
    pub alternatives: Vec<Vec<Particle>>,
}

/// An element.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name, which is in no namespace (things.md 1.3).
    pub name: &'static str,
    /// How often it stands.
    pub occurs: Occurs,
    /// What it holds.
    pub kind: Kind,
    /// What else is known of it.
    pub hints: Hints,
}

/// An attribute.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// Its name.
    pub name: &'static str,
    /// It must be there.
    pub required: bool,
    /// What it holds.
    pub text: Simple,
    /// What else is known of it.
    pub hints: Hints,
}

/// What an element holds, by name or on the spot.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A named type.
    Named(TypeRef),
    /// A type of its own.
    Own(Box<Definition>),
    /// Anything, unseen.
    Anything,
}

impl Kind {
    /// What it holds; `None` for anything.
    #[must_use]
    pub fn definition(&self) -> Option<&Definition> {
        match self {
            Self::Named(named) => named.definition(),
            Self::Own(own) => Some(own),
            Self::Anything => None,
        }
    }

    /// The text that it holds, if it holds text; attributes may stand beside it.
    #[must_use]
    pub fn text(&self) -> Option<&Simple> {
        match self.definition()? {
            Definition::Text(simple) => Some(simple),
            Definition::Complex(Structure { content: Content::Text(simple), .. }) => Some(simple),
            Definition::Complex(_) => None,
        }
    }

    /// The attributes and elements that it holds.
    #[must_use]
    pub fn structure(&self) -> Option<&Structure> {
        match self.definition()? {
            Definition::Complex(structure) => Some(structure),
            Definition::Text(_) => None,
        }
    }

    /// The name of its type, if it has one: `codable-value`, `string`, ….
    #[must_use]
    pub fn type_name(&self) -> Option<&'static str> {
        match self {
            Self::Named(named) => Some(named.name()),
            Self::Own(own) => match own.as_ref() {
                Definition::Text(simple) => simple.name(),
                Definition::Complex(_) => None,
            },
            Self::Anything => None,
        }
    }
}

/// Where a named type is described.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// Among the base types, for all.
    Base,
    /// In the file of its thing type.
    Local,
}

/// A named type. It may contain itself, so it is a reference to what is filled in later.
#[derive(Clone, Copy)]
pub struct TypeRef(&'static Slot);

struct Slot {
    name: &'static str,
    home: Home,
    definition: OnceLock<Definition>,
}

impl TypeRef {
    /// Made once a name, when the catalogue is read at first use; it lives as long as the program.
    pub(super) fn new(name: &'static str, home: Home) -> Self {
        Self(Box::leak(Box::new(Slot { name, home, definition: OnceLock::new() })))
    }

    pub(super) fn define(self, definition: Definition) {
        // Names are unique in their file, so nothing is there yet.
        let _ = self.0.definition.set(definition);
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// Where it is described.
    #[must_use]
    pub fn home(self) -> Home {
        self.0.home
    }

    /// What it is.
    #[must_use]
    pub fn definition(self) -> Option<&'static Definition> {
        self.0.definition.get()
    }
}

impl fmt::Debug for TypeRef {
    // A type may contain itself: its name says enough.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TypeRef({})", self.0.name)
    }
}

/// What is known of an element beside its structure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// Vocabularies whose codes fit here.
    pub vocabularies: Vec<VocabularyHint>,
    /// What people call it, where its name does not say it well.
    pub label: Option<&'static str>,
    /// Its place in FHIR.
    pub fhir: Option<&'static str>,
    /// The unit of its number, in UCUM.
    pub unit: Option<&'static str>,
    /// What could stand there, for examples.
    pub example: Option<&'static str>,
    /// Nobody needs to see it.
    pub hidden: bool,
    /// What surprises about it.
    pub doc: Option<&'static str>,
}

/// A vocabulary for a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VocabularyHint {
    /// The family; `wc` where the file gives none, except for a family's own name.
    pub family: Option<&'static str>,
    /// The name.
    pub name: &'static str,
}

impl Structure {
    /// The particles of its content; none if it holds text.
    #[must_use]
    pub fn particles(&self) -> &[Particle] {
        match &self.content {
            Content::Elements(particles) => particles,
            Content::Text(_) => &[],
        }
    }

    /// Its fields in order, those of choices included.
    #[must_use]
    pub fn fields(&self) -> Vec<&Field> {
        let mut found = Vec::new();
        collect(self.particles(), &mut found);
        found
    }

    /// The field with this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields().into_iter().find(|f| f.name == name)
    }

    /// The attribute with this name.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|a| a.name == name)
    }
}

fn collect<'a>(particles: &'a [Particle], found: &mut Vec<&'a Field>) {
    for particle in particles {
        match particle {
            Particle::Field(field) => found.push(field),
            Particle::Choice(choice) => choice.alternatives.iter().for_each(|a| collect(a, found)),
            Particle::Anything(_) => {}
        }
    }
}
