//! What an item says, in the reader's words: its line, its fields, its units.

use keepwell_core::ids::TypeId;
use keepwell_core::thing_types::{self, Entry, Outline, PER_CENT, Said};
use keepwell_core::things::{Place, Thing};
use uuid::Uuid;

use super::words;
use crate::locale::{Key, Texts};
use crate::pages::fields::{FieldRow, Fields};

/// The most fields of an item that a page shows.
pub const MOST_FIELDS: usize = 400;

/// The item in one line: by its type's title, or what its kind is called.
pub fn line(thing: &Thing, t: &Texts) -> String {
    line_of(thing.type_id, &thing.data_xml, t)
}

/// The same of data that is in no record yet.
pub fn line_of(kind: TypeId, data_xml: &str, t: &Texts) -> String {
    thing_types::find(kind)
        .and_then(|kind| thing_types::line(kind, data_xml, &|said| in_line(said, t)))
        .unwrap_or_else(|| words::kind_alone(kind, t))
}

/// Its fields, and whether there are more than a page shows.
pub fn fields(thing: &Thing, t: &Texts) -> (Fields, bool) {
    let Outline { entries, cut } = thing_types::find(thing.type_id)
        .map(|kind| thing_types::outline(kind, &thing.data_xml, MOST_FIELDS))
        .unwrap_or_default();
    (rows(entries, t), cut)
}

fn rows(entries: Vec<Entry>, t: &Texts) -> Fields {
    let row = |entry: Entry| FieldRow {
        label: entry.label,
        value: entry.said.as_ref().map(|said| value(said, t)),
        inside: rows(entry.inside, t),
    };
    Fields { rows: entries.into_iter().map(row).collect() }
}

fn value(said: &Said, t: &Texts) -> String {
    match said {
        Said::Words(words) => words.clone(),
        Said::Number { number, unit: Some(unit), .. } => with_unit(number, unit, t),
        Said::Number { number, unit: None, .. } => number.clone(),
        Said::Date(date) => t.dated(date),
        Said::Flag(true) => t.say("field-yes"),
        Said::Flag(false) => t.say("field-no"),
    }
}

/// Within a line that has words of its own, where units stand already.
fn in_line(said: &Said, t: &Texts) -> String {
    match said {
        Said::Number { unit: Some(PER_CENT), .. } => value(said, t),
        Said::Number { number, .. } => number.clone(),
        Said::Flag(_) => value(said, t).to_lowercase(),
        _ => value(said, t),
    }
}

/// A number with its unit, which the catalogue names in UCUM.
fn with_unit(number: &str, unit: &str, t: &Texts) -> String {
    let words = match unit {
        "/min" => Some(Key("unit-per-minute")),
        "/h" => Some(Key("unit-per-hour")),
        "d" => Some(Key("unit-days")),
        "wk" => Some(Key("unit-weeks")),
        "a" => Some(Key("unit-years")),
        "By" => Some(Key("unit-bytes")),
        _ => None,
    };
    let sign = match unit {
        "Cel" => "°C",
        "mm[Hg]" => "mmHg",
        "[iU]" => "IU",
        "N.m" => "N·m",
        "s/(100.m)" => "s/100 m",
        other => other,
    };
    match words {
        Some(key) => format!("{number} {}", t.say(key)),
        None => format!("{number} {sign}"),
    }
}

/// A place in a list as it stands in an address.
pub fn written(place: &Place) -> String {
    format!("{}_{}_{}", place.at, place.created, place.thing)
}

/// A place from an address; what is none begins at the top.
pub fn read_place(text: Option<&str>) -> Option<Place> {
    let mut parts = text?.split('_');
    let (at, created) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let thing = parts.next()?.parse::<Uuid>().ok()?;
    Some(Place { at, created, thing: keepwell_core::ids::ThingId(thing) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use keepwell_core::ids::ThingId;

    #[test]
    fn a_number_stands_with_its_unit_as_people_write_it() {
        let t = Texts::for_samples();
        let said = |unit| Said::Number { number: "37".into(), unit: Some(unit) };
        assert_eq!(value(&said("Cel"), &t), "37 °C");
        assert_eq!(value(&said("/min"), &t), "37 per minute");
        assert_eq!(in_line(&said("mm[Hg]"), &t), "37", "the line names the unit itself");
        assert_eq!(in_line(&said("%"), &t), "37 %", "except that of a share");
    }

    #[test]
    fn a_place_survives_its_way_through_an_address() {
        let place = Place { at: -5, created: 7, thing: ThingId(Uuid::from_u128(9)) };
        assert_eq!(read_place(Some(&written(&place))), Some(place));
        for wrong in [None, Some(""), Some("1"), Some("1_2"), Some("1_2_x"), Some("a_b_c")] {
            assert_eq!(read_place(wrong), None);
        }
    }
}
