//! The rules at work: from an element to what it becomes.

use roxmltree::Node;

use super::super::simple::{Primitive, Simple};
use super::super::validate::content;
use super::link::{Carry, Map, Rule, Value};
use super::made::{Made, Origin, Payload};
use super::notation::{Change, Place, Term, Test};

/// What stands at a place.
struct Found<'a, 'i> {
    node: Node<'a, 'i>,
    /// What was tested on the way.
    origins: Vec<Origin>,
}

/// A direction, at work on a thing.
pub(super) struct Work<'c, 'a, 'i> {
    pub(super) carry: &'c Carry,
    pub(super) root: Node<'a, 'i>,
}

impl<'a, 'i> Work<'_, 'a, 'i> {
    /// Fills an element by a map.
    pub(super) fn map(&self, map: &Map, from: Node<'a, 'i>, into: &mut Made) {
        into.origins.push(Origin::Element(from.id()));
        map.rules.iter().for_each(|rule| self.rule(rule, from, into));
    }

    fn rule(&self, rule: &Rule, from: Node<'a, 'i>, into: &mut Made) {
        let (steps, attribute) = (rule.target.steps.as_slice(), rule.target.attribute);
        if let Some((stands, place, begins)) = &rule.condition {
            if into.stands(&place.steps, place.attribute) != *stands {
                return;
            }
            if *begins {
                let payloads = self.payloads(rule, from);
                let rest = steps.get(place.steps.len()..).unwrap_or_default();
                into.each(&place.steps, &mut |made| made.place(rest, attribute, payloads.clone()));
                return;
            }
        }
        if steps.is_empty() && attribute.is_none() {
            // The element itself is filled further.
            for value in &rule.values {
                if let Value::Map(place, map) = value
                    && let Some((found, map)) = self.find(place, from).first().zip(self.carry.maps.get(*map))
                {
                    return self.map(map, found.node, into);
                }
            }
            return;
        }
        into.place(steps, attribute, self.payloads(rule, from));
    }

    /// The first of the values of a rule that is there and fits.
    fn payloads(&self, rule: &Rule, from: Node<'a, 'i>) -> Vec<Payload> {
        let last = rule.values.len().saturating_sub(1);
        for (at, value) in rule.values.iter().enumerate() {
            let mut found = self.value(value, from);
            // Where there is something else to say, blanks say nothing.
            found.retain(|p| at == last || !matches!(p, Payload::Text(text, _) if text.trim().is_empty()));
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    fn value(&self, value: &Value, from: Node<'a, 'i>) -> Vec<Payload> {
        match value {
            Value::Words(words) => vec![Payload::Text((*words).to_owned(), Vec::new())],
            Value::Pattern(title, fits) => {
                let Some((line, used)) = title.whole_line(from) else { return Vec::new() };
                let origins = used.into_iter().map(|(node, path)| match path.steps.last() {
                    Some(super::super::path::Step::Attribute(name)) => Origin::attribute(node, name),
                    _ => Origin::Element(node.id()),
                });
                let origins = origins.collect();
                fit(fits, line).map(|line| Payload::Text(line, origins)).into_iter().collect()
            }
            Value::Copy(place) => {
                let copy = |found: Found<'a, 'i>| {
                    let mut made = Made::copy(found.node);
                    made.origins.extend(found.origins);
                    Payload::Element(made)
                };
                self.find(place, from).into_iter().map(copy).collect()
            }
            Value::Map(place, map) => {
                let Some(map) = self.carry.maps.get(*map) else { return Vec::new() };
                let make = |found: Found<'a, 'i>| {
                    let mut made = Made { origins: found.origins, ..Made::default() };
                    self.map(map, found.node, &mut made);
                    made.settle(&map.target).is_ok().then_some(Payload::Element(made))
                };
                self.find(place, from).into_iter().filter_map(make).collect()
            }
            Value::Text { place, changes, says, fits } => {
                let say = |found: Found<'a, 'i>| {
                    let (text, origin) = text_at(&found, place)?;
                    let mut origins = found.origins;
                    origins.push(origin);
                    let text = self.changed(text, changes, from, &mut origins)?;
                    let text = said(text, says)?;
                    Some(Payload::Text(fit(fits, text)?, origins))
                };
                self.find(place, from).into_iter().filter_map(say).collect()
            }
        }
    }

    /// Everything at a place, in the order of the document.
    fn find(&self, place: &Place, from: Node<'a, 'i>) -> Vec<Found<'a, 'i>> {
        let start = if place.absolute { self.root } else { from };
        let mut here = vec![Found { node: start, origins: Vec::new() }];
        for step in &place.steps {
            let mut next = Vec::new();
            for Found { node, origins } in here {
                let named = || node.children().filter(|c| is(*c, step.name));
                let only = named().nth(1).is_none();
                for child in named() {
                    let tested: Option<Vec<_>> = step
                        .tests
                        .iter()
                        .map(|test| match test {
                            Test::Only => only.then(Vec::new),
                            Test::Is { names, attribute, value } => {
                                holds(child, names, *attribute, value).map(|o| vec![o])
                            }
                        })
                        .collect();
                    if let Some(tested) = tested {
                        let origins = origins.iter().copied().chain(tested.into_iter().flatten()).collect();
                        next.push(Found { node: child, origins });
                    }
                }
            }
            here = next;
        }
        if let Some(name) = place.attribute {
            here.retain(|found| found.node.has_attribute(name));
        }
        here
    }

    fn changed(
        &self,
        text: String,
        changes: &[Change],
        from: Node<'a, 'i>,
        origins: &mut Vec<Origin>,
    ) -> Option<String> {
        if changes.is_empty() {
            return Some(text);
        }
        let mut number = number(&text)?;
        for change in changes {
            number = match change {
                Change::Times(by) => number * by,
                Change::Over(by) => number / by,
                Change::Plus(term) => number + self.term(term, from, origins)?,
                Change::Minus(term) => number - self.term(term, from, origins)?,
                Change::Rounded => number.round(),
            };
        }
        written(number)
    }

    fn term(&self, term: &Term, from: Node<'a, 'i>, origins: &mut Vec<Origin>) -> Option<f64> {
        match term {
            Term::Number(number) => Some(*number),
            Term::At(place) => {
                let (text, origin) = text_at(self.find(place, from).first()?, place)?;
                origins.push(origin);
                number(&text)
            }
        }
    }
}

/// The element has this name and no namespace.
fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element()
        && node.tag_name().name() == name
        && node.tag_name().namespace().is_none_or(str::is_empty)
}

fn text_at(found: &Found<'_, '_>, place: &Place) -> Option<(String, Origin)> {
    match place.attribute {
        None => Some((content(found.node).into_owned(), Origin::Element(found.node.id()))),
        Some(name) => Some((found.node.attribute(name)?.to_owned(), Origin::attribute(found.node, name))),
    }
}

/// Whether this text stands there, and where.
fn holds(node: Node<'_, '_>, names: &[&str], attribute: Option<&str>, value: &str) -> Option<Origin> {
    let end = names.iter().try_fold(node, |node, name| node.children().find(|c| is(*c, name)))?;
    match attribute {
        None => (content(end).trim() == value).then_some(Origin::Element(end.id())),
        Some(name) => (end.attribute(name) == Some(value)).then(|| Origin::attribute(end, name)),
    }
}

fn said(text: String, says: &[(&'static str, &'static str)]) -> Option<String> {
    if says.is_empty() {
        return Some(text);
    }
    // A boolean has two names for each of its values.
    let word = match text.trim() {
        "1" => "true",
        "0" => "false",
        word => word,
    };
    says.iter().find(|(from, _)| *from == word).map(|(_, to)| (*to).to_owned())
}

/// The text, if it fits; a number that happens to be whole fits where whole numbers stand.
fn fit(simple: &Simple, text: String) -> Option<String> {
    if simple.accepts(&text) {
        return Some(text);
    }
    let whole = matches!(simple.primitive, Primitive::Integer { .. });
    let number = number(&text).filter(|n| whole && n.fract() == 0.0)?;
    written(number).filter(|text| simple.accepts(text))
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|n: &f64| n.is_finite())
}

/// As many digits as are sure.
fn written(number: f64) -> Option<String> {
    let sure: f64 = format!("{number:.14e}").parse().ok()?;
    let sure = if sure == 0.0 { 0.0 } else { sure };
    sure.is_finite().then(|| sure.to_string())
}
