//! What an element says to a person: words, a number with its unit, a date as far as it is known, yes or no.

use roxmltree::Node;

use super::simple::{Primitive, Simple};
use super::structure::{Content, Definition, Hints, Kind, Structure};

/// The longest text of one element that is shown.
pub const LONGEST: usize = 2_000;

/// The unit of a share that is told in per cent.
pub const PER_CENT: &str = "%";

/// What is said; how it reads in a language is for the face that shows it.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// Text.
    Words(String),
    /// One of the few values that its type takes.
    OneOf(&'static str),
    /// A number.
    Number {
        /// The number; a share of one is told in per cent.
        number: String,
        /// Its unit in UCUM.
        unit: Option<&'static str>,
    },
    /// A quantity in the fixed unit of its type, beside what was typed: a face may tell it in another unit.
    Measure {
        /// The element that holds it: `value`, `ldl`.
        element: String,
        /// The quantity in the fixed unit.
        quantity: f64,
        /// The same as it is written.
        number: String,
        /// The fixed unit in UCUM.
        unit: Option<&'static str>,
        /// What was typed, if it was kept: words, and the unit in them.
        typed: Option<(String, Option<String>)>,
    },
    /// A date, or a date and a time.
    Date(Dated),
    /// Yes or no.
    Flag(bool),
}

/// A date on the clock of the wall where it was taken, as far as it is known (things.md 1.5).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dated {
    /// The year.
    pub year: i16,
    /// The month, from 1.
    pub month: Option<i8>,
    /// The day.
    pub day: Option<i8>,
    /// Hour and minute.
    pub clock: Option<(i8, i8)>,
    /// What the time zone is called, if one was given.
    pub zone: Option<String>,
}

/// What the element says; nothing if its kind is one of which only the parts say something, or if there is
/// nothing in it. `around` is the unit that the element around names.
pub(super) fn said(
    node: Node<'_, '_>,
    kind: &Kind,
    hints: &Hints,
    around: Option<&'static str>,
) -> Option<Said> {
    match kind.type_name() {
        Some("codable-value") => {
            let code = || child(node, "code").and_then(|code| inner(code, "value"));
            inner(node, "text").or_else(code).map(Said::Words)
        }
        Some("coded-value") => inner(node, "value").map(Said::Words),
        Some("general-measurement") => inner(node, "display").map(Said::Words),
        Some("name") => inner(node, "full").map(Said::Words),
        Some("display-value") => displayed(node).map(|(typed, _)| Said::Words(typed)),
        Some("date" | "approx-date") => dated(Some(node), None, None).map(Said::Date),
        Some("date-time" | "StructuredApproxDate") => date_time(node),
        Some("approx-date-time") => match child(node, "structured") {
            Some(structured) => date_time(structured),
            None => inner(node, "descriptive").map(Said::Words),
        },
        Some("percentage") => words(node).map(|text| percent(&text)),
        Some("time") => clock(node).map(|(h, m)| Said::Words(format!("{h:02}:{m:02}"))),
        _ => match kind.definition() {
            None => words(node).map(Said::Words),
            Some(Definition::Text(simple)) => text(node, simple, hints.unit.or(around)),
            Some(Definition::Complex(structure)) if is_measure(structure) => measured(node, structure, hints),
            Some(Definition::Complex(structure)) => match &structure.content {
                Content::Text(simple) => text(node, simple, hints.unit.or(around)),
                Content::Elements(_) => None,
            },
        },
    }
}

/// A number in a fixed unit, beside what the person typed.
pub(super) fn is_measure(structure: &Structure) -> bool {
    structure.fields().iter().any(|field| field.kind.type_name() == Some("display-value"))
}

/// The unit that a measure's element names, where no hint does: `kg`, `liters-per-second`.
pub(super) fn unit_named(element: &str) -> Option<&'static str> {
    Some(match element {
        "kg" => "kg",
        "m" => "m",
        "celsius" => "Cel",
        "liters" => "L",
        "liters-per-second" => "L/s",
        "meters-per-second" => "m/s",
        "seconds-per-hundred-meters" => "s/(100.m)",
        "watts" => "W",
        "newton-meters" => "N.m",
        "pascals" => "Pa",
        "breaths-per-minute" => "/min",
        "mmolPerL" => "mmol/L",
        "IE" => "[iU]",
        "mmol-per-mol" => "mmol/mol",
        _ => return None,
    })
}

/// The number in the fixed unit, with what the person typed; what was typed alone, where there is no number.
pub(super) fn measured(node: Node<'_, '_>, structure: &Structure, hints: &Hints) -> Option<Said> {
    let typed = child(node, "display").and_then(displayed);
    let said = typed.clone().map(|(typed, _)| Said::Words(typed));
    let fixed = node.children().find(|c| c.is_element() && c.tag_name().name() != "display");
    let Some(fixed) = fixed else { return said };
    let field = structure.field(fixed.tag_name().name())?;
    let unit = field.hints.unit.or(hints.unit).or_else(|| unit_named(field.name));
    let Said::Number { number, unit } = text(fixed, field.kind.text()?, unit)? else { return said };
    match words(fixed).and_then(|text| text.parse().ok()).filter(|number: &f64| number.is_finite()) {
        Some(quantity) => {
            let element = node.tag_name().name().to_owned();
            Some(Said::Measure { element, quantity, number, unit, typed })
        }
        None => said.or(Some(Said::Number { number, unit })),
    }
}

/// What was typed, and the unit in it.
fn displayed(node: Node<'_, '_>) -> Option<(String, Option<String>)> {
    let units = node.attribute("units").map(str::trim).filter(|units| !units.is_empty()).map(short);
    if let Some(text) = node.attribute("text").map(str::trim).filter(|text| !text.is_empty()) {
        return Some((short(text), units));
    }
    let number = tidy(&words(node)?);
    Some(match units {
        Some(units) => (format!("{number} {units}"), Some(units)),
        None => (number, None),
    })
}

fn text(node: Node<'_, '_>, simple: &Simple, unit: Option<&'static str>) -> Option<Said> {
    let text = words(node)?;
    if let Some(value) = simple.facets.values.iter().find(|value| **value == text) {
        return Some(Said::OneOf(value));
    }
    Some(match simple.primitive {
        Primitive::Boolean => Said::Flag(matches!(text.as_str(), "true" | "1")),
        Primitive::Integer { .. } | Primitive::Decimal | Primitive::Double => {
            if simple.base.is_some_and(|base| base.name() == "percentage") {
                return Some(percent(&text));
            }
            Said::Number { number: tidy(&text), unit: unit.filter(|unit| *unit != "1") }
        }
        Primitive::DateTime | Primitive::Date => written(&text).map_or(Said::Words(text), Said::Date),
        Primitive::String | Primitive::Time | Primitive::AnyUri => Said::Words(text),
    })
}

fn percent(text: &str) -> Said {
    let number = match text.parse::<f64>() {
        Ok(share) if share.is_finite() => tidy(&format!("{:.4}", share * 100.0)),
        _ => return Said::Words(text.to_owned()),
    };
    Said::Number { number, unit: Some(PER_CENT) }
}

/// A number without a tail that nobody measured: programs convert pounds to 70.30681761 kg.
fn tidy(text: &str) -> String {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() && number.abs() < 1e9 && text.contains('.') => {
            let digits =
                text.rsplit('.').next().map_or(0, str::len).min(if number.abs() < 1.0 { 4 } else { 2 });
            let rounded = format!("{number:.digits$}");
            match rounded.contains('.') {
                true => rounded.trim_end_matches('0').trim_end_matches('.').to_owned(),
                false => rounded,
            }
        }
        _ => text.to_owned(),
    }
}

fn date_time(node: Node<'_, '_>) -> Option<Said> {
    let zone = child(node, "tz").and_then(|zone| inner(zone, "text"));
    dated(child(node, "date"), child(node, "time"), zone).map(Said::Date)
}

fn dated(date: Option<Node<'_, '_>>, time: Option<Node<'_, '_>>, zone: Option<String>) -> Option<Dated> {
    let date = date?;
    let part = |name: &str| child(date, name)?.text()?.trim().parse::<i16>().ok();
    let small = |name: &str| part(name).and_then(|part| i8::try_from(part).ok());
    let (year, month) = (part("y")?, small("m").filter(|m| (1..=12).contains(m)));
    let day = small("d").filter(|d| month.is_some() && (1..=31).contains(d));
    Some(Dated { year, month, day, clock: time.and_then(clock), zone })
}

fn clock(node: Node<'_, '_>) -> Option<(i8, i8)> {
    let part = |name: &str| child(node, name)?.text()?.trim().parse::<i8>().ok();
    let (h, m) = (part("h")?, part("m")?);
    ((0..24).contains(&h) && (0..60).contains(&m)).then_some((h, m))
}

/// `2026-05-17`, `2026-05-17T08:30:00`.
fn written(text: &str) -> Option<Dated> {
    let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    let mut parts = date.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok().filter(|m| (1..=12).contains(m))?;
    let day = parts.next()?.get(..2)?.parse().ok().filter(|d| (1..=31).contains(d))?;
    let clock = time.and_then(|time| {
        let (h, m) = (time.get(..2)?.parse().ok()?, time.get(3..5)?.parse().ok()?);
        ((0..24).contains(&h) && (0..60).contains(&m)).then_some((h, m))
    });
    Some(Dated { year, month: Some(month), day: Some(day), clock, zone: None })
}

pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.is_element() && child.tag_name().name() == name)
}

fn inner(node: Node<'_, '_>, name: &str) -> Option<String> {
    words(child(node, name)?)
}

/// All text in it, in one line.
pub(super) fn words(node: Node<'_, '_>) -> Option<String> {
    let mut line = String::new();
    for text in node.descendants().filter(Node::is_text).filter_map(|node| node.text()) {
        for word in text.split_whitespace() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
            if line.len() > 4 * LONGEST {
                return Some(short(&line));
            }
        }
    }
    Some(short(&line)).filter(|line| !line.is_empty())
}

pub(super) fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_loses_the_tail_that_nobody_measured() {
        for (text, said) in [
            ("70.30681761", "70.31"),
            ("070.50", "70.5"),
            ("70.00", "70"),
            ("0.06666", "0.0667"),
            ("120", "120"),
            ("1e3", "1e3"),
            ("INF", "INF"),
            ("123456789012.5", "123456789012.5"),
            ("-1.255", "-1.25"),
        ] {
            assert_eq!(tidy(text), said, "{text}");
        }
    }

    #[test]
    fn a_written_date_is_read_as_far_as_it_goes() {
        let date = written("2026-05-17T08:30:00").unwrap();
        assert_eq!((date.year, date.month, date.day, date.clock), (2026, Some(5), Some(17), Some((8, 30))));
        assert_eq!(written("2026-05-17Z").unwrap().clock, None);
        for wrong in ["", "soon", "2026", "2026-13-01", "2026-05-é", "T"] {
            assert_eq!(written(wrong), None, "{wrong}");
        }
    }
}
