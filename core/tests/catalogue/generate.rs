//! Valid documents, made from the catalogue.

use std::collections::HashMap;

use keepwell_core::thing_types::{Content, Field, Kind, Particle, Simple, Structure, ThingType};

use crate::tree::Element;

/// Numbers that look like chance and are the same in each run.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) >> 1).unwrap() % most.max(1)
    }

    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let at = self.below(of.len());
        &of[at]
    }
}

/// How much of what is optional there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Nothing.
    Least,
    /// Everything, and two of what may be more.
    All,
}

/// Texts of all kinds, right for some types and wrong for others.
pub fn texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "",
        " ",
        "x",
        "ab",
        "a b",
        "two\nlines",
        "1",
        " 1 ",
        "0",
        "-1",
        "-0",
        "+1",
        "007",
        "1.5",
        "0.5",
        ".5",
        "5.",
        "1.0",
        "1e3",
        "1E-2",
        "1e",
        "INF",
        "-INF",
        "NaN",
        "inf",
        "0x1",
        "1,5",
        "7",
        "8",
        "12",
        "13",
        "23",
        "24",
        "31",
        "32",
        "59",
        "60",
        "999",
        "1000",
        "9999",
        "10000",
        "2147483647",
        "2147483648",
        "99999999999999999999",
        "true",
        "false",
        "TRUE",
        "yes",
        "2024-02-29T08:30:00",
        "2023-02-29T00:00:00",
        "2024-02-29T08:30:00Z",
        "2024-02-29",
        "08:30:00",
        "3d34d87e-7fc1-4153-800f-f56592cb0d17",
        "3d34d87e7fc14153800ff56592cb0d17",
        "Active",
        "active",
        "caf\u{e9}",
        "\u{a0}",
        "\u{1f600}",
    ]
    .map(str::to_owned)
    .into();
    texts
        .extend([16, 20, 25, 64, 128, 129, 255, 256, 1024, 1025, 2049].map(|length| "\u{e9}".repeat(length)));
    texts
}

struct Maker<'a> {
    chance: &'a mut Chance,
    amount: Amount,
    /// Which alternative of each choice.
    turn: usize,
    /// How often each shared type has stood in full; after two the least will do.
    seen: HashMap<&'static str, usize>,
    texts: Vec<String>,
}

/// A valid document.
pub fn document(kind: &ThingType, amount: Amount, turn: usize, chance: &mut Chance) -> Element {
    let mut maker = Maker { chance, amount, turn, seen: HashMap::new(), texts: texts() };
    maker.element(kind.root, &kind.structure, 0)
}

impl Maker<'_> {
    fn element(&mut self, name: &str, structure: &Structure, depth: usize) -> Element {
        let mut element = Element { name: name.to_owned(), ..Element::default() };
        for attribute in &structure.attributes {
            if attribute.required || self.amount == Amount::All {
                element.attributes.push((attribute.name.to_owned(), self.text(&attribute.text)));
            }
        }
        match &structure.content {
            Content::Text(simple) => element.text = self.text(simple),
            Content::Elements(particles) => self.particles(particles, &mut element.children, depth),
        }
        element
    }

    fn particles(&mut self, particles: &[Particle], into: &mut Vec<Element>, depth: usize) {
        for particle in particles {
            match particle {
                Particle::Field(field) => self.field(field, into, depth),
                Particle::Anything(occurs) => {
                    if occurs.min > 0 || self.amount == Amount::All {
                        let inside =
                            Element { name: "inside".to_owned(), text: "x".to_owned(), ..Element::default() };
                        let foreign = Element { foreign: true, children: vec![inside.clone()], ..inside };
                        into.push(foreign);
                    }
                }
                Particle::Choice(choice) => {
                    let some = !choice.optional || self.amount == Amount::All;
                    let at = self.turn % choice.alternatives.len();
                    if let Some(alternative) = choice.alternatives.get(at).filter(|_| some) {
                        self.particles(alternative, into, depth);
                    }
                }
            }
        }
    }

    fn field(&mut self, field: &Field, into: &mut Vec<Element>, depth: usize) {
        let most = field.occurs.max.unwrap_or(2).min(2);
        let wanted = if self.amount == Amount::All && depth < 12 { most } else { 0 };
        let shared = field.kind.type_name().filter(|_| field.kind.structure().is_some());
        let before = self.amount;
        if let Some(name) = shared {
            let seen = self.seen.entry(name).or_default();
            *seen += usize::from(before == Amount::All);
            if *seen > 2 {
                self.amount = Amount::Least;
            }
        }
        for _ in 0..wanted.max(field.occurs.min) {
            into.push(self.one(field, depth));
        }
        self.amount = before;
    }

    fn one(&mut self, field: &Field, depth: usize) -> Element {
        let plain = Element { name: field.name.to_owned(), ..Element::default() };
        match (&field.kind, field.kind.structure(), field.kind.text()) {
            (Kind::Anything, ..) => Element { text: "anything".to_owned(), ..plain },
            (_, Some(structure), _) => self.element(field.name, structure, depth + 1),
            (_, None, Some(simple)) => Element { text: self.text(simple), ..plain },
            (_, None, None) => plain,
        }
    }

    fn text(&mut self, simple: &Simple) -> String {
        let values = simple.facets.values.iter().map(|v| (*v).to_owned());
        // Where tools differ is tried by changes, one at a time.
        let odd = [" 1 ", "+1", "-0", "5.", ".5", "INF", "-INF", "NaN"];
        let fits = |t: &String| simple.accepts(t) && !odd.contains(&t.as_str());
        let all: Vec<_> = values.chain(self.texts.iter().cloned()).collect();
        // The first that fits from a place by chance.
        let start = self.chance.below(all.len());
        let found = all.iter().cycle().skip(start).take(all.len()).find(|t| fits(t));
        found.unwrap_or_else(|| panic!("no text for {simple:?}")).clone()
    }
}
