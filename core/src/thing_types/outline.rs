//! The data of a thing for people: its fields with their labels, one below the other, and the line that
//! says it all. What is hostile or endless ends at a bound.

use std::borrow::Cow;

use roxmltree::{Document, Node};

use super::names::{label, plain};
use super::path::{Path, Step};
use super::said::{self, Said, child, is_measure, measured, said, unit_named, words};
use super::structure::{Field, Structure};
use super::thing_type::ThingType;
use super::title::SayWords;

/// How deep fields are shown within fields.
const DEPTH: usize = 8;
/// The longest line.
const LINE: usize = 160;
/// What people wrote beside the data of a thing of any type.
pub(super) const BESIDE: [&str; 2] = ["note", "source"];

/// A field that holds something.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What it is called in English: the catalogue's label, or its own name if the catalogue does not know it.
    pub label: Cow<'static, str>,
    /// What it says itself.
    pub said: Option<Said>,
    /// The fields in it.
    pub inside: Vec<Entry>,
}

/// The fields of a thing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// In their order.
    pub entries: Vec<Entry>,
    /// There is more than is shown.
    pub cut: bool,
}

/// The fields of what stands in `data-xml`, at most so many, those in others included. A document that
/// others define has none: nobody looks inside.
#[must_use]
pub fn outline(kind: &ThingType, data_xml: &str, most: usize) -> Outline {
    let mut walk = Walk { left: most, cut: false };
    let entries = with_root(kind, data_xml, |root, around| {
        let mut entries = Vec::new();
        if !kind.opaque {
            entries = walk.inside(root, Some(&kind.structure), 0);
        }
        if let Some(beside) = child(around, "common") {
            entries.extend(walk.beside(beside));
        }
        entries
    });
    Outline { entries: entries.unwrap_or_default(), cut: walk.cut }
}

/// The thing in one line by the type's title; `say` tells how a value reads, `words` how the title's own words
/// do. A title names the units of its numbers itself, except that of a share. None where the title finds
/// nothing, and where the data cannot be read.
#[must_use]
pub fn line(
    kind: &ThingType,
    data_xml: &str,
    say: &dyn Fn(&Said) -> String,
    words: &SayWords<'_>,
) -> Option<String> {
    let shown = |path: &Path, node: Node<'_, '_>| said_at(kind, path, node).map(|said| say(&said));
    let line = with_root(kind, data_xml, |root, _| kind.title.line(root, &shown, words))?;
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_matches(|c: char| matches!(c, ',' | '،' | ':') || c.is_whitespace());
    let short = match line.char_indices().nth(LINE) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line.to_owned(),
    };
    Some(short).filter(|line| !line.is_empty())
}

fn with_root<T>(
    kind: &ThingType,
    data_xml: &str,
    read: impl FnOnce(Node<'_, '_>, Node<'_, '_>) -> T,
) -> Option<T> {
    let wrapped = format!("<data-xml>{data_xml}</data-xml>");
    let document = Document::parse(&wrapped).ok()?;
    let around = document.root_element();
    child(around, kind.root).map(|root| read(root, around))
}

/// What stands at a path of a title.
fn said_at(kind: &ThingType, path: &Path, node: Node<'_, '_>) -> Option<Said> {
    let (mut here, mut found, mut around) = (Some(&kind.structure), None, None);
    let mut outer = None;
    for step in &path.steps {
        match step {
            Step::Attribute(_) => return None,
            Step::Child(name) => {
                let structure: &Structure = here?;
                let field = structure.field(name)?;
                let unit = found.and_then(|outer: &Field| outer.hints.unit);
                around = is_measure(structure).then(|| unit.or_else(|| unit_named(name))).flatten();
                outer = found;
                here = field.kind.structure();
                found = Some(field);
            }
        }
    }
    let field = found?;
    if let Some(whole) = outer.filter(|_| path.leads_to_display()) {
        // What was typed of a measure, or the measure itself where nothing was typed.
        let measure = if node.tag_name().name() == "display" { node.parent()? } else { node };
        return measured(measure, whole.kind.structure()?, &whole.hints);
    }
    said(node, &field.kind, &field.hints, around)
}

struct Walk {
    left: usize,
    cut: bool,
}

impl Walk {
    fn inside(&mut self, node: Node<'_, '_>, structure: Option<&Structure>, depth: usize) -> Vec<Entry> {
        let mut entries = Vec::new();
        for attribute in structure.iter().flat_map(|s| &s.attributes).filter(|a| !a.hints.hidden) {
            let text = node.attribute(attribute.name).map(str::trim).filter(|text| !text.is_empty());
            if let Some(text) = text.and_then(|text| self.take().then(|| said::short(text))) {
                let label = label(attribute.name, &attribute.hints);
                entries.push(Entry { label, said: Some(Said::Words(text)), inside: Vec::new() });
            }
        }
        for element in node.children().filter(Node::is_element) {
            let field = structure.and_then(|s| s.field(element.tag_name().name()));
            if field.is_some_and(|field| field.hints.hidden) {
                continue;
            }
            if !self.take() {
                break;
            }
            entries.extend(self.entry(element, field, depth));
        }
        entries
    }

    fn entry(&mut self, node: Node<'_, '_>, field: Option<&Field>, depth: usize) -> Option<Entry> {
        let label = match field {
            Some(field) => label(field.name, &field.hints),
            None => plain(node.tag_name().name()).into(),
        };
        let says = match field {
            Some(field) => said(node, &field.kind, &field.hints, None),
            // What the type does not know of says what it says.
            None if !node.children().any(|child| child.is_element()) => words(node).map(Said::Words),
            None => None,
        };
        let holds_parts = node.children().any(|child| child.is_element());
        let inside = match (&says, holds_parts) {
            (None, true) if depth < DEPTH => {
                self.inside(node, field.and_then(|field| field.kind.structure()), depth + 1)
            }
            (None, true) => {
                self.cut = true;
                Vec::new()
            }
            _ => Vec::new(),
        };
        (says.is_some() || !inside.is_empty()).then_some(Entry { label, said: says, inside })
    }

    /// Of what stands beside the data of every thing, what people wrote.
    fn beside(&mut self, common: Node<'_, '_>) -> Vec<Entry> {
        let mut entries = Vec::new();
        for name in BESIDE {
            let text = child(common, name).and_then(words);
            if let Some(text) = text.and_then(|text| self.take().then_some(text)) {
                let label = plain(name).into();
                entries.push(Entry { label, said: Some(Said::Words(text)), inside: Vec::new() });
            }
        }
        entries
    }

    fn take(&mut self) -> bool {
        let is_left = self.left > 0;
        self.cut |= !is_left;
        self.left = self.left.saturating_sub(1);
        is_left
    }
}

#[cfg(test)]
mod tests {
    use super::super::{all, by_name};
    use super::*;

    fn say(said: &Said) -> String {
        match said {
            Said::Words(words) => words.clone(),
            Said::OneOf(value) => (*value).to_owned(),
            Said::Number { number, unit: Some(said::PER_CENT) } => format!("{number} %"),
            Said::Number { number, .. } => number.clone(),
            Said::Measure { typed: Some((typed, _)), .. } => typed.clone(),
            Said::Measure { number, unit, .. } => format!("{number} {}", unit.unwrap_or_default()),
            Said::Date(date) => format!("{}-{}", date.year, date.month.unwrap_or_default()),
            Said::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        }
    }

    fn in_one_line(root: &str, inside: &str) -> Option<String> {
        let kind = by_name(root).unwrap();
        line(kind, &format!("<{root}>{inside}</{root}><common/>"), &say, &|words| Cow::Borrowed(words))
    }

    /// `Label: value`, with the fields in it in brackets.
    fn fields(root: &str, xml: &str) -> String {
        fn written(entries: &[Entry]) -> String {
            let one = |entry: &Entry| {
                let value = match &entry.said {
                    Some(Said::Number { number, unit: Some(unit) }) => format!("{number} {unit}"),
                    said => said.as_ref().map(say).unwrap_or_default(),
                };
                let inside = written(&entry.inside);
                let inside = if inside.is_empty() { inside } else { format!("[{inside}]") };
                format!("{}: {value}{inside}", entry.label)
            };
            entries.iter().map(one).collect::<Vec<_>>().join("; ")
        }
        written(&outline(by_name(root).unwrap(), xml, 100).entries)
    }

    #[test]
    fn a_thing_is_said_in_one_line_with_its_units() {
        let pounds = "<value><kg>70.3068</kg><display units='lb'>155</display></value>";
        assert_eq!(in_one_line("weight", pounds).as_deref(), Some("155 lb"));
        assert_eq!(in_one_line("weight", "<value><kg>70.30681</kg></value>").as_deref(), Some("70.31 kg"));
        let pressure = "<systolic>128</systolic><diastolic>82</diastolic><pulse>60</pulse>";
        assert_eq!(in_one_line("blood-pressure", pressure).as_deref(), Some("128/82 mmHg, pulse 60"));
        assert_eq!(
            in_one_line("allergy", "<name><text> Pollen\n of  birch</text></name>").as_deref(),
            Some("Pollen of birch")
        );
        let old = all().iter().find(|t| t.root == "HbA1C" && t.sequence == 1).unwrap();
        let share = line(old, "<HbA1C><value>0.068</value></HbA1C>", &say, &|words| Cow::Borrowed(words));
        assert_eq!(share.as_deref(), Some("HbA1c 6.8 %"));
    }

    #[test]
    fn the_words_of_a_line_are_said_in_another_language_and_its_values_stay() {
        let kind = by_name("blood-pressure").unwrap();
        let xml = "<blood-pressure><systolic>128</systolic><diastolic>82</diastolic><pulse>60</pulse></blood-pressure>";
        let french = |words: &'static str| Cow::Owned(words.replace("pulse", "pouls"));
        assert_eq!(line(kind, xml, &say, &french).as_deref(), Some("128/82 mmHg, pouls 60"));
    }

    #[test]
    fn one_of_a_few_values_is_told_apart_from_words() {
        let kind = by_name("plan").unwrap();
        let entries = outline(kind, "<plan><name>Active</name><status>InProgress</status></plan>", 9).entries;
        assert_eq!(entries[0].said, Some(Said::Words("Active".into())));
        assert_eq!(entries[1].said, Some(Said::OneOf("InProgress")));
    }

    #[test]
    fn a_line_that_finds_nothing_is_none_and_a_long_one_is_cut() {
        for xml in
            ["", "<allergy>", "<allergy/>", "<other/>", "<allergy><name><text> </text></name></allergy>"]
        {
            let none = line(by_name("allergy").unwrap(), xml, &say, &|words| Cow::Borrowed(words));
            assert_eq!(none, None, "{xml}");
        }
        let long = format!("<name><text>{}</text></name>", "é".repeat(5_000));
        let line = in_one_line("allergy", &long).unwrap();
        assert!(line.chars().count() == LINE + 1 && line.ends_with('…'));
    }

    #[test]
    fn fields_have_their_labels_and_what_is_nested_stands_inside() {
        let xml = "<allergy><name><text>Penicillin</text><code><value>1</value><type>x</type></code></name>\
                   <first-observed><structured><date><y>1980</y><m>5</m></date></structured></first-observed>\
                   <treatment-provider><name><full>Dr Berg</full><first>A</first></name><contact><phone>\
                   <number>1</number></phone></contact></treatment-provider><is-negated>false</is-negated>\
                   </allergy><common><note>Ask again</note><client-thing-id>7</client-thing-id></common>";
        assert_eq!(
            fields("allergy", xml),
            "Name: Penicillin; First observed: 1980-5; Treatment provider: [Name: Dr Berg; Contact: [Phone: \
             [Number: 1]]]; Treated, no longer reacts: no; Note: Ask again"
        );
        let xml = "<weight><when><date><y>2026</y><m>6</m><d>1</d></date></when><value><kg>70</kg></value></weight>";
        assert_eq!(fields("weight", xml), "When: 2026-6; Value: 70 kg");
    }

    #[test]
    fn what_is_hostile_ends_at_a_bound() {
        let kind = by_name("allergy").unwrap();
        let many = "<name><text>x</text></name>".repeat(5_000);
        let outline = super::outline(kind, &format!("<allergy>{many}</allergy>"), 100);
        assert!(outline.cut && outline.entries.len() == 100);
        let deep = format!("<allergy>{}x{}</allergy>", "<a>".repeat(60), "</a>".repeat(60));
        let outline = super::outline(kind, &deep, 100);
        assert!(outline.cut && outline.entries.len() <= 1);
        let long = format!("<allergy><treatment><text>{}</text></treatment></allergy>", "x ".repeat(100_000));
        let entries = super::outline(kind, &long, 100).entries;
        let Some(Said::Words(words)) = &entries[0].said else { panic!() };
        assert_eq!(words.chars().count(), said::LONGEST + 1);
    }
}
