//! Paths into data: `value/kg`, `name.text`, `value/display@units`.

use roxmltree::Node;

use super::structure::{Field, Kind, Structure};

/// A step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the elements with this name.
    Child(&'static str),
    /// To the text of an attribute.
    Attribute(&'static str),
}

/// A path from the root of a thing's data; the root itself is not part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// As it is written.
    pub text: &'static str,
    /// Its steps.
    pub steps: Vec<Step>,
}

/// Where a path leads.
#[derive(Clone, Copy, Debug)]
pub enum Target<'a> {
    /// To an element.
    Field(&'a Field),
    /// To an attribute.
    Attribute(&'a super::structure::Attribute),
}

impl Path {
    /// Reads slashes; `None` if a step is empty.
    pub(super) fn slashes(text: &'static str, structure: &Structure) -> Option<Self> {
        Self::read(text, &['/'], structure)
    }

    /// Reads slashes or points, as titles have them.
    pub(super) fn points(text: &'static str, structure: &Structure) -> Option<Self> {
        Self::read(text, &['/', '.'], structure)
    }

    /// A name is an element's, or else an attribute's; `value` at the end may also mean the text itself.
    fn read(text: &'static str, between: &[char], structure: &Structure) -> Option<Self> {
        let mut steps = Vec::new();
        let mut here = Some(structure);
        let mut holds_text = false;
        let (path, attribute) = match text.split_once('@') {
            Some((path, name)) => (path, Some(name)),
            None => (text, None),
        };
        let mut names = path.trim_matches('/').split(between).filter(|n| !n.is_empty()).peekable();
        while let Some(name) = names.next() {
            let last = names.peek().is_none();
            let structure = here.take();
            if let Some(field) = structure.and_then(|s| s.field(name)) {
                steps.push(Step::Child(name));
                here = field.kind.structure();
                holds_text = field.kind.text().is_some();
            } else if last && structure.is_some_and(|s| s.attribute(name).is_some()) {
                steps.push(Step::Attribute(name));
            } else if last && name == "value" && holds_text {
                break;
            } else {
                return None;
            }
        }
        if let Some(name) = attribute {
            here.and_then(|s| s.attribute(name))?;
            steps.push(Step::Attribute(name));
        }
        (!steps.is_empty()).then_some(Self { text, steps })
    }

    /// Where it leads in this structure.
    #[must_use]
    pub fn target<'a>(&self, structure: &'a Structure) -> Option<Target<'a>> {
        let mut here = Some(structure);
        let mut target = None;
        for step in &self.steps {
            match step {
                Step::Child(name) => {
                    let field = here?.field(name)?;
                    here = field.kind.structure();
                    target = Some(Target::Field(field));
                }
                Step::Attribute(name) => target = Some(Target::Attribute(here?.attribute(name)?)),
            }
        }
        target
    }

    /// The first element that it leads to, or the one with the attribute.
    #[must_use]
    pub fn find<'a, 'i>(&self, root: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
        let named = |node: Node<'a, 'i>, name: &str| {
            node.children().find(|c| c.is_element() && c.tag_name().name() == name)
        };
        self.steps.iter().try_fold(root, |node, step| match step {
            Step::Child(name) => named(node, name),
            Step::Attribute(name) => node.has_attribute(*name).then_some(node),
        })
    }

    /// Whether it leads to what was typed of a measure.
    pub(super) fn leads_to_display(&self) -> bool {
        self.steps.len() > 1 && self.steps.last() == Some(&Step::Child("display"))
    }

    /// The measure around what was typed, where that is not there.
    pub(super) fn around<'a, 'i>(&self, root: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
        let (_, around) = self.steps.split_last().filter(|_| self.leads_to_display())?;
        Self { text: self.text, steps: around.to_vec() }.find(root)
    }

    /// The text at its end.
    #[must_use]
    pub fn text_in<'a>(&self, root: Node<'a, '_>) -> Option<&'a str> {
        let node = self.find(root)?;
        match self.steps.last() {
            Some(Step::Attribute(name)) => node.attribute(*name),
            _ => node.text().map(str::trim),
        }
    }
}

/// Whether it is one of the structures for a date, or a date of XML Schema (things.md 3).
pub(super) fn is_date(kind: &Kind) -> bool {
    const DATES: [&str; 6] =
        ["date", "date-time", "approx-date", "approx-date-time", "StructuredApproxDate", "dateTime"];
    kind.type_name().is_some_and(|name| DATES.contains(&name) || name == "xs:date")
}

/// Whether it holds a number.
pub(super) fn is_numeric(kind: &Kind) -> bool {
    kind.text().is_some_and(|simple| simple.primitive.is_numeric())
}
