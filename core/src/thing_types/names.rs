//! What the catalogue calls things in English, which is the key to what other languages call them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::outline::BESIDE;
use super::said::unit_named;
use super::simple::Simple;
use super::structure::{Content, Definition, Hints, Kind, Structure};
use super::thing_type::ThingType;
use super::{all, common};

/// The longest name of an element that is shown.
const LONGEST: usize = 160;

/// All that a face may have to say for the catalogue.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// The names of kinds: "Blood pressure".
    pub kinds: BTreeSet<&'static str>,
    /// The labels of fields and measures, each with the root elements of the things that have it.
    pub labels: BTreeMap<Cow<'static, str>, BTreeSet<&'static str>>,
    /// Values of which a field takes one: "Rescue".
    pub values: BTreeSet<&'static str>,
    /// Words of titles: ", pulse ".
    pub words: BTreeSet<&'static str>,
    /// Units, in UCUM.
    pub units: BTreeSet<&'static str>,
}

/// What a field or an attribute is called: by its label, or by its name.
#[must_use]
pub fn label(name: &'static str, hints: &Hints) -> Cow<'static, str> {
    hints.label.map_or_else(|| plain(name).into(), Cow::Borrowed)
}

/// A name as people write it: `first-observed` is "First observed".
pub(super) fn plain(name: &str) -> String {
    let spaced = name.replace(['-', '_'], " ");
    let mut letters = spaced.chars().take(LONGEST);
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// All names of all types. What nobody needs to see has none.
#[must_use]
pub fn names() -> Names {
    let mut names = Names::default();
    for kind in all() {
        names.kinds.insert(kind.name);
        kind.title.own_words(&mut |words| {
            names.words.insert(words);
        });
        for measure in &kind.measures {
            names.label(Cow::Borrowed(measure.label), kind.root);
            names.units.insert(measure.unit);
        }
        names.fields(kind);
    }
    let beside = common().fields().into_iter().filter(|field| BESIDE.contains(&field.name));
    for field in beside {
        names.label(label(field.name, &field.hints), "");
    }
    names
}

impl Names {
    fn label(&mut self, label: Cow<'static, str>, root: &'static str) {
        self.labels.entry(label).or_default().insert(root);
    }

    fn fields(&mut self, kind: &ThingType) {
        self.structure(&kind.structure, kind.root, &mut HashSet::new());
    }

    fn named(&mut self, name: &'static str, hints: &Hints, root: &'static str) {
        self.label(label(name, hints), root);
        self.units.extend(hints.unit.or_else(|| unit_named(name)));
    }

    fn text(&mut self, simple: &Simple) {
        self.values.extend(&simple.facets.values);
    }

    /// `seen`: the types that were looked into, as a type may contain itself.
    fn structure(&mut self, structure: &Structure, root: &'static str, seen: &mut HashSet<&'static str>) {
        for attribute in structure.attributes.iter().filter(|attribute| !attribute.hints.hidden) {
            self.named(attribute.name, &attribute.hints, root);
            self.text(&attribute.text);
        }
        if let Content::Text(simple) = &structure.content {
            self.text(simple);
        }
        for field in structure.fields().into_iter().filter(|field| !field.hints.hidden) {
            self.named(field.name, &field.hints, root);
            let is_new = match &field.kind {
                Kind::Named(named) => seen.insert(named.name()),
                _ => true,
            };
            match field.kind.definition().filter(|_| is_new) {
                Some(Definition::Text(simple)) => self.text(simple),
                Some(Definition::Complex(inner)) => self.structure(inner, root, seen),
                None => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_at_the_root_within_and_in_titles() {
        let names = names();
        assert!(names.kinds.contains("Blood pressure"));
        assert!(names.labels["Systolic"].contains("blood-pressure"));
        assert!(names.labels["First name"].contains("allergy"), "in a person in an allergy");
        assert!(names.labels["Note"].contains(""), "of things of any kind");
        assert!(names.values.contains("Rescue") && names.words.contains(", pulse "));
        assert!(names.units.contains("mm[Hg]"));
    }
}
