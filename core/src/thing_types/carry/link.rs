//! From what is written to what is done: every path leads somewhere, every text fits its place, and what
//! has no line is carried as it is.

use super::super::notation::{NotationError, Source};
use super::super::simple::{Primitive, Simple};
use super::super::structure::{Attribute, Content, Definition, Field, Kind, Structure};
use super::super::title::Title;
use super::coverage::{Covered, Read};
use super::notation::{Change, Condition, Direction, Place, Section, Step, Term, Test, Value as Written};

/// How a version is written as a neighbour: the first map is the root's.
#[derive(Debug)]
pub(in super::super) struct Carry {
    pub(super) maps: Vec<Map>,
}

/// How an element of one type becomes one of another.
#[derive(Debug)]
pub(super) struct Map {
    pub(super) rules: Vec<Rule>,
    /// What the element becomes.
    pub(super) target: Structure,
}

#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// Whether something must stand, or must not; and in how many steps of the target it lies, if it does.
    pub(super) condition: Option<(bool, Target, bool)>,
    pub(super) target: Target,
    pub(super) values: Vec<Value>,
}

/// Where something goes.
#[derive(Clone, Debug, Default)]
pub(super) struct Target {
    pub(super) steps: Vec<TargetStep>,
    pub(super) attribute: Option<&'static str>,
}

#[derive(Clone, Debug)]
pub(super) struct TargetStep {
    pub(super) name: &'static str,
    pub(super) repeats: bool,
    pub(super) tests: Vec<Test>,
}

/// What goes there.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Words(&'static str),
    Pattern(Title, Simple),
    Text { place: Place, changes: Vec<Change>, says: Vec<(&'static str, &'static str)>, fits: Simple },
    Copy(Place),
    Map(Place, usize),
}

/// A type with its name.
#[derive(Clone, Copy)]
pub(super) struct Shape<'a> {
    pub(super) name: Option<&'static str>,
    pub(super) structure: &'a Structure,
}

/// Where a path leads.
#[derive(Clone, Copy)]
enum Spot<'a> {
    Itself(Shape<'a>),
    Field(&'a Field),
    Attribute(&'a Attribute),
}

/// Two types, by where they are described.
type Pair = (*const Structure, *const Structure);

pub(super) struct Linker<'a> {
    source: Source,
    direction: &'a Direction,
    root: Shape<'a>,
    maps: Vec<Map>,
    pairs: Vec<Pair>,
    covered: Vec<Covered<'a>>,
    used: Vec<bool>,
}

/// Links a direction.
pub(super) fn link<'a>(
    source: Source,
    direction: &'a Direction,
    from: Shape<'a>,
    to: Shape<'a>,
) -> Result<Carry, NotationError> {
    let mut linker = Linker {
        source,
        direction,
        root: from,
        maps: Vec::new(),
        pairs: Vec::new(),
        covered: Vec::new(),
        used: vec![false; direction.sections.len()],
    };
    linker.map(direction.line, from, to, Some(0))?;
    if let Some(idle) = direction.sections.iter().zip(&linker.used).find(|(_, used)| !**used) {
        return Err(source.error(
            idle.0.line,
            "types of which one becomes the other",
            idle.0.from.join(", "),
        ));
    }
    Covered::check(source, direction, &linker.covered)?;
    Ok(Carry { maps: linker.maps })
}

impl<'a> Linker<'a> {
    /// The map of a type to another, made at first use.
    fn map(
        &mut self,
        line: usize,
        from: Shape<'a>,
        to: Shape<'a>,
        section: Option<usize>,
    ) -> Result<usize, NotationError> {
        let pair: Pair = (std::ptr::from_ref(from.structure), std::ptr::from_ref(to.structure));
        if let Some(known) = self.pairs.iter().position(|p| *p == pair) {
            return Ok(known);
        }
        let named = |names: &[&str], name: Option<&str>| name.is_some_and(|name| names.contains(&name));
        let fits = |s: &Section| named(&s.from, from.name) && named(&s.to, to.name);
        let section = section.or_else(|| self.direction.sections.iter().position(fits));
        if let Some(used) = section.and_then(|at| self.used.get_mut(at)) {
            *used = true;
        }
        let direction = self.direction;
        let section = section.and_then(|at| direction.sections.get(at));
        let index = self.maps.len();
        self.maps.push(Map { rules: Vec::new(), target: to.structure.clone() });
        self.pairs.push(pair);
        let lost = section.map_or(&[][..], |s| &s.lost);
        self.covered.push(Covered {
            line: section.map_or(line, |s| s.line),
            from,
            reads: Vec::new(),
            lost,
            within: Vec::new(),
            alone: false,
        });
        for place in lost.iter().filter(|p| p.steps.iter().all(|s| s.name != "*")) {
            self.spot(from, place)?;
        }
        let mut rules = Vec::new();
        let written = section.map_or(&[][..], |s| &s.rules);
        for field in from.structure.fields() {
            let said = written.iter().any(|r| {
                r.condition.is_none() && r.target.steps.first().is_some_and(|s| s.name == field.name)
            });
            let is_lost = lost.iter().any(|p| {
                matches!(p.steps.as_slice(), [one] if one.name == field.name) && p.attribute.is_none()
            });
            let Some(other) = to
                .structure
                .field(field.name)
                .filter(|other| !said && !is_lost && alike(&field.kind, &other.kind))
            else {
                continue;
            };
            let place =
                Place { line, steps: vec![Step { name: other.name, tests: Vec::new() }], ..Place::default() };
            let value = Written::Of { place: place.clone(), changes: Vec::new(), says: Vec::new() };
            rules.push(self.rule(index, from, to, None, &place, &[value])?);
        }
        for rule in written {
            rules.push(self.rule(index, from, to, rule.condition.as_ref(), &rule.target, &rule.values)?);
        }
        if let Some(map) = self.maps.get_mut(index) {
            map.rules = rules;
        }
        Ok(index)
    }

    fn rule(
        &mut self,
        map: usize,
        from: Shape<'a>,
        to: Shape<'a>,
        condition: Option<&Condition>,
        place: &Place,
        values: &[Written],
    ) -> Result<Rule, NotationError> {
        let (target, spot) = self.target(to, place)?;
        let condition = match condition {
            None => None,
            Some(condition) => {
                let (it, _) = self.target(to, &condition.place)?;
                let begins = condition.stands
                    && it.steps.len() < target.steps.len() + usize::from(target.attribute.is_some())
                    && it.steps.iter().zip(&target.steps).all(|(a, b)| a.name == b.name);
                Some((condition.stands, it, begins))
            }
        };
        let values =
            values.iter().map(|v| self.value(map, from, place.line, v, spot)).collect::<Result<_, _>>()?;
        Ok(Rule { condition, target, values })
    }

    fn value(
        &mut self,
        map: usize,
        from: Shape<'a>,
        line: usize,
        value: &Written,
        target: Spot<'a>,
    ) -> Result<Value, NotationError> {
        let text = target.text().cloned();
        let fits = |words: &str| text.as_ref().is_some_and(|simple| simple.accepts(words));
        match value {
            Written::Words(words) if fits(words) => Ok(Value::Words(words)),
            Written::Words(words) => Err(self.source.error(line, "words that fit there", *words)),
            Written::Pattern(pattern) => {
                let simple = text.ok_or_else(|| self.source.error(line, "a place for text", *pattern))?;
                let title = Title::read(pattern, from.structure);
                let title = title.map_err(|(expected, found)| self.source.error(line, expected, found))?;
                title.paths(&mut |path| self.read(map, Read::path(path)));
                Ok(Value::Pattern(title, simple))
            }
            Written::Of { place, changes, says } => {
                let shape = if place.absolute { self.root } else { from };
                let spot = self.spot(shape, place)?;
                let plain = changes.is_empty() && says.is_empty();
                if let Some(way) = self.element(map, line, place, spot, target).filter(|_| plain) {
                    return way;
                }
                let (Some(simple), Some(theirs)) = (text, spot.text()) else {
                    return Err(self.source.error(
                        line,
                        "a place for the same, or a text for a text",
                        shown(place),
                    ));
                };
                let says_fit = says.iter().all(|(_, words)| simple.accepts(words));
                let goes = !says.is_empty() || is_wider(simple.primitive, theirs.primitive);
                let reckons = changes.is_empty() || theirs.primitive.is_numeric();
                if !(says_fit && goes && reckons) {
                    return Err(self.source.error(line, "a text that may fit there", shown(place)));
                }
                self.read_place(map, place, spot.structure().is_none());
                for change in changes {
                    if let Change::Plus(Term::At(other)) | Change::Minus(Term::At(other)) = change {
                        let shape = if other.absolute { self.root } else { from };
                        if !self.spot(shape, other)?.text().is_some_and(|t| t.primitive.is_numeric()) {
                            return Err(self.source.error(line, "a number", shown(other)));
                        }
                        self.read_place(map, other, true);
                    }
                }
                let (place, changes, says) = (place.clone(), changes.clone(), says.clone());
                Ok(Value::Text { place, changes, says, fits: simple })
            }
        }
    }

    /// A whole element for another, as it is or by a map; none if either is text.
    fn element(
        &mut self,
        map: usize,
        line: usize,
        place: &Place,
        spot: Spot<'a>,
        target: Spot<'a>,
    ) -> Option<Result<Value, NotationError>> {
        if let (Spot::Field(a), Spot::Field(b)) = (spot, target)
            && a.kind.structure().is_some()
            && is_same(&a.kind, &b.kind)
        {
            self.read_place(map, place, true);
            return Some(Ok(Value::Copy(place.clone())));
        }
        let (a, b) = (spot.shape()?, target.shape()?);
        let itself = matches!(spot, Spot::Itself(_)).then_some(());
        Some(self.map(line, a, b, None).map(|other| {
            match (itself, self.covered.get_mut(map)) {
                (Some(()), Some(covered)) => covered.within.push(other),
                _ => {
                    self.read_place(map, place, true);
                    if let Some(covered) = self.covered.get_mut(other) {
                        covered.alone = true;
                    }
                }
            }
            Value::Map(place.clone(), other)
        }))
    }

    fn target(&self, to: Shape<'a>, place: &Place) -> Result<(Target, Spot<'a>), NotationError> {
        let mut target = Target { steps: Vec::new(), attribute: place.attribute };
        let mut here = Some(to.structure);
        for step in &place.steps {
            let field = here.and_then(|s| s.field(step.name));
            let Some(field) = field else { break };
            if step.tests.iter().any(|test| matches!(test, Test::Only)) {
                return Err(self.source.error(place.line, "what can be made", "[only]"));
            }
            target.steps.push(TargetStep {
                name: step.name,
                repeats: field.occurs.repeats(),
                tests: step.tests.clone(),
            });
            here = field.kind.structure();
        }
        Ok((target, self.spot(to, place)?))
    }

    /// Where a path leads; it leads somewhere, and so do those of its tests.
    fn spot(&self, shape: Shape<'a>, place: &Place) -> Result<Spot<'a>, NotationError> {
        let wrong = || self.source.error(place.line, "a path that the type has", shown(place));
        let mut spot = Spot::Itself(shape);
        for step in &place.steps {
            let field = spot.structure().and_then(|s| s.field(step.name)).ok_or_else(wrong)?;
            spot = Spot::Field(field);
            for test in &step.tests {
                let Test::Is { names, attribute, value } = test else { continue };
                let mut end = spot;
                for name in names {
                    end = Spot::Field(end.structure().and_then(|s| s.field(name)).ok_or_else(wrong)?);
                }
                if let Some(name) = attribute {
                    end = Spot::Attribute(end.structure().and_then(|s| s.attribute(name)).ok_or_else(wrong)?);
                }
                if !end.text().is_some_and(|simple| simple.accepts(value)) {
                    return Err(self.source.error(place.line, "a text that may stand there", *value));
                }
            }
        }
        match place.attribute {
            None => Ok(spot),
            Some(name) => {
                spot.structure().and_then(|s| s.attribute(name)).map(Spot::Attribute).ok_or_else(wrong)
            }
        }
    }

    fn read_place(&mut self, map: usize, place: &Place, whole: bool) {
        let map = if place.absolute { 0 } else { map };
        Read::place(place, whole).into_iter().for_each(|read| self.read(map, read));
    }

    fn read(&mut self, map: usize, read: Read) {
        if let Some(covered) = self.covered.get_mut(map) {
            covered.reads.push(read);
        }
    }
}

impl<'a> Spot<'a> {
    fn structure(self) -> Option<&'a Structure> {
        match self {
            Self::Itself(shape) => Some(shape.structure),
            Self::Field(field) => field.kind.structure(),
            Self::Attribute(_) => None,
        }
    }

    fn text(self) -> Option<&'a Simple> {
        match self {
            Self::Itself(_) => None,
            Self::Field(field) => field.kind.text(),
            Self::Attribute(attribute) => Some(&attribute.text),
        }
    }

    /// Its type, if it holds elements.
    fn shape(self) -> Option<Shape<'a>> {
        match self {
            Self::Itself(shape) => Some(shape),
            Self::Field(field) => field
                .kind
                .structure()
                .filter(|s| matches!(s.content, Content::Elements(_)))
                .map(|structure| Shape { name: field.kind.type_name(), structure }),
            Self::Attribute(_) => None,
        }
    }
}

/// Both are described in the same place.
fn is_same(a: &Kind, b: &Kind) -> bool {
    match (a.definition(), b.definition()) {
        (Some(a), Some(b)) => std::ptr::eq(a, b),
        (None, None) => true,
        _ => false,
    }
}

/// Whether one may be carried as the other without a word: they are the same, or hold texts of a kind, or
/// elements, which are then looked at in turn.
fn alike(a: &Kind, b: &Kind) -> bool {
    if is_same(a, b) {
        return true;
    }
    match (a.definition(), b.definition()) {
        (Some(Definition::Text(a)), Some(Definition::Text(b))) => is_wider(b.primitive, a.primitive),
        (Some(Definition::Complex(a)), Some(Definition::Complex(b))) => {
            [a, b].iter().all(|s| matches!(s.content, Content::Elements(_)))
        }
        _ => false,
    }
}

/// Whether texts of the second kind may be texts of the first. A number may happen to be whole.
fn is_wider(wide: Primitive, narrow: Primitive) -> bool {
    let number = wide.is_numeric() && narrow.is_numeric();
    number || wide == narrow || matches!(wide, Primitive::String)
}

/// A path as it is written, for a message.
pub(super) fn shown(place: &Place) -> String {
    let names: Vec<_> = place.steps.iter().map(|s| s.name).collect();
    let attribute = place.attribute.map(|a| format!("@{a}")).unwrap_or_default();
    if names.is_empty() { ".".to_owned() } else { format!("{}{attribute}", names.join("/")) }
}
