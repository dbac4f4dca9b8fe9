//! Whether the data of a thing is what its type says (things.md 2.8, compact-schema.md 5).
//!
//! Elements are in no namespace, and their order is that of the type. What comes out is the first thing
//! that is wrong, in words for a developer who does not know the schema.

#[cfg(test)]
mod tests;
mod text;
mod words;

use std::borrow::Cow;

use roxmltree::{Children, Document, Node};

use super::common;
use super::simple::Simple;
use super::structure::{Choice, Content, Definition, Field, Particle, Structure};
use super::thing_type::ThingType;
use crate::ids::TypeId;

/// How deep data may nest; a type that contains itself sets no bound.
const DEPTH: usize = 64;
/// The most characters of a text that a message repeats.
const SHOWN: usize = 40;

const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// What is wrong with the data of a thing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path} needs {expected}; found {found}")]
pub struct Invalid {
    /// Where: names of elements from the root, with slashes.
    pub path: String,
    /// What would be right there.
    pub expected: String,
    /// What there is.
    pub found: String,
}

/// What came of checking the data of a thing, where it was parsed already: to parse it once more costs
/// more than to check it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    kind: TypeId,
    result: Result<(), Invalid>,
}

impl Verdict {
    /// Checks the root of the data and what stands beside it.
    #[must_use]
    pub fn of(kind: &ThingType, root: Node<'_, '_>, common: Option<Node<'_, '_>>) -> Self {
        let result = validate(kind, root).and_then(|()| common.map_or(Ok(()), validate_common));
        Self { kind: kind.id, result }
    }

    /// The result, if it is about this type.
    pub(crate) fn about(&self, kind: &ThingType) -> Option<Result<(), Invalid>> {
        (self.kind == kind.id).then(|| self.result.clone())
    }
}

/// Checks what stands inside a `data-xml`: the type's root, and `common` if it is there.
///
/// # Errors
/// The first thing that is wrong.
pub fn validate_data(kind: &ThingType, inside: &str) -> Result<(), Invalid> {
    let whole = format!("<data-xml>{inside}</data-xml>");
    let document = Document::parse(&whole).map_err(|error| Invalid {
        path: "data-xml".to_owned(),
        expected: "well-formed XML".to_owned(),
        found: error.to_string(),
    })?;
    let mut elements = document.root_element().children().filter(Node::is_element);
    if let Some(root) = elements.next() {
        validate(kind, root)?;
    }
    elements.try_for_each(validate_common)
}

/// Checks the data of a thing, from its root on. A document that others define is not looked into, but its
/// root is in their namespace.
///
/// # Errors
/// The first thing that is wrong.
pub fn validate(kind: &ThingType, root: Node<'_, '_>) -> Result<(), Invalid> {
    let place = Place::at(root);
    let namespace = root.tag_name().namespace().unwrap_or_default();
    if root.tag_name().name() != kind.root || namespace != kind.root_namespace.unwrap_or_default() {
        let expected = match kind.root_namespace {
            Some(uri) => format!("to be {} in the namespace {uri}", kind.root),
            None => format!("to be {}", kind.root),
        };
        return Err(place.error(root, expected, name(root)));
    }
    if kind.opaque { Ok(()) } else { place.structure(root, &kind.structure) }
}

/// Checks the `common` beside it (things.md 1.3).
///
/// # Errors
/// The first thing that is wrong.
pub fn validate_common(node: Node<'_, '_>) -> Result<(), Invalid> {
    Place::at(node).structure(node, common())
}

#[derive(Clone, Copy)]
struct Place<'a, 'i> {
    /// Where paths begin.
    top: Node<'a, 'i>,
    depth: usize,
    /// The unit that the element around names; it is that of the plain number inside.
    unit: Option<&'static str>,
}

/// The elements of a parent, one after the other.
struct Cursor<'a, 'i> {
    children: Children<'a, 'i>,
    here: Option<Node<'a, 'i>>,
}

impl<'a, 'i> Cursor<'a, 'i> {
    fn new(parent: Node<'a, 'i>) -> Self {
        let mut cursor = Self { children: parent.children(), here: None };
        cursor.advance();
        cursor
    }

    fn advance(&mut self) {
        self.here = self.children.find(Node::is_element);
    }
}

impl<'a, 'i> Place<'a, 'i> {
    fn at(top: Node<'a, 'i>) -> Self {
        Self { top, depth: 0, unit: None }
    }

    fn structure(self, node: Node<'a, 'i>, structure: &Structure) -> Result<(), Invalid> {
        self.attributes(node, structure)?;
        let particles = match &structure.content {
            Content::Text(simple) => return self.text(node, simple, None),
            Content::Elements(particles) => particles,
        };
        if let Some(stray) = node.children().find(|c| c.is_text() && !is_blank(c.text())) {
            let expected = "elements only, and no text between them";
            return Err(self.error(node, expected, quoted(stray.text().unwrap_or_default())));
        }
        let mut cursor = Cursor::new(node);
        self.particles(node, particles, &mut cursor)?;
        match cursor.here {
            None => Ok(()),
            Some(extra) => Err(self.extra(node, structure, extra)),
        }
    }

    fn attributes(self, node: Node<'a, 'i>, structure: &Structure) -> Result<(), Invalid> {
        for attribute in node.attributes() {
            // A hint for a schema processor is not part of the data.
            if attribute.namespace() == Some(INSTANCE) {
                continue;
            }
            let known = structure.attribute(attribute.name()).filter(|_| attribute.namespace().is_none());
            let Some(known) = known else {
                let expected = match structure.attributes.as_slice() {
                    [] => "no attributes".to_owned(),
                    some => {
                        let names: Vec<_> = some.iter().map(|a| a.name).collect();
                        format!("no attributes but {}", names.join(", "))
                    }
                };
                return Err(self.error(node, expected, attribute.name()));
            };
            if !known.text.accepts(attribute.value()) {
                let expected = format!("{} as its attribute {}", words::text(&known.text, None), known.name);
                return Err(self.error(node, expected, quoted(attribute.value())));
            }
        }
        let missing = structure.attributes.iter().find(|a| a.required && !node.has_attribute(a.name));
        match missing {
            None => Ok(()),
            Some(a) => {
                let expected = format!("the attribute {} ({})", a.name, words::text(&a.text, None));
                Err(self.error(node, expected, "none"))
            }
        }
    }

    fn particles(
        self,
        parent: Node<'a, 'i>,
        particles: &[Particle],
        cursor: &mut Cursor<'a, 'i>,
    ) -> Result<(), Invalid> {
        for particle in particles {
            match particle {
                Particle::Field(field) => self.field(parent, field, cursor)?,
                Particle::Choice(choice) => self.choice(parent, choice, cursor)?,
                Particle::Anything(occurs) => {
                    let mut count = 0;
                    while cursor.here.is_some() && occurs.max.is_none_or(|max| count < max) {
                        cursor.advance();
                        count += 1;
                    }
                    if count < occurs.min {
                        return Err(self.error(parent, "an element of any name", found(cursor.here)));
                    }
                }
            }
        }
        Ok(())
    }

    fn field(self, parent: Node<'a, 'i>, field: &Field, cursor: &mut Cursor<'a, 'i>) -> Result<(), Invalid> {
        let mut count = 0;
        while let Some(node) = cursor.here.filter(|node| is(*node, field.name)) {
            if field.occurs.max.is_some_and(|max| count >= max) {
                break;
            }
            self.element(node, field)?;
            cursor.advance();
            count += 1;
        }
        if count >= field.occurs.min {
            return Ok(());
        }
        let more = if count > 0 { format!("{} times ", field.occurs.min) } else { String::new() };
        Err(self.error(parent, format!("{more}{}", words::field(field, self.unit)), found(cursor.here)))
    }

    fn choice(
        self,
        parent: Node<'a, 'i>,
        choice: &Choice,
        cursor: &mut Cursor<'a, 'i>,
    ) -> Result<(), Invalid> {
        let chosen = cursor.here.and_then(|node| choice.alternatives.iter().find(|a| can_begin(a, node)));
        match chosen {
            Some(alternative) => self.particles(parent, alternative, cursor),
            None if choice.optional || choice.alternatives.iter().any(|a| can_be_empty(a)) => Ok(()),
            None => {
                let mut first = Vec::new();
                choice.alternatives.iter().for_each(|a| beginnings(a, &mut first));
                Err(self.error(parent, words::one_of(&first, self.unit), found(cursor.here)))
            }
        }
    }

    fn element(mut self, node: Node<'a, 'i>, field: &Field) -> Result<(), Invalid> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.error(node, format!("at most {DEPTH} levels"), "more"));
        }
        let unit = field.hints.unit.or(self.unit);
        self.unit = field.hints.unit;
        match field.kind.definition() {
            None => Ok(()),
            Some(Definition::Complex(structure)) => match &structure.content {
                Content::Text(simple) => {
                    self.attributes(node, structure)?;
                    self.text(node, simple, field.hints.unit)
                }
                Content::Elements(_) => self.structure(node, structure),
            },
            Some(Definition::Text(simple)) => {
                if let Some(attribute) = node.attributes().find(|a| a.namespace() != Some(INSTANCE)) {
                    return Err(self.error(node, "no attributes", attribute.name()));
                }
                self.text(node, simple, unit)
            }
        }
    }

    fn text(self, node: Node<'a, 'i>, simple: &Simple, unit: Option<&str>) -> Result<(), Invalid> {
        if let Some(element) = node.children().find(Node::is_element) {
            return Err(self.error(node, words::text(simple, unit), name(element)));
        }
        let content = content(node);
        if simple.accepts(&content) {
            return Ok(());
        }
        Err(self.error(node, words::text(simple, unit), quoted(&content)))
    }

    /// An element too many: what could stand in its place.
    fn extra(self, parent: Node<'a, 'i>, structure: &Structure, extra: Node<'a, 'i>) -> Invalid {
        let fields = structure.fields();
        let before = extra.prev_siblings().skip(1).find(Node::is_element);
        let last = before.and_then(|node| fields.iter().rposition(|f| is(node, f.name)));
        let (again, after) = match last {
            Some(at) => (fields.get(at).filter(|f| f.occurs.max.is_none()), at + 1),
            None => (None, 0),
        };
        let mut could: Vec<_> = again.into_iter().copied().collect();
        if self.in_order(structure) {
            could.extend(fields.iter().skip(after).copied());
        }
        let expected = if could.is_empty() {
            "no further element".to_owned()
        } else {
            format!("{} or no further element", words::one_of(&could, self.unit))
        };
        let mut found = name(extra);
        if fields.iter().any(|f| is(extra, f.name)) {
            let twice = before.is_some_and(|node| node.tag_name() == extra.tag_name());
            found.push_str(if twice { " once more" } else { " out of its place" });
        }
        self.error(parent, expected, found)
    }

    /// Whether its fields simply follow each other.
    fn in_order(self, structure: &Structure) -> bool {
        structure.particles().iter().all(|p| matches!(p, Particle::Field(_)))
    }

    fn error(self, node: Node<'a, 'i>, expected: impl Into<String>, found: impl Into<String>) -> Invalid {
        let mut names = Vec::new();
        for ancestor in node.ancestors() {
            names.push(name(ancestor));
            if ancestor == self.top {
                break;
            }
        }
        names.reverse();
        Invalid { path: names.join("/"), expected: expected.into(), found: found.into() }
    }
}

/// The element has this name and no namespace.
fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.tag_name().name() == name && node.tag_name().namespace().is_none_or(str::is_empty)
}

fn can_begin(particles: &[Particle], node: Node<'_, '_>) -> bool {
    for particle in particles {
        let (begins, skips) = match particle {
            Particle::Field(field) => (is(node, field.name), field.occurs.min == 0),
            Particle::Choice(choice) => (
                choice.alternatives.iter().any(|a| can_begin(a, node)),
                choice.optional || choice.alternatives.iter().any(|a| can_be_empty(a)),
            ),
            Particle::Anything(occurs) => (true, occurs.min == 0),
        };
        if begins || !skips {
            return begins;
        }
    }
    false
}

fn can_be_empty(particles: &[Particle]) -> bool {
    particles.iter().all(|particle| match particle {
        Particle::Field(field) => field.occurs.min == 0,
        Particle::Anything(occurs) => occurs.min == 0,
        Particle::Choice(choice) => choice.optional || choice.alternatives.iter().any(|a| can_be_empty(a)),
    })
}

/// The fields that these particles can begin with.
fn beginnings<'f>(particles: &'f [Particle], found: &mut Vec<&'f Field>) {
    for particle in particles {
        match particle {
            Particle::Field(field) => {
                found.push(field);
                if field.occurs.min > 0 {
                    return;
                }
            }
            Particle::Choice(choice) => return choice.alternatives.iter().for_each(|a| beginnings(a, found)),
            Particle::Anything(_) => return,
        }
    }
}

/// The text of an element; it is in several pieces only where a comment stands between them.
pub(super) fn content<'a>(node: Node<'a, '_>) -> Cow<'a, str> {
    let mut texts = node.children().filter(Node::is_text).filter_map(|t| t.text());
    let first = texts.next().unwrap_or_default();
    match texts.next() {
        None => Cow::Borrowed(first),
        Some(second) => {
            let mut whole = format!("{first}{second}");
            whole.extend(texts);
            Cow::Owned(whole)
        }
    }
}

fn is_blank(text: Option<&str>) -> bool {
    text.unwrap_or_default().chars().all(text::is_space)
}

fn name(node: Node<'_, '_>) -> String {
    let name = node.tag_name().name();
    match node.tag_name().namespace().filter(|uri| !uri.is_empty()) {
        Some(uri) => format!("{name} in the namespace {uri}"),
        None => name.to_owned(),
    }
}

fn found(node: Option<Node<'_, '_>>) -> String {
    node.map_or_else(|| "nothing".to_owned(), name)
}

fn quoted(text: &str) -> String {
    let shown: String = text.chars().take(SHOWN).collect();
    let more = if text.chars().nth(SHOWN).is_some() { "…" } else { "" };
    format!("\"{shown}{more}\"")
}
