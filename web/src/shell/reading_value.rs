//! What a reading says, in a word or a number: the commonest types by themselves, the others by the
//! first of their elements that says something.

use keepwell_core::thing_types;
use keepwell_core::things::Thing;
use roxmltree::{Document, Node};

use crate::locale::Texts;

/// A value, with its unit where it has one.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Reading {
    /// The value.
    pub value: String,
    /// Its unit.
    pub unit: Option<String>,
}

/// The longest text that fits a row.
const LONGEST: usize = 120;

/// What to show of a thing.
pub fn of(thing: &Thing, t: &Texts) -> Reading {
    let root = thing_types::find(thing.type_id).map_or("", |known| known.root);
    read(root, &thing.data_xml, t).unwrap_or_default()
}

fn read(root: &str, data_xml: &str, t: &Texts) -> Option<Reading> {
    let wrapped = format!("<data-xml>{data_xml}</data-xml>");
    let document = Document::parse(&wrapped).ok()?;
    let node = document.root_element().children().find(|node| node.tag_name().name() == root)?;
    let with =
        |value: Option<String>, unit: &str| value.map(|value| Reading { value, unit: Some(unit.into()) });
    match root {
        "weight" => displayed(node, "value").or_else(|| with(number(node, "value/kg", 1.0, 1), "kg")),
        "height" => displayed(node, "value").or_else(|| with(number(node, "value/m", 100.0, 0), "cm")),
        "blood-pressure" => {
            let (upper, lower) = (number(node, "systolic", 1.0, 0)?, number(node, "diastolic", 1.0, 0)?);
            with(Some(format!("{upper}/{lower}")), "mmHg")
        }
        "heart-rate" => with(number(node, "value", 1.0, 0), &t.say("unit-per-minute")),
        "blood-glucose" => {
            displayed(node, "value").or_else(|| with(number(node, "value/mmolPerL", 1.0, 1), "mmol/L"))
        }
        "HbA1C" | "blood-oxygen-saturation" => with(number(node, "value", 100.0, 1), "%"),
        _ => words(node).map(|value| Reading { value, unit: None }),
    }
}

fn at<'a, 'i>(node: Node<'a, 'i>, path: &str) -> Option<Node<'a, 'i>> {
    path.split('/').try_fold(node, |node, name| node.children().find(|child| child.tag_name().name() == name))
}

fn text(node: Node<'_, '_>) -> Option<String> {
    let text = node.text()?.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = text.chars().take(LONGEST).collect();
    Some(short).filter(|text| !text.is_empty())
}

/// What the person entered, in the unit that they chose.
fn displayed(node: Node<'_, '_>, path: &str) -> Option<Reading> {
    let display = at(at(node, path)?, "display")?;
    Some(Reading { value: text(display)?, unit: display.attribute("units").map(str::to_owned) })
}

fn number(node: Node<'_, '_>, path: &str, times: f64, digits: usize) -> Option<String> {
    let number: f64 = at(node, path)?.text()?.trim().parse().ok()?;
    let written = format!("{:.digits$}", number * times);
    number.is_finite().then_some(written)
}

/// The name of a medicine, an allergy, a condition …
fn words(node: Node<'_, '_>) -> Option<String> {
    const PLACES: [&str; 9] =
        ["name/text", "name", "title", "activity/text", "description", "text", "summary", "value", "content"];
    PLACES.into_iter().find_map(|path| text(at(node, path)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(root: &str, xml: &str) -> (String, Option<String>) {
        let reading = read(root, xml, &Texts::for_samples()).unwrap_or_default();
        (reading.value, reading.unit)
    }

    #[test]
    fn a_weight_is_shown_in_the_unit_that_it_was_entered_in() {
        let xml = "<weight><value><kg>70.3</kg><display units=\"lb\">155</display></value></weight><common/>";
        assert_eq!(said("weight", xml), ("155".into(), Some("lb".into())));
        let xml = "<weight><value><kg>70.25</kg></value></weight>";
        assert_eq!(said("weight", xml), ("70.2".into(), Some("kg".into())));
    }

    #[test]
    fn a_blood_pressure_is_two_numbers() {
        let xml =
            "<blood-pressure><systolic>128</systolic><diastolic>82</diastolic></blood-pressure><common/>";
        assert_eq!(said("blood-pressure", xml), ("128/82".into(), Some("mmHg".into())));
    }

    #[test]
    fn other_readings_are_shown_by_their_name() {
        let xml = "<allergy><name><text>  Penicillin </text></name></allergy>";
        assert_eq!(said("allergy", xml), ("Penicillin".into(), None));
    }

    #[test]
    fn what_cannot_be_read_is_empty_and_no_reason_to_fail() {
        for xml in ["", "<weight>", "<weight/>", "<other/>", "<weight><value><kg>much</kg></value></weight>"]
        {
            assert_eq!(said("weight", xml), (String::new(), None), "{xml}");
        }
    }
}
