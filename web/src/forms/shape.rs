//! The form of a kind: which of its elements can be entered, and how.

use std::cell::RefCell;
use std::sync::Arc;

use keepwell_core::thing_types::{
    Definition, Field as Described, Hints, Kind, Particle, Primitive, Simple, Structure, ThingType,
    VocabularyHint, label,
};
use keepwell_core::vocabularies::{Shelf, Wanted};

use super::{Code, Dating, Field, Form, Groups, Widget, rows};
use crate::units::{self, Scale};

/// How deep fields stand in fields: a result in a group of results has ranges, and those their bounds.
const DEPTH: usize = 5;
/// How often a type stands within itself: a group of results in a group. Deeper, what is there stays as it is.
const AGAIN: usize = 1;
/// What devices record by the thousand is entered by nobody: it stays as it is.
const RECORDED: [&str; 1] = ["sample-set"];
/// A list of so few words is one to choose from.
const FEW: usize = 12;
/// A list of so many is offered while one writes.
const MANY: usize = 150;
/// Text that may be longer than this gets several lines, if its name says that it is some.
const LONG: [&str; 9] = [
    "note",
    "instructions",
    "description",
    "content",
    "comments",
    "adverse-event",
    "additional-directive-instructions",
    "text",
    "answer",
];

/// What is described in a word, like "Home".
const DESCRIBED_IN_A_WORD: [&str; 3] = ["address", "phone", "email"];

/// What a form is made with: lists of words, the reader's language and units.
pub struct Lists<'l> {
    /// The vocabularies.
    pub shelf: &'l Shelf,
    /// The reader's language.
    pub culture: &'l str,
    /// The reader's units.
    pub units: &'l keepwell_core::persons::Units,
    /// What the reader calls a unit that nobody chooses.
    pub unit_label: &'l dyn Fn(&str) -> String,
    /// What stands in a thing for such a unit: English, as other programs read it.
    pub unit_written: &'l dyn Fn(&str) -> String,
}

/// The form for new things of a kind; none if something that they must have cannot be entered. A form for one
/// that there is, is made of it by [`super::values_of`].
#[must_use]
pub fn form_for(kind: &'static ThingType, lists: &Lists<'_>) -> Option<Form> {
    if kind.opaque || kind.uncreatable || kind.blobs || kind.root.is_empty() {
        return None;
    }
    let shape = Shape { root: kind.root, lists, read: RefCell::default() };
    let top = Place { before: "", depth: 0, around: &[], needed: true };
    let fields = shape.fields(&kind.structure, &top).filter(|fields| !fields.is_empty())?;
    Some(Form { kind, fields, order: order(&kind.structure) })
}

fn order(structure: &Structure) -> Vec<&'static str> {
    structure.fields().iter().map(|field| field.name).collect()
}

struct Shape<'s> {
    root: &'static str,
    lists: &'s Lists<'s>,
    /// The words of lists, which many fields share.
    read: RefCell<Vec<ReadList>>,
}

/// The words of lists, and which lists they are.
type ReadList = (&'static [VocabularyHint], Arc<[Code]>);

/// Where in the form a structure stands.
struct Place<'p> {
    /// How names begin there.
    before: &'p str,
    /// In how many others it stands.
    depth: usize,
    /// The named types in which it stands.
    around: &'p [&'static str],
    /// All around it must be filled in.
    needed: bool,
}

impl Shape<'_> {
    /// The fields of a structure; none if one that must be there cannot be entered.
    fn fields(&self, structure: &'static Structure, place: &Place<'_>) -> Option<Vec<Field>> {
        if structure.attributes.iter().any(|attribute| attribute.required) {
            return None;
        }
        let mut fields = Vec::new();
        for particle in structure.particles() {
            match particle {
                Particle::Field(described) => {
                    let required = described.occurs.min > 0;
                    let asked = required || !described.hints.hidden;
                    match self.field(described, place).filter(|_| asked) {
                        Some(field) => fields.push((comes_late(described, place), field)),
                        None if required => return None,
                        None => {}
                    }
                }
                Particle::Choice(choice) if !choice.optional => return None,
                Particle::Anything(occurs) if occurs.min > 0 => return None,
                Particle::Choice(_) | Particle::Anything(_) => {}
            }
        }
        fields.sort_by_key(|(late, _)| *late);
        Some(fields.into_iter().map(|(_, field)| field).collect())
    }

    fn field(&self, described: &'static Described, place: &Place<'_>) -> Option<Field> {
        let name = format!("{}{}", place.before, described.name);
        let (required, repeats) = (described.occurs.min > 0, described.occurs.repeats());
        // Whoever adds a group means to fill it in.
        let needed = repeats || (required && place.needed);
        let widget = self.widget(described, &name, &Place { needed, ..*place })?;
        let label = label(described.name, &described.hints).into_owned();
        let field = Field { label, required, element: described.name, name, widget };
        match (repeats, &field.widget) {
            (true, Widget::Group { .. }) => in_groups(field, described.occurs.max, required && place.needed),
            (true, _) => Some(in_rows(field, described.occurs.max)),
            (false, _) => Some(field),
        }
    }

    fn widget(&self, described: &'static Described, name: &str, place: &Place<'_>) -> Option<Widget> {
        let (kind, hints) = (&described.kind, &described.hints);
        match kind.type_name() {
            Some("date") => return Some(Widget::Date(Dating::Day)),
            Some("approx-date") => return Some(Widget::Date(Dating::Approx)),
            Some("date-time") => return Some(Widget::Date(Dating::DayAndTime)),
            Some("StructuredApproxDate") => return Some(Widget::Date(Dating::ApproxAndTime)),
            Some("approx-date-time") => return Some(Widget::Date(Dating::ApproxOrWords)),
            Some("time") => return Some(Widget::Time),
            Some("codable-value") => return Some(self.coded(hints)),
            // Nobody knows a code by heart: it is chosen, or there is no field for it.
            Some("coded-value") => {
                return Some(self.codes(hints)).filter(|codes| !codes.is_empty()).map(code);
            }
            Some("general-measurement") => return Some(Widget::Amount),
            Some(recorded) if RECORDED.contains(&recorded) => return None,
            _ => {}
        }
        match kind.definition()? {
            Definition::Text(simple) => self.text(described, simple, place),
            Definition::Complex(structure) => {
                if let Some(measure) = self.measure(described, structure) {
                    return Some(measure);
                }
                let own = kind.type_name();
                let again = place.around.iter().filter(|around| Some(**around) == own).count();
                if place.depth == DEPTH || again > AGAIN || is_text(kind) {
                    return None;
                }
                let around: Vec<&str> = place.around.iter().copied().chain(own).collect();
                let inside =
                    Place { before: &format!("{name}."), depth: place.depth + 1, around: &around, ..*place };
                let fields = self.fields(structure, &inside)?;
                (!fields.is_empty()).then(|| Widget::Group { fields, order: order(structure) })
            }
        }
    }

    fn text(
        &self,
        described: &'static Described,
        simple: &'static Simple,
        place: &Place<'_>,
    ) -> Option<Widget> {
        let plain = |value: &&str| ((*value).to_owned(), (*value).to_owned());
        if !simple.facets.values.is_empty() {
            return Some(Widget::Choice(simple.facets.values.iter().map(plain).collect()));
        }
        match simple.primitive {
            Primitive::Boolean => Some(Widget::Flag),
            Primitive::Integer { .. } | Primitive::Decimal | Primitive::Double => {
                Some(self.number(described, simple))
            }
            Primitive::String | Primitive::AnyUri => {
                let long = LONG.contains(&described.name)
                    && simple.facets.max_length.is_none_or(|most| most > 100)
                    && !place.around.last().is_some_and(|around| DESCRIBED_IN_A_WORD.contains(around));
                Some(Widget::Line { simple, long })
            }
            Primitive::DateTime | Primitive::Date | Primitive::Time => None,
        }
    }

    fn number(&self, described: &'static Described, simple: &'static Simple) -> Widget {
        let codes = self.codes(&described.hints);
        if matches!(simple.primitive, Primitive::Integer { .. }) && (1..=FEW).contains(&codes.len()) {
            let mut options: Vec<(String, String)> =
                codes.iter().map(|code| (code.value.clone(), code.text.clone())).collect();
            options.sort_by_key(|(value, _)| value.parse::<i64>().unwrap_or_default());
            return Widget::Choice(options);
        }
        let is_share = |kind: &Kind| {
            kind.type_name() == Some("percentage")
                || simple.base.is_some_and(|base| base.name() == "percentage")
        };
        let unit = described.hints.unit.unwrap_or_default();
        let scale = match is_share(&described.kind) {
            true => Some(units::PERCENT),
            false => units::scale(self.lists.units, self.root, described.name, unit),
        };
        Widget::Number { simple, scale, unit: self.unit(scale.as_ref(), unit) }
    }

    fn measure(&self, described: &'static Described, structure: &'static Structure) -> Option<Widget> {
        let fields = structure.fields();
        fields.iter().find(|field| field.kind.type_name() == Some("display-value"))?;
        let [inner] = fields.iter().filter(|field| field.name != "display").collect::<Vec<_>>()[..] else {
            return None;
        };
        let unit = inner.hints.unit.or(described.hints.unit).unwrap_or(match inner.name {
            "kg" => "kg",
            "m" => "m",
            "celsius" => "Cel",
            "liters" => "L",
            "mmolPerL" => "mmol/L",
            "mmol-per-mol" => "mmol/mol",
            "IE" => "[iU]",
            other => other,
        });
        let scale = units::scale(self.lists.units, self.root, described.name, unit);
        let written = scale.map_or_else(|| (self.lists.unit_written)(unit), |scale| scale.label.to_owned());
        Some(Widget::Measure {
            inner: inner.name,
            simple: inner.kind.text()?,
            scale,
            unit: self.unit(scale.as_ref(), unit),
            written,
        })
    }

    fn unit(&self, scale: Option<&Scale>, unit: &str) -> String {
        scale.map_or_else(|| (self.lists.unit_label)(unit), |scale| scale.label.to_owned())
    }

    fn coded(&self, hints: &'static Hints) -> Widget {
        let codes = self.codes(hints);
        Widget::Coded { closed: (1..=FEW).contains(&codes.len()) && hints.vocabularies.len() == 1, codes }
    }

    /// The words of a field's lists, as far as they are not too many to be offered.
    fn codes(&self, hints: &'static Hints) -> Arc<[Code]> {
        let known = |(of, _): &&ReadList| *of == hints.vocabularies;
        if let Some((_, codes)) = self.read.borrow().iter().find(known) {
            return codes.clone();
        }
        let codes: Arc<[Code]> = self.read_codes(hints).into();
        self.read.borrow_mut().push((&hints.vocabularies, codes.clone()));
        codes
    }

    fn read_codes(&self, hints: &Hints) -> Vec<Code> {
        let mut codes: Vec<Code> = Vec::new();
        for hint in &hints.vocabularies {
            let Some(list) =
                self.lists.shelf.find(&Wanted { name: hint.name, family: hint.family, version: None })
            else {
                continue;
            };
            if codes.len() + list.len() > MANY {
                continue;
            }
            let items =
                list.read(self.lists.culture).after(None, MANY).map(|page| page.items).unwrap_or_default();
            codes.extend(items.iter().filter(|item| !item.display.is_empty()).map(|item| Code {
                text: item.display.to_owned(),
                value: item.code.to_owned(),
                family: list.key.family.clone(),
                list: list.key.name.clone(),
                version: list.key.version.clone(),
            }));
        }
        codes
    }
}

/// How late a field comes among those beside it: after what people know by heart who it was, and last what is of the
/// sort in which it stands.
fn comes_late(described: &Described, place: &Place<'_>) -> u8 {
    match described.kind.type_name() {
        _ if described.occurs.min > 0 => 0,
        Some(own) if place.around.contains(&own) => 2,
        Some("person" | "Organization") => 1,
        _ => 0,
    }
}

fn code(codes: Arc<[Code]>) -> Widget {
    Widget::Code { codes }
}

/// The field as one of several; none where there is nothing in it by which one would be known to be there.
fn in_groups(blank: Field, most: Option<u32>, begun: bool) -> Option<Field> {
    let groups = Groups::of(&blank, most, begun);
    let is_known = !blank.inputs().is_empty();
    is_known.then_some(Field { widget: Widget::Groups(groups), ..blank })
}

/// The field as the first of several.
fn in_rows(field: Field, most: Option<u32>) -> Field {
    let most = most.and_then(|most| usize::try_from(most).ok()).unwrap_or(rows::MOST).min(rows::MOST);
    let row = Field { name: rows::name(&field.name, 1), required: false, ..field.clone() };
    Field { widget: Widget::Rows { rows: vec![row], most }, ..field }
}

fn is_text(kind: &Kind) -> bool {
    kind.text().is_some()
}
