//! What a developer reads who does not know the schema.

use super::super::simple::{Bound, Primitive, Simple};
use super::super::structure::{Definition, Field, Kind, Occurs, Particle};

/// The most names or values in one message.
const MOST: usize = 6;

/// A field by its name, and what it holds; with the unit that the element around names.
pub(super) fn field(field: &Field, around: Option<&str>) -> String {
    match kind(&field.kind, field.hints.unit, around) {
        Some(words) => format!("{} ({words})", field.name),
        None => field.name.to_owned(),
    }
}

fn kind(kind: &Kind, unit: Option<&str>, around: Option<&str>) -> Option<String> {
    match kind.definition()? {
        Definition::Text(simple) => Some(text(simple, unit.or(around))),
        Definition::Complex(_) if kind.text().is_some() => kind.text().map(|simple| text(simple, unit)),
        Definition::Complex(structure) => {
            let inside = particles(structure.particles());
            (!inside.is_empty()).then(|| format!("with {inside}"))
        }
    }
}

/// The names of some particles, with what says how often they stand.
fn particles(particles: &[Particle]) -> String {
    let names = particles.iter().map(|particle| match particle {
        Particle::Field(field) => format!("{}{}", field.name, often(field.occurs)),
        Particle::Choice(choice) => {
            let names = choice.alternatives.iter().map(|a| self::particles(a));
            names.collect::<Vec<_>>().join(" or ")
        }
        Particle::Anything(_) => "anything".to_owned(),
    });
    listed(names.collect(), ", ")
}

fn often(occurs: Occurs) -> &'static str {
    match (occurs.min, occurs.repeats()) {
        (0, false) => "?",
        (0, true) => "*",
        (_, true) => "+",
        _ => "",
    }
}

/// One of these fields.
pub(super) fn one_of(fields: &[&Field], around: Option<&str>) -> String {
    listed(fields.iter().map(|f| field(f, around)).collect(), " or ")
}

fn listed(mut names: Vec<String>, between: &str) -> String {
    if names.len() > MOST {
        names.truncate(MOST);
        names.push("…".to_owned());
    }
    names.join(between)
}

/// A kind of text: `a number of kilograms, 0 or more`.
pub(super) fn text(simple: &Simple, unit: Option<&str>) -> String {
    let facets = &simple.facets;
    if !facets.values.is_empty() {
        let values = facets.values.iter().map(|v| format!("\"{v}\"")).collect();
        return format!("one of {}", listed(values, ", "));
    }
    if simple.base.is_some_and(|base| base.name() == "guid") {
        return "a GUID".to_owned();
    }
    let mut words = match simple.primitive {
        Primitive::String => "text".to_owned(),
        Primitive::Boolean => "true or false".to_owned(),
        Primitive::Integer { .. } => "a whole number".to_owned(),
        Primitive::Decimal | Primitive::Double => "a number".to_owned(),
        Primitive::DateTime => "a date and time like 2024-05-01T08:30:00".to_owned(),
        Primitive::Date => "a date like 2024-05-01".to_owned(),
        Primitive::Time => "a time like 08:30:00".to_owned(),
        Primitive::AnyUri => "an address".to_owned(),
    };
    if let Some(unit) = unit.filter(|_| simple.primitive.is_numeric()) {
        words = format!("{words} of {}", unit_name(unit));
    }
    if let Some(range) = range(facets.min, facets.max).or_else(|| own_range(simple.primitive)) {
        words = format!("{words}, {range}");
    }
    match (facets.min_length.filter(|min| *min > 0), facets.max_length) {
        (Some(1), None) if facets.nonblank => {}
        (Some(min), None) => words = format!("{words} of at least {min} characters"),
        (Some(min), Some(max)) if min == max => words = format!("{words} of {min} characters"),
        (Some(min), Some(max)) => words = format!("{words} of {min} to {max} characters"),
        (None, Some(max)) => words = format!("{words} of at most {max} characters"),
        (None, None) => {}
    }
    if facets.nonblank {
        words.push_str(" that is not blank");
    }
    for pattern in &facets.patterns {
        words = format!("{words} like {}", pattern.source);
    }
    words
}

fn range(min: Option<Bound>, max: Option<Bound>) -> Option<String> {
    let least =
        |b: Bound| if b.exclusive { format!("more than {}", b.text) } else { format!("{} or more", b.text) };
    let most =
        |b: Bound| if b.exclusive { format!("less than {}", b.text) } else { format!("{} or less", b.text) };
    match (min, max) {
        (Some(min), Some(max)) if !min.exclusive && !max.exclusive => {
            Some(format!("{} to {}", min.text, max.text))
        }
        (Some(min), Some(max)) => Some(format!("{} and {}", least(min), most(max))),
        (Some(min), None) => Some(least(min)),
        (None, Some(max)) => Some(most(max)),
        (None, None) => None,
    }
}

fn own_range(primitive: Primitive) -> Option<String> {
    match primitive {
        Primitive::Integer { min, .. } if min == 0 || min == 1 => Some(format!("{min} or more")),
        _ => None,
    }
}

/// Units that have a word; others say themselves.
fn unit_name(unit: &str) -> &str {
    match unit {
        "kg" => "kilograms",
        "g" => "grams",
        "mg" => "milligrams",
        "m" => "metres",
        "cm" => "centimetres",
        "L" | "l" => "litres",
        "s" => "seconds",
        "min" => "minutes",
        "h" => "hours",
        "d" => "days",
        "Cel" => "degrees Celsius",
        "kcal" => "kilocalories",
        "Pa" => "pascals",
        "W" => "watts",
        "%" => "per cent",
        other => other,
    }
}
