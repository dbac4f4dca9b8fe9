//! An element that is being made, and what it was made from.

use roxmltree::{Node, NodeId};

use super::super::structure::{Choice, Content, Definition, Field, Particle, Structure};
use super::super::validate::content;
use super::link::TargetStep;
use super::notation::Test;

/// Where something came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Origin {
    /// An element, or its text.
    Element(NodeId),
    /// An attribute of an element, which is how manieth.
    Attribute(NodeId, usize),
}

impl Origin {
    pub(super) fn attribute(node: Node<'_, '_>, name: &str) -> Self {
        let at = node.attributes().position(|a| a.name() == name && a.namespace().is_none());
        Self::Attribute(node.id(), at.unwrap_or_default())
    }
}

/// What goes somewhere.
#[derive(Clone, Debug)]
pub(super) enum Payload {
    Text(String, Vec<Origin>),
    Element(Made),
}

/// An element.
#[derive(Clone, Debug, Default)]
pub(super) struct Made {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) text: Option<String>,
    pub(super) children: Vec<Made>,
    pub(super) origins: Vec<Origin>,
}

impl Made {
    pub(super) fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// An element as it is; what stands in other namespaces is no part of it.
    pub(super) fn copy(node: Node<'_, '_>) -> Self {
        let mut made = Self::named(node.tag_name().name());
        made.origins.push(Origin::Element(node.id()));
        for (at, attribute) in node.attributes().enumerate().filter(|(_, a)| a.namespace().is_none()) {
            made.attributes.push((attribute.name().to_owned(), attribute.value().to_owned()));
            made.origins.push(Origin::Attribute(node.id(), at));
        }
        made.children = node.children().filter(Node::is_element).map(Self::copy).collect();
        if made.children.is_empty() {
            made.text = Some(content(node).into_owned());
        }
        made
    }

    /// Puts something at a place, unless something stands there.
    pub(super) fn place(&mut self, steps: &[TargetStep], attribute: Option<&str>, payloads: Vec<Payload>) {
        let Some(first) = payloads.first() else { return };
        match (steps, attribute) {
            ([], None) => {}
            ([], Some(name)) => {
                if let (Payload::Text(text, origins), false) = (first, self.has_attribute(name)) {
                    self.attributes.push((name.to_owned(), text.clone()));
                    self.origins.extend(origins);
                }
            }
            ([last], None) => self.place_here(last, payloads),
            ([step, rest @ ..], _) => {
                // As many as there are, where there may be several: each to the first that lacks it.
                if step.repeats && step.tests.is_empty() {
                    let mut at = 0;
                    for payload in payloads {
                        let free = |child: &Self| child.name == step.name && !child.stands(rest, attribute);
                        while self.children.get(at).is_some_and(|child| !free(child)) {
                            at += 1;
                        }
                        self.child_at(at, step).place(rest, attribute, vec![payload]);
                    }
                } else {
                    let at = self.children.iter().position(|child| child.fits(step));
                    let at = at.unwrap_or(self.children.len());
                    self.child_at(at, step).place(rest, attribute, payloads);
                }
            }
        }
    }

    fn place_here(&mut self, step: &TargetStep, payloads: Vec<Payload>) {
        let most = if step.repeats { usize::MAX } else { 1 };
        for payload in payloads.into_iter().take(most) {
            let standing = match step.repeats {
                true => None,
                false => self.children.iter_mut().find(|child| child.name == step.name),
            };
            match (payload, standing) {
                (Payload::Text(text, origins), Some(child)) => {
                    if child.text.is_none() && child.children.is_empty() {
                        child.text = Some(text);
                        child.origins.extend(origins);
                    }
                }
                (Payload::Text(text, origins), None) => {
                    self.children.push(Self { text: Some(text), origins, ..Self::named(step.name) });
                }
                (Payload::Element(_), Some(_)) => {}
                (Payload::Element(made), None) => {
                    self.children.push(Self { name: step.name.to_owned(), ..made });
                }
            }
        }
    }

    /// The child at a place; a new one at the end.
    fn child_at(&mut self, at: usize, step: &TargetStep) -> &mut Self {
        if at >= self.children.len() {
            let mut child = Self::named(step.name);
            for test in &step.tests {
                if let Test::Is { names, attribute, value } = test {
                    let steps: Vec<_> = names
                        .iter()
                        .map(|name| TargetStep { name, repeats: false, tests: Vec::new() })
                        .collect();
                    let words = Payload::Text((*value).to_owned(), Vec::new());
                    child.place(&steps, *attribute, vec![words]);
                }
            }
            self.children.push(child);
        }
        let at = at.min(self.children.len() - 1);
        &mut self.children[at]
    }

    fn has_attribute(&self, name: &str) -> bool {
        self.attributes.iter().any(|(n, _)| n == name)
    }

    /// Whether it is one of those that a step means.
    fn fits(&self, step: &TargetStep) -> bool {
        self.name == step.name
            && step.tests.iter().all(|test| match test {
                Test::Only => true,
                Test::Is { names, attribute, value } => {
                    let end = names
                        .iter()
                        .try_fold(self, |made, name| made.children.iter().find(|c| c.name == *name));
                    end.is_some_and(|made| match attribute {
                        None => made.text.as_deref() == Some(value),
                        Some(name) => made.attributes.iter().any(|(n, v)| n == name && v == value),
                    })
                }
            })
    }

    /// Whether something stands at a place.
    pub(super) fn stands(&self, steps: &[TargetStep], attribute: Option<&str>) -> bool {
        match steps {
            [] => attribute.is_none_or(|name| self.has_attribute(name)),
            [step, rest @ ..] => {
                self.children.iter().any(|child| child.fits(step) && child.stands(rest, attribute))
            }
        }
    }

    /// Does something with each that stands at a place.
    pub(super) fn each(&mut self, steps: &[TargetStep], act: &mut dyn FnMut(&mut Self)) {
        match steps {
            [] => act(self),
            [step, rest @ ..] => {
                for child in self.children.iter_mut().filter(|child| child.fits(step)) {
                    child.each(rest, act);
                }
            }
        }
    }

    /// Puts what there is in order. A part that lacks something that it needs goes; if the whole needs that
    /// part, what is lacking is answered.
    pub(super) fn settle(&mut self, structure: &Structure) -> Result<(), String> {
        if let Some(missing) = structure.attributes.iter().find(|a| a.required && !self.has_attribute(a.name))
        {
            return Err(format!("@{}", missing.name));
        }
        let particles = match &structure.content {
            Content::Text(_) => return if self.text.is_some() { Ok(()) } else { Err("text".to_owned()) },
            Content::Elements(particles) => particles,
        };
        self.text = None;
        let mut loose = Loose::default();
        for mut child in std::mem::take(&mut self.children) {
            let field = structure.field(&child.name);
            let settled = match field.map(|f| f.kind.definition()) {
                Some(Some(Definition::Complex(inner))) => child.settle(inner),
                Some(Some(Definition::Text(_))) if child.text.is_none() => Err("text".to_owned()),
                Some(_) => Ok(()),
                None => continue,
            };
            match settled {
                Ok(()) => loose.children.push(Some(child)),
                Err(missing) => loose.missing.push((child.name, missing)),
            }
        }
        self.children = loose.arrange(particles)?;
        Ok(())
    }
}

/// Elements that have no order yet.
#[derive(Default)]
struct Loose {
    children: Vec<Option<Made>>,
    /// Names of those that went, and what they lacked.
    missing: Vec<(String, String)>,
}

impl Loose {
    fn arrange(&mut self, particles: &[Particle]) -> Result<Vec<Made>, String> {
        let mut ordered = Vec::new();
        for particle in particles {
            match particle {
                Particle::Field(field) => self.field(field, &mut ordered)?,
                Particle::Choice(choice) => self.choice(choice, &mut ordered)?,
                Particle::Anything(_) => {}
            }
        }
        Ok(ordered)
    }

    fn field(&mut self, field: &Field, ordered: &mut Vec<Made>) -> Result<(), String> {
        let most = field.occurs.max.map_or(usize::MAX, |max| usize::try_from(max).unwrap_or(usize::MAX));
        let is = |child: &&mut Option<Made>| child.as_ref().is_some_and(|c| c.name == field.name);
        let before = ordered.len();
        ordered.extend(self.children.iter_mut().filter(is).take(most).filter_map(Option::take));
        if ordered.len() - before >= usize::try_from(field.occurs.min).unwrap_or(usize::MAX) {
            return Ok(());
        }
        let deeper = self.missing.iter().find(|(name, _)| name == field.name);
        Err(deeper.map_or(field.name.to_owned(), |(name, missing)| format!("{name}/{missing}")))
    }

    /// The first alternative of which something is there.
    fn choice(&mut self, choice: &Choice, ordered: &mut Vec<Made>) -> Result<(), String> {
        for alternative in &choice.alternatives {
            if self.children.iter().flatten().any(|child| has(alternative, &child.name)) {
                ordered.extend(self.arrange(alternative)?);
                return Ok(());
            }
        }
        // Without any of them, what an alternative lacks is what it begins with.
        let lacks = choice.alternatives.iter().map(|a| Self::default().arrange(a).err());
        match lacks.collect::<Option<Vec<_>>>().and_then(|lacks| lacks.into_iter().next()) {
            Some(lacking) if !choice.optional => Err(lacking),
            _ => Ok(()),
        }
    }
}

/// Whether an element of this name is among these.
fn has(particles: &[Particle], name: &str) -> bool {
    particles.iter().any(|particle| match particle {
        Particle::Field(field) => field.name == name,
        Particle::Choice(choice) => choice.alternatives.iter().any(|a| has(a, name)),
        Particle::Anything(_) => false,
    })
}
