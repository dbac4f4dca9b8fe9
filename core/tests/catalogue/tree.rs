//! A document that can be changed.

use std::fmt::Write as _;

/// An element.
#[derive(Clone, Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub text: String,
    /// A comment stands in the middle of the text.
    pub commented: bool,
    /// It and what is in it are in a namespace.
    pub foreign: bool,
    pub children: Vec<Element>,
}

impl Element {
    /// How many elements there are, itself included.
    pub fn count(&self) -> usize {
        1 + self.children.iter().map(Self::count).sum::<usize>()
    }

    /// The element at a place in the order of the document.
    pub fn at(&mut self, place: usize) -> Option<&mut Self> {
        if place == 0 {
            return Some(self);
        }
        let mut place = place - 1;
        for child in &mut self.children {
            let count = child.count();
            if place < count {
                return child.at(place);
            }
            place -= count;
        }
        None
    }

    /// The parent of a place, and which of its children that is.
    pub fn parent_of(&mut self, place: usize) -> Option<(&mut Self, usize)> {
        let mut left = place.checked_sub(1)?;
        let counts: Vec<_> = self.children.iter().map(Self::count).collect();
        for (index, count) in counts.into_iter().enumerate() {
            if left == 0 {
                return Some((self, index));
            }
            if left < count {
                return self.children.get_mut(index)?.parent_of(left);
            }
            left -= count;
        }
        None
    }

    /// As XML; with a namespace the root gets a prefix for it, as the public schemas want it.
    pub fn xml(&self, namespace: Option<&str>) -> String {
        let mut out = String::new();
        match namespace {
            Some(uri) => self.write(&mut out, "r:", &format!(" xmlns:r=\"{uri}\"")),
            None => self.write(&mut out, "", ""),
        }
        out
    }

    fn write(&self, out: &mut String, prefix: &str, declaration: &str) {
        let _ = write!(out, "<{prefix}{}{declaration}", self.name);
        if self.foreign {
            out.push_str(" xmlns=\"urn:elsewhere\"");
        }
        for (name, value) in &self.attributes {
            let _ = write!(out, " {name}=\"{}\"", escaped(value));
        }
        out.push('>');
        let middle = self.text.char_indices().nth(self.text.chars().count() / 2).map_or(0, |(at, _)| at);
        let (first, second) = self.text.split_at(middle);
        out.push_str(&escaped(first));
        if self.commented {
            out.push_str("<!-- here -->");
        }
        out.push_str(&escaped(second));
        self.children.iter().for_each(|child| child.write(out, "", ""));
        let _ = write!(out, "</{prefix}{}>", self.name);
    }
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    text.replace('\n', "&#10;").replace('\t', "&#9;")
}
