//! Every element of a version is carried, or it is named as lost.

use super::super::notation::{NotationError, Source};
use super::super::path::{self, Path};
use super::super::structure::{Content, Structure};
use super::link::{Shape, shown};
use super::notation::{Direction, Place, Test};

/// A place that is read: names of elements, and perhaps an attribute's.
#[derive(Debug)]
pub(super) struct Read {
    names: Vec<&'static str>,
    attribute: Option<&'static str>,
    /// With all that is in it.
    whole: bool,
}

impl Read {
    /// The places that a path reads: its end, and what it tests on the way.
    pub(super) fn place(place: &Place, whole: bool) -> Vec<Self> {
        let mut found = Vec::new();
        let mut names = Vec::new();
        for step in &place.steps {
            names.push(step.name);
            for test in &step.tests {
                if let Test::Is { names: more, attribute, .. } = test {
                    let names = names.iter().chain(more).copied().collect();
                    found.push(Self { names, attribute: *attribute, whole: true });
                }
            }
        }
        found.push(Self { names, attribute: place.attribute, whole });
        found
    }

    /// The place that a value of a pattern reads.
    pub(super) fn path(path: &Path) -> Self {
        let mut read = Self { names: Vec::new(), attribute: None, whole: true };
        for step in &path.steps {
            match step {
                path::Step::Child(name) => read.names.push(name),
                path::Step::Attribute(name) => read.attribute = Some(name),
            }
        }
        read
    }
}

/// What a map reads and leaves.
pub(super) struct Covered<'a> {
    pub(super) line: usize,
    pub(super) from: Shape<'a>,
    pub(super) reads: Vec<Read>,
    pub(super) lost: &'a [Place],
    /// The maps of the same element into parts of what is made.
    pub(super) within: Vec<usize>,
    /// It is the map of an element by itself.
    pub(super) alone: bool,
}

impl Covered<'_> {
    /// Checks the maps of a direction, of which the first is the root's.
    pub(super) fn check(source: Source, direction: &Direction, all: &[Self]) -> Result<(), NotationError> {
        for (at, covered) in all.iter().enumerate().filter(|(at, covered)| *at == 0 || covered.alone) {
            let mut together = vec![covered];
            together.extend(covered.within.iter().filter_map(|other| all.get(*other)));
            let check = Check {
                reads: together.iter().flat_map(|c| &c.reads).collect(),
                lost: together.iter().flat_map(|c| c.lost).collect(),
            };
            if let Some(carried) = check.lost.iter().find(|lost| check.is_carried(lost)) {
                return Err(source.error(carried.line, "what is not carried", shown(carried)));
            }
            if let Some(left) = check.left(covered.from.structure, &mut Vec::new()) {
                let line = if at == 0 { direction.line } else { covered.line };
                let expected = format!("a line that carries or loses {left}");
                return Err(source.error(line, expected, "none"));
            }
        }
        Ok(())
    }
}

struct Check<'a> {
    reads: Vec<&'a Read>,
    lost: Vec<&'a Place>,
}

impl Check<'_> {
    fn is_carried(&self, lost: &Place) -> bool {
        let same = |read: &&Read| {
            read.whole
                && read.attribute == lost.attribute
                && read.names.len() == lost.steps.len()
                && read.names.iter().zip(&lost.steps).all(|(a, b)| *a == b.name)
        };
        self.reads.iter().copied().any(|read| same(&read))
    }

    /// The first place that is neither read nor lost.
    fn left(&self, structure: &Structure, names: &mut Vec<&'static str>) -> Option<String> {
        for attribute in &structure.attributes {
            if !self.is_said(names, Some(attribute.name)) {
                return Some(format!("{}@{}", names.join("/"), attribute.name));
            }
        }
        for field in structure.fields() {
            names.push(field.name);
            if !self.is_said(names, None) {
                let inner = field.kind.structure().filter(|_| self.goes_deeper(names));
                let text_is_read = || self.reads.iter().any(|r| r.names == *names && r.attribute.is_none());
                match inner {
                    Some(inner) if matches!(inner.content, Content::Elements(_)) || text_is_read() => {
                        if let Some(left) = self.left(inner, names) {
                            return Some(left);
                        }
                    }
                    _ => return Some(names.join("/")),
                }
            }
            names.pop();
        }
        None
    }

    fn is_said(&self, names: &[&str], attribute: Option<&str>) -> bool {
        let fits = |lost: &Place| {
            lost.attribute == attribute
                && lost.steps.len() == names.len()
                && lost.steps.iter().zip(names).all(|(step, name)| step.name == "*" || step.name == *name)
        };
        self.reads.iter().any(|r| r.whole && r.attribute == attribute && r.names == names)
            || self.lost.iter().any(|lost| fits(lost))
    }

    /// Something in it is read or lost.
    fn goes_deeper(&self, names: &[&str]) -> bool {
        let begins = |steps: &mut dyn Iterator<Item = &str>| {
            names.iter().all(|name| steps.next().is_some_and(|step| step == "*" || step == *name))
        };
        self.reads.iter().any(|r| begins(&mut r.names.iter().copied()))
            || self.lost.iter().any(|lost| begins(&mut lost.steps.iter().map(|s| s.name)))
    }
}
