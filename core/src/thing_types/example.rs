//! An example of each type's data, for developers: all that the type itself has, and of the shared types
//! what is usual. The same at each call, and valid (the tests put every one of them).

use std::fmt::Write as _;

use super::simple::{Primitive, Simple};
use super::structure::{Attribute, Content, Field, Hints, Kind, Particle, Structure, VocabularyHint};
use super::thing_type::ThingType;
use crate::vocabularies::{self, FAMILY, Item, Vocabulary};

/// Elements deep: beyond, only what must be there.
const DEPTH: usize = 4;

/// Of the shared types, what is optional and yet usual.
const USUAL: [(&str, &str); 10] = [
    ("date-time", "time"),
    ("approx-date", "m"),
    ("approx-date", "d"),
    ("codable-value", "code"),
    ("name", "first"),
    ("name", "last"),
    ("person", "contact"),
    ("contact", "phone"),
    ("lab-test-type", "result"),
    ("lab-result-type", "value"),
];

/// Texts for elements of these names, where the type allows them.
const NAMED: [(&str, &str); 41] = [
    ("y", "2026"),
    ("m", "5"),
    ("d", "17"),
    ("h", "8"),
    ("s", "0"),
    ("year", "1978"),
    ("birthyear", "1978"),
    ("month", "5"),
    ("kg", "72.5"),
    ("celsius", "36.8"),
    ("mmolPerL", "5.4"),
    ("pascals", "101325"),
    ("liters-per-second", "7.5"),
    ("watts", "120"),
    ("systolic", "120"),
    ("diastolic", "80"),
    ("pulse", "64"),
    ("value", "98"),
    ("full", "Ada Larkfield"),
    ("first", "Ada"),
    ("last", "Larkfield"),
    ("name", "Larkfield Clinic"),
    ("street", "1 Larkfield Lane"),
    ("city", "Larkfield"),
    ("state", "WA"),
    ("postcode", "98052"),
    ("country", "US"),
    ("number", "+1 555 0100"),
    ("address", "ada@larkfield.example"),
    ("website", "https://larkfield.example/"),
    ("url", "https://larkfield.example/"),
    ("organization", "Larkfield Clinic"),
    ("firstname", "Ada"),
    ("lastname", "Larkfield"),
    ("language", "en"),
    ("content-type", "text/plain"),
    ("size", "2048"),
    ("currency", "USD"),
    ("minutes", "30"),
    ("bed-time", "22"),
    ("format-appid", "larkfield-weight-diary"),
];

/// What fits where nothing better does.
const ANYTHING: [&str; 16] = [
    "1",
    "0.5",
    "2",
    "0",
    "2026-05-17T08:30:00",
    "2026-05-17",
    "08:30:00",
    "true",
    "3d34d87e-7fc1-4153-800f-f56592cb0d17",
    "https://larkfield.example/",
    "en",
    "x",
    "USA",
    "12345",
    "00001",
    "application/octet-stream",
];

/// What stands inside `data-xml` for a thing of the type: its root and an empty `common`. Indented.
#[must_use]
pub fn example(kind: &ThingType) -> String {
    let mut out = Writer { text: String::new(), last: String::new() };
    match kind.root_namespace {
        Some(namespace) => {
            let _ = writeln!(out.text, "<{} xmlns=\"{namespace}\"/>", kind.root);
        }
        None if kind.root.is_empty() => return String::new(),
        None => out.element(kind.root, &kind.structure, None, &Hints::default(), 0),
    }
    out.text.push_str("<common/>\n");
    out.text
}

struct Writer {
    text: String,
    /// The text that was written last: what stands in a fixed unit, before it is said as the person reads it.
    last: String,
}

impl Writer {
    fn indent(&mut self, depth: usize) {
        let _ = write!(self.text, "{:width$}", "", width = depth * 2);
    }

    /// An element with its attributes; `shared` is the name of its type, if others use it too.
    fn element(
        &mut self,
        name: &str,
        structure: &Structure,
        shared: Option<&str>,
        hints: &Hints,
        depth: usize,
    ) {
        self.indent(depth);
        let _ = write!(self.text, "<{name}");
        for attribute in &structure.attributes {
            self.attribute(attribute, shared, hints, depth);
        }
        match &structure.content {
            Content::Text(simple) => {
                let text = match shared {
                    Some("display-value") => self.last.clone(),
                    _ => text(simple, name, hints),
                };
                let _ = writeln!(self.text, ">{}</{name}>", escaped(&text));
            }
            Content::Elements(particles) => {
                let start = self.text.len();
                self.text.push_str(">\n");
                match (shared, chosen(hints)) {
                    (Some("codable-value" | "coded-value"), Some(code)) => {
                        self.coded(shared, code, depth + 1);
                    }
                    (Some("codable-value"), None) => self.said("text", name, hints, depth + 1),
                    (Some("general-measurement"), _) => self.said("display", name, hints, depth + 1),
                    _ => self.particles(particles, shared, hints, depth + 1),
                }
                if self.text.len() == start + 2 {
                    self.text.truncate(start);
                    self.text.push_str("/>\n");
                } else {
                    self.indent(depth);
                    let _ = writeln!(self.text, "</{name}>");
                }
            }
        }
    }

    fn attribute(&mut self, attribute: &Attribute, shared: Option<&str>, hints: &Hints, depth: usize) {
        let wanted = attribute.required || (shared.is_none() && depth < DEPTH);
        if wanted {
            // The unit that the person reads stands beside the number in the fixed one.
            let unit = hints.unit.filter(|_| attribute.name.starts_with("units"));
            let text =
                unit.map_or_else(|| text(&attribute.text, attribute.name, &attribute.hints), str::to_owned);
            let _ = write!(self.text, " {}=\"{}\"", attribute.name, escaped(&text));
        }
    }

    fn particles(&mut self, particles: &[Particle], shared: Option<&str>, hints: &Hints, depth: usize) {
        for particle in particles {
            match particle {
                Particle::Field(field) => {
                    let measured = field.name == "display" && hints.unit.is_some();
                    let usual = measured || shared.is_some_and(|s| USUAL.contains(&(s, field.name)));
                    if field.occurs.min > 0 || usual || (shared.is_none() && depth <= DEPTH) {
                        self.field(field, hints, depth);
                    }
                }
                Particle::Choice(choice) => {
                    let first = choice.alternatives.first().filter(|_| !choice.optional || shared.is_none());
                    if let Some(first) = first {
                        self.particles(first, shared, hints, depth);
                    }
                }
                Particle::Anything(_) => {}
            }
        }
    }

    fn field(&mut self, field: &Field, around: &Hints, depth: usize) {
        // What is known of a measure is known of the number in it.
        let hints = if field.hints == Hints::default() { around } else { &field.hints };
        match (&field.kind, field.kind.structure(), field.kind.text()) {
            (kind, Some(structure), _) => {
                let shared = match kind {
                    Kind::Named(named) if named.home() == super::Home::Base => Some(named.name()),
                    _ => None,
                };
                self.element(field.name, structure, shared, hints, depth);
            }
            (_, None, Some(simple)) => {
                self.last = text(simple, field.name, hints);
                self.indent(depth);
                let _ = writeln!(self.text, "<{0}>{1}</{0}>", field.name, escaped(&self.last));
            }
            (_, None, None) => {
                self.indent(depth);
                let _ = writeln!(self.text, "<{}/>", field.name);
            }
        }
    }

    /// What an element says in words.
    fn said(&mut self, inside: &str, name: &str, hints: &Hints, depth: usize) {
        let text = hints.example.map_or_else(|| words(hints.label.unwrap_or(name)), str::to_owned);
        self.indent(depth);
        let _ = writeln!(self.text, "<{inside}>{}</{inside}>", escaped(&text));
    }

    /// A code, alone or with the text that people read.
    fn coded(&mut self, shared: Option<&str>, code: (&Vocabulary, Item<'_>), depth: usize) {
        let (vocabulary, item) = code;
        let mut line = |depth: usize, text: String| {
            self.indent(depth);
            let _ = writeln!(self.text, "{text}");
        };
        let whole = shared == Some("codable-value");
        let inside = depth + usize::from(whole);
        if whole {
            line(depth, format!("<text>{}</text>", escaped(item.display)));
            line(depth, "<code>".to_owned());
        }
        let key = &vocabulary.key;
        line(inside, format!("<value>{}</value>", escaped(item.code)));
        line(inside, format!("<family>{}</family>", escaped(&key.family)));
        line(inside, format!("<type>{}</type>", escaped(&key.name)));
        line(inside, format!("<version>{}</version>", escaped(&key.version)));
        if whole {
            line(depth, "</code>".to_owned());
        }
    }
}

/// The first code of a vocabulary that fits here and comes with the program.
fn chosen(hints: &Hints) -> Option<(&'static Vocabulary, Item<'static>)> {
    let known = |hint: &VocabularyHint| vocabularies::built_in(hint.family.unwrap_or(FAMILY), hint.name);
    if hints.example.is_some() {
        return None;
    }
    // A list of lists says nothing about what is measured here.
    let useful = hints.vocabularies.iter().filter(|hint| hint.name != "measurement-unit-sets");
    let vocabulary = useful.into_iter().find_map(known)?;
    let item = vocabulary.read("en").after(None, 1)?.items.into_iter().next()?;
    Some((vocabulary, item))
}

fn text(simple: &Simple, name: &str, hints: &Hints) -> String {
    let code = chosen(hints).map(|(_, item)| match simple.primitive {
        Primitive::String => item.display.to_owned(),
        _ => item.code.to_owned(),
    });
    if simple.primitive == Primitive::Boolean {
        return "false".to_owned();
    }
    let example = hints.example.map(str::to_owned);
    let values = simple.facets.values.first().map(|value| (*value).to_owned());
    let named = NAMED.iter().filter(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned());
    let words = (simple.primitive == Primitive::String).then(|| words(hints.label.unwrap_or(name)));
    let anything = ANYTHING.iter().map(|text| (*text).to_owned());
    let mut all = example.into_iter().chain(values).chain(code).chain(named).chain(words).chain(anything);
    all.find(|text| simple.accepts(text)).unwrap_or_default()
}

/// An element's name as words: `date-started` is `Date started`.
fn words(name: &str) -> String {
    let text = name.replace(['-', '_'], " ");
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
