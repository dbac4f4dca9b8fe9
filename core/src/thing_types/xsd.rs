//! The schemas that GetThingType answers (methods.md 6.5), written from the catalogue.
//!
//! As with the public ones, the target namespace is the type's although instances are in none
//! (things.md 1.3), and shared types are imported by the names of their public files.

use std::fmt::Write as _;

use super::catalogue::catalogue;
use super::simple::{Facets, Simple};
use super::structure::{
    Attribute, Choice, Content, Definition, Field, Home, Kind, Occurs, Particle, Structure, TypeRef,
};
use super::thing_type::ThingType;

/// What a pattern of XML Schema says for: not only white space.
const NONBLANK: &str = r"[\s\S]*\S[\s\S]*";

/// A schema that several types share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// Measures, people and the like.
    Base,
    /// Dates and times.
    Dates,
    /// Codes and bounded strings.
    Types,
}

impl Shared {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Base, Self::Dates, Self::Types];

    /// The name of its file.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Base => "base.xsd",
            Self::Dates => "dates.xsd",
            Self::Types => "types.xsd",
        }
    }

    fn namespace(self) -> &'static str {
        match self {
            Self::Base => "urn:com.microsoft.wc.thing.types",
            Self::Dates => "urn:com.microsoft.wc.dates",
            Self::Types => "urn:com.microsoft.wc.types",
        }
    }

    fn prefix(self) -> &'static str {
        match self {
            Self::Base => "t",
            Self::Dates => "d",
            Self::Types => "wct",
        }
    }

    /// Where the public schemas keep a base type.
    fn of(name: &str) -> Self {
        const DATES: [&str; 13] = [
            "year",
            "month",
            "day",
            "hour",
            "minute",
            "second",
            "millisecond",
            "date",
            "approx-date",
            "time",
            "date-time",
            "StructuredApproxDate",
            "approx-date-time",
        ];
        if DATES.contains(&name) {
            Self::Dates
        } else if name.starts_with("string") || matches!(name, "guid" | "coded-value" | "codable-value") {
            Self::Types
        } else {
            Self::Base
        }
    }
}

/// The schema of a type.
#[must_use]
pub fn of_type(kind: &ThingType) -> String {
    // The pseudo base type is the schema of what all share.
    if let Some(shared) = Shared::ALL.into_iter().find(|shared| shared.file_name() == kind.xsd) {
        return of_shared(shared);
    }
    let namespace = if kind.opaque { kind.root_namespace.unwrap_or_default() } else { kind.namespace };
    let mut out = Writer::new(namespace, if kind.opaque { &[] } else { &Shared::ALL });
    out.open("xs:annotation", &[]).open("xs:documentation", &[]);
    out.text("type-id", &kind.id.0.to_string()).text("type-name", kind.name);
    if let Some(element) = kind.effective_date {
        out.text("effective-date-element", element);
    }
    out.close("xs:documentation").close("xs:annotation");
    if kind.opaque {
        if !kind.root.is_empty() {
            out.empty("xs:element", &[("name", kind.root), ("type", "xs:anyType")]);
        }
        return out.finish();
    }
    out.open("xs:element", &[("name", kind.root)]);
    out.complex(None, &kind.structure);
    out.close("xs:element");
    kind.local.order.iter().for_each(|named| out.named(*named));
    out.finish()
}

/// A shared schema.
#[must_use]
pub fn of_shared(shared: Shared) -> String {
    // Each imports only those before it: types, dates, base.
    let imports = match shared {
        Shared::Base => &[Shared::Dates, Shared::Types][..],
        Shared::Dates => &[Shared::Types],
        Shared::Types => &[],
    };
    let mut out = Writer::new(shared.namespace(), imports);
    let base = catalogue().base.order.iter();
    base.filter(|named| Shared::of(named.name()) == shared).for_each(|named| out.named(*named));
    out.finish()
}

struct Writer {
    text: String,
    level: usize,
    /// The namespace that is written.
    namespace: String,
}

impl Writer {
    fn new(namespace: &str, imports: &[Shared]) -> Self {
        let mut out = Self { text: String::new(), level: 0, namespace: namespace.to_owned() };
        out.text.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        let mut attributes = vec![("xmlns:xs".to_owned(), "http://www.w3.org/2001/XMLSchema")];
        if !namespace.is_empty() {
            attributes.push(("targetNamespace".to_owned(), namespace));
            attributes.push(("xmlns:this".to_owned(), namespace));
        }
        attributes.extend(imports.iter().map(|i| (format!("xmlns:{}", i.prefix()), i.namespace())));
        let attributes: Vec<_> = attributes.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        out.open("xs:schema", &attributes);
        for import in imports {
            out.empty(
                "xs:import",
                &[("namespace", import.namespace()), ("schemaLocation", import.file_name())],
            );
        }
        out
    }

    fn finish(mut self) -> String {
        self.close("xs:schema");
        self.text
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)], end: &str) -> &mut Self {
        let _ = write!(self.text, "{:width$}<{name}", "", width = self.level * 2);
        for (name, value) in attributes {
            let _ = write!(self.text, " {name}=\"{}\"", escaped(value));
        }
        self.text.push_str(end);
        self
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> &mut Self {
        self.tag(name, attributes, ">\n");
        self.level += 1;
        self
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> &mut Self {
        self.tag(name, attributes, "/>\n")
    }

    fn text(&mut self, name: &str, text: &str) -> &mut Self {
        let end = format!(">{}</{name}>\n", escaped(text));
        self.tag(name, &[], &end)
    }

    fn close(&mut self, name: &str) -> &mut Self {
        self.level -= 1;
        let _ = writeln!(self.text, "{:width$}</{name}>", "", width = self.level * 2);
        self
    }

    fn named(&mut self, named: TypeRef) {
        match named.definition() {
            Some(Definition::Text(simple)) => self.simple(Some(named.name()), simple, &simple.own),
            Some(Definition::Complex(structure)) => self.complex(Some(named.name()), structure),
            None => {}
        }
    }

    /// The name of a type as it is referred to here.
    fn reference(&self, named: TypeRef) -> String {
        let shared = Shared::of(named.name());
        let here = named.home() == Home::Local || shared.namespace() == self.namespace;
        format!("{}:{}", if here { "this" } else { shared.prefix() }, named.name())
    }

    fn base(&self, simple: &Simple) -> String {
        match simple.base {
            Some(named) => self.reference(named),
            None => format!("xs:{}", simple.primitive.name().trim_start_matches("xs:")),
        }
    }

    fn simple(&mut self, name: Option<&str>, simple: &Simple, own: &Facets) {
        let attributes: Vec<_> = name.map(|name| ("name", name)).into_iter().collect();
        self.open("xs:simpleType", &attributes);
        // Several patterns beside each other would be alternatives, so a second narrows the first.
        let both = own.nonblank && !own.patterns.is_empty();
        if both {
            self.open("xs:restriction", &[]);
            self.simple(None, simple, &Facets { nonblank: true, ..Facets::default() });
        } else {
            let base = self.base(simple);
            self.open("xs:restriction", &[("base", &base)]);
        }
        self.facets(&Facets { nonblank: own.nonblank && !both, ..own.clone() });
        self.close("xs:restriction").close("xs:simpleType");
    }

    fn facets(&mut self, facets: &Facets) {
        for (bound, inside, outside) in [
            (facets.min, "xs:minInclusive", "xs:minExclusive"),
            (facets.max, "xs:maxInclusive", "xs:maxExclusive"),
        ] {
            if let Some(bound) = bound {
                self.empty(if bound.exclusive { outside } else { inside }, &[("value", bound.text)]);
            }
        }
        for (length, name) in [(facets.min_length, "xs:minLength"), (facets.max_length, "xs:maxLength")] {
            if let Some(length) = length {
                self.empty(name, &[("value", &length.to_string())]);
            }
        }
        for value in &facets.values {
            self.empty("xs:enumeration", &[("value", value)]);
        }
        if facets.nonblank {
            self.empty("xs:pattern", &[("value", NONBLANK)]);
        }
        for pattern in &facets.patterns {
            self.empty("xs:pattern", &[("value", pattern.source)]);
        }
    }

    fn complex(&mut self, name: Option<&str>, structure: &Structure) {
        let attributes: Vec<_> = name.map(|name| ("name", name)).into_iter().collect();
        self.open("xs:complexType", &attributes);
        match &structure.content {
            Content::Text(simple) => {
                let base = self.base(simple);
                self.open("xs:simpleContent", &[]).open("xs:extension", &[("base", &base)]);
                structure.attributes.iter().for_each(|a| self.attribute(a));
                self.close("xs:extension").close("xs:simpleContent");
            }
            Content::Elements(particles) => {
                self.sequence(particles);
                structure.attributes.iter().for_each(|a| self.attribute(a));
            }
        }
        self.close("xs:complexType");
    }

    fn attribute(&mut self, attribute: &Attribute) {
        let mut attributes = vec![("name", attribute.name)];
        if attribute.required {
            attributes.push(("use", "required"));
        }
        if attribute.text.own == Facets::default() {
            let base = self.base(&attribute.text);
            attributes.push(("type", &base));
            self.empty("xs:attribute", &attributes);
        } else {
            self.open("xs:attribute", &attributes);
            self.simple(None, &attribute.text, &attribute.text.own);
            self.close("xs:attribute");
        }
    }

    fn sequence(&mut self, particles: &[Particle]) {
        if particles.is_empty() {
            self.empty("xs:sequence", &[]);
            return;
        }
        self.open("xs:sequence", &[]);
        particles.iter().for_each(|p| self.particle(p));
        self.close("xs:sequence");
    }

    fn particle(&mut self, particle: &Particle) {
        match particle {
            Particle::Field(field) => self.field(field),
            Particle::Choice(choice) => self.choice(choice),
            Particle::Anything(occurs) => {
                let (min, max) = bounds(*occurs);
                let attributes = [
                    ("minOccurs", min.as_str()),
                    ("maxOccurs", &max),
                    ("namespace", "##any"),
                    ("processContents", "skip"),
                ];
                self.empty("xs:any", &attributes);
            }
        }
    }

    fn choice(&mut self, choice: &Choice) {
        let attributes = [("minOccurs", "0")];
        self.open("xs:choice", if choice.optional { &attributes } else { &[] });
        for alternative in &choice.alternatives {
            match alternative.as_slice() {
                [one] => self.particle(one),
                several => self.sequence(several),
            }
        }
        self.close("xs:choice");
    }

    fn field(&mut self, field: &Field) {
        let (min, max) = bounds(field.occurs);
        let mut attributes = vec![("name", field.name)];
        if min != "1" {
            attributes.push(("minOccurs", &min));
        }
        if max != "1" {
            attributes.push(("maxOccurs", &max));
        }
        let name = match &field.kind {
            Kind::Anything => Some("xs:anyType".to_owned()),
            Kind::Named(named) => Some(self.reference(*named)),
            Kind::Own(own) => match own.as_ref() {
                Definition::Text(simple) => {
                    let default = Facets { default: simple.own.default, ..Facets::default() };
                    if let Some(default) = simple.own.default {
                        attributes.push(("default", default));
                    }
                    (simple.own == default).then(|| self.base(simple))
                }
                Definition::Complex(_) => None,
            },
        };
        if let Some(name) = name {
            attributes.push(("type", &name));
            self.empty("xs:element", &attributes);
            return;
        }
        self.open("xs:element", &attributes);
        match field.kind.definition() {
            Some(Definition::Text(simple)) => self.simple(None, simple, &simple.own),
            Some(Definition::Complex(structure)) => self.complex(None, structure),
            None => {}
        }
        self.close("xs:element");
    }
}

fn bounds(occurs: Occurs) -> (String, String) {
    (occurs.min.to_string(), occurs.max.map_or("unbounded".to_owned(), |max| max.to_string()))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
