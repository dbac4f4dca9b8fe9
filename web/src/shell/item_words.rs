//! What an item says, in the reader's words: its line, its fields, its units.

use keepwell_core::ids::TypeId;
use keepwell_core::thing_types::{self, Entry, Outline, PER_CENT, Said, ThingType};
use keepwell_core::things::{Place, Thing};
use uuid::Uuid;

use super::words;
use crate::locale::{Key, Texts};
use crate::pages::fields::{FieldRow, Fields};
use crate::units::Scale;
use crate::{labels, units};

/// The most fields of an item that a page shows.
pub const MOST_FIELDS: usize = 400;

/// The item in one line: by its type's title, or what its kind is called.
pub fn line(thing: &Thing, t: &Texts) -> String {
    line_of(thing.type_id, &thing.data_xml, t)
}

/// The same of data that is in no record yet.
pub fn line_of(kind: TypeId, data_xml: &str, t: &Texts) -> String {
    thing_types::find(kind)
        .and_then(|known| in_one_line(known, data_xml, t))
        .unwrap_or_else(|| words::kind_alone(kind, t))
}

fn in_one_line(kind: &ThingType, data_xml: &str, t: &Texts) -> Option<String> {
    let words = |words| labels::words(words, t);
    let line = thing_types::line(kind, data_xml, &|said| in_line(kind, said, t), &words)?;
    Some(labels::line(line, t))
}

/// Its fields, and whether there are more than a page shows.
pub fn fields(thing: &Thing, t: &Texts) -> (Fields, bool) {
    let Some(kind) = thing_types::find(thing.type_id) else { return (Fields::default(), false) };
    let Outline { entries, cut } = thing_types::outline(kind, &thing.data_xml, MOST_FIELDS);
    (rows(kind, entries, t), cut)
}

fn rows(kind: &ThingType, entries: Vec<Entry>, t: &Texts) -> Fields {
    let row = |entry: Entry| {
        let (label, known) = labels::label(&entry.label, kind.root, t);
        FieldRow {
            label: label.into_owned(),
            foreign: !known,
            value: entry.said.as_ref().map(|said| in_full(kind, said, t)),
            inside: rows(kind, entry.inside, t),
        }
    };
    Fields { rows: entries.into_iter().map(row).collect() }
}

/// With what was typed, where that was in another unit.
fn in_full(kind: &ThingType, said: &Said, t: &Texts) -> String {
    let text = value(kind, said, t);
    match said {
        Said::Measure { typed: Some((typed, unit)), .. } if *typed != text => {
            let same =
                scale_of(kind, said, t).filter(|scale| is_just(typed, unit.as_deref(), scale).is_some());
            match same {
                Some(_) => text,
                None => t.say_two("field-as-typed", "value", text, "typed", typed),
            }
        }
        _ => text,
    }
}

fn scale_of(kind: &ThingType, said: &Said, t: &Texts) -> Option<Scale> {
    let Said::Measure { element, unit: Some(unit), .. } = said else { return None };
    units::scale(t.units(), kind.root, element, unit)
}

/// The number that was typed, if nothing else was but the reader's unit.
fn is_just<'t>(typed: &'t str, unit: Option<&str>, scale: &Scale) -> Option<&'t str> {
    let unit = unit.filter(|unit| units::is_same(scale, unit))?;
    Some(typed.strip_suffix(unit)?.trim_end())
}

/// A quantity as the reader reads it: as it was typed if that is their unit.
fn measure(kind: &ThingType, said: &Said, t: &Texts) -> Option<String> {
    let Said::Measure { quantity, number, unit, typed, .. } = said else { return None };
    let unit = (*unit)?;
    let Some(scale) = scale_of(kind, said, t) else {
        return Some(typed.as_ref().map_or_else(|| with_unit(number, unit, t), |(typed, _)| typed.clone()));
    };
    let label = labels::unit(scale.label, t);
    match typed {
        Some((typed, Some(unit))) if units::is_same(&scale, unit) => {
            // In another language than English the number is as it was typed, and the unit as it is read.
            let number = is_just(typed, Some(unit), &scale).filter(|_| label != scale.label);
            Some(number.map_or_else(|| typed.clone(), |number| format!("{number} {label}")))
        }
        _ => Some(format!("{} {label}", scale.text(*quantity))),
    }
}

fn value(kind: &ThingType, said: &Said, t: &Texts) -> String {
    match said {
        Said::Measure { number, typed, .. } => measure(kind, said, t)
            .or_else(|| typed.as_ref().map(|(typed, _)| typed.clone()))
            .unwrap_or_else(|| number.clone()),
        Said::Words(words) => words.clone(),
        Said::OneOf(value) => labels::value(value, t).into_owned(),
        Said::Number { number, unit: Some(unit), .. } => with_unit(number, unit, t),
        Said::Number { number, unit: None, .. } => number.clone(),
        Said::Date(date) => t.dated(date),
        Said::Flag(true) => t.say("field-yes"),
        Said::Flag(false) => t.say("field-no"),
    }
}

/// Within a line that has words of its own, where units stand already.
fn in_line(kind: &ThingType, said: &Said, t: &Texts) -> String {
    match said {
        Said::Number { unit: Some(PER_CENT), .. } => value(kind, said, t),
        Said::Number { number, .. } => number.clone(),
        Said::Flag(_) => value(kind, said, t).to_lowercase(),
        _ => value(kind, said, t),
    }
}

/// A number with its unit, which the catalogue names in UCUM.
pub fn with_unit(number: &str, unit: &str, t: &Texts) -> String {
    format!("{number} {}", unit_label(unit, t)).trim_end().to_owned()
}

/// A unit as people write it; nothing for a plain count.
pub fn unit_label(unit: &str, t: &Texts) -> String {
    let words = match unit {
        "/min" => Some(Key("unit-per-minute")),
        "/h" => Some(Key("unit-per-hour")),
        "d" => Some(Key("unit-days")),
        "wk" => Some(Key("unit-weeks")),
        "a" => Some(Key("unit-years")),
        "By" => Some(Key("unit-bytes")),
        _ => None,
    };
    words.map_or_else(|| labels::unit(units::sign(unit), t).into_owned(), |key| t.say(key))
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
        let kind = thing_types::by_name("weight").unwrap();
        let said = |unit| Said::Number { number: "37".into(), unit: Some(unit) };
        assert_eq!(value(kind, &said("Cel"), &t), "37 °C");
        assert_eq!(value(kind, &said("/min"), &t), "37 per minute");
        assert_eq!(in_line(kind, &said("mm[Hg]"), &t), "37", "the line names the unit itself");
        assert_eq!(in_line(kind, &said("%"), &t), "37 %", "except that of a share");
    }

    #[test]
    fn a_quantity_stands_in_the_readers_unit_and_as_it_was_typed() {
        let t = Texts::for_samples();
        let pounds = Texts::for_samples().reading_in(keepwell_core::persons::Units::usual_in("US"));
        let kind = thing_types::by_name("weight").unwrap();
        let line = |xml: &str, t: &Texts| in_one_line(kind, xml, t).unwrap();
        let typed = "<weight><value><kg>70.30681761</kg><display units=\"lb\">155</display></value></weight>";
        assert_eq!((line(typed, &pounds).as_str(), line(typed, &t).as_str()), ("155 lb", "70.3 kg"));
        let bare = "<weight><value><kg>70.25</kg></value></weight>";
        assert_eq!((line(bare, &t).as_str(), line(bare, &pounds).as_str()), ("70.2 kg", "154.9 lb"));
        let entries = thing_types::outline(kind, typed, 9).entries;
        assert_eq!(in_full(kind, entries[0].said.as_ref().unwrap(), &t), "70.3 kg (entered as 155 lb)");
    }

    #[test]
    fn in_another_language_labels_values_and_units_are_said_and_data_stays() {
        let t = Texts::in_language_for_tests("ar");
        let fields = |root: &str, xml: &str| {
            let kind = thing_types::by_name(root).unwrap();
            let rows = rows(kind, thing_types::outline(kind, xml, 9).entries, &t).rows;
            rows.into_iter()
                .map(|row| (row.label, row.foreign, row.value.unwrap_or_default()))
                .collect::<Vec<_>>()
        };
        let row = |label: &str, foreign, value: &str| (label.to_owned(), foreign, value.to_owned());
        assert_eq!(
            fields(
                "asthma-inhaler",
                "<asthma-inhaler><drug><text>Salbutamol</text></drug><purpose>Rescue</purpose><made-up>x</made-up></asthma-inhaler>"
            ),
            [row("الدواء", false, "Salbutamol"), row("الغرض", false, "إسعافي"), row("Made up", true, "x")]
        );
        let typed = |units: &str| {
            format!("<weight><value><kg>70.3</kg><display units=\"{units}\">70.3</display></value></weight>")
        };
        assert_eq!(fields("weight", &typed("kg")), [row("القيمة", false, "70.3 كغ")]);
        assert!(fields("weight", &typed("lb"))[0].2.contains("70.3 lb"), "as it was typed");
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
