//! Every name of the catalogue is said in every language, and every name that a language says is one of the
//! catalogue's.

use std::collections::{BTreeMap, BTreeSet};

use keepwell_core::thing_types::{self, Names};

use super::*;
use crate::units;

/// What numbers are read in, where a reader chooses.
const CHOSEN: [&str; 11] = ["kg", "lb", "g", "cm", "in", "km", "mi", "°C", "°F", "h", "mg/dL"];
/// Units that have words: pages say them from the texts of all pages.
const WORDED: [&str; 6] = ["/min", "/h", "d", "wk", "a", "By"];

/// The keys that a language needs, with the English, and the root elements of a label.
fn wanted(names: &Names) -> BTreeMap<String, (String, BTreeSet<&'static str>)> {
    let plain = |sort: Sort, english: &str| (sort, english.to_owned(), BTreeSet::new());
    let units = names.units.iter().filter(|unit| !WORDED.contains(unit)).map(|unit| units::sign(unit));
    let labels = names.labels.iter().map(|(label, roots)| (Sort::Label, label.to_string(), roots.clone()));
    let all = names
        .kinds
        .iter()
        .map(|kind| plain(Sort::Kind, kind))
        .chain(names.values.iter().map(|value| plain(Sort::Value, value)))
        .chain(names.words.iter().map(|words| plain(Sort::Words, around(words).1)))
        .chain(units.chain(CHOSEN).map(|unit| plain(Sort::Unit, unit)))
        .chain(labels);
    let mut wanted: BTreeMap<String, (String, BTreeSet<&'static str>)> = BTreeMap::new();
    for (sort, english, roots) in all {
        if let Some(key) = sort.key(&english) {
            wanted.entry(key).or_insert_with(|| (english, BTreeSet::new())).1.extend(roots);
        }
    }
    wanted
}

#[test]
fn every_name_of_the_catalogue_is_said_in_every_language() {
    let wanted = wanted(&thing_types::names());
    assert!(wanted.len() > 600, "{} names", wanted.len());
    for language in &*LANGUAGES {
        let missing: Vec<String> = wanted
            .iter()
            .filter(|(key, _)| language.find(key, "").is_none_or(|said| said.trim().is_empty()))
            .map(|(key, (english, _))| format!("# {english}\n{key} = "))
            .collect();
        let tag = language.tag;
        assert!(missing.is_empty(), "to be added to locales/catalogue/{tag}.ftl:\n{}", missing.join("\n"));
    }
}

#[test]
fn every_name_that_a_language_says_is_one_of_the_catalogues() {
    let wanted = wanted(&thing_types::names());
    for (tag, source) in SOURCES {
        let mut seen = BTreeSet::new();
        let mut orphans = Vec::new();
        let mut key = "";
        for line in source.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let name = line.split(" =").next().unwrap_or_default();
            match name.strip_prefix("    .") {
                Some(root) if !wanted.get(key).is_some_and(|(_, roots)| roots.contains(root)) => {
                    orphans.push(format!("{key}.{root}"));
                }
                Some(_) => {}
                None => {
                    key = name;
                    let known = wanted.contains_key(key) || ["words-comma", "words-begin"].contains(&key);
                    if !known || !seen.insert(key) {
                        orphans.push(key.to_owned());
                    }
                }
            }
        }
        assert!(orphans.is_empty(), "{tag}: unknown or said twice: {orphans:#?}");
    }
}

#[test]
fn countries_and_kinds_within_sentences_are_the_same_in_every_language() {
    let keys = |text: &str| -> BTreeSet<String> {
        text.lines().filter_map(|line| Some(line.split_once(" = ")?.0.to_owned())).collect()
    };
    let same = [
        (include_str!("../../locales/en-countries.ftl"), include_str!("../../locales/ar-countries.ftl")),
        (include_str!("../../locales/en-types.ftl"), include_str!("../../locales/ar-types.ftl")),
    ];
    for (english, arabic) in same {
        assert_eq!(keys(english), keys(arabic));
    }
}

#[test]
fn english_stands_in_the_catalogue_and_nothing_is_looked_up() {
    let t = Texts::for_samples();
    assert!(matches!(label("Systolic", "blood-pressure", &t), (Cow::Borrowed("Systolic"), true)));
    assert!(matches!(words(", pulse ", &t), Cow::Borrowed(", pulse ")));
}

#[test]
fn a_reader_of_arabic_reads_arabic() {
    let t = Texts::in_language_for_tests("ar");
    let pressure = thing_types::by_name("blood-pressure").unwrap();
    assert_eq!(kind(pressure, &t), "ضغط الدم");
    assert_eq!(label("Systolic", "blood-pressure", &t), ("الانقباضي".into(), true));
    assert_eq!((value("Rescue", &t), unit("kg", &t)), ("إسعافي".into(), "كغ".into()));
    assert_eq!(words(", pulse ", &t), "، النبض ");
    assert_eq!(words("/", &t), "/");
    assert_eq!(label("State", "plan", &t).0, "الحالة", "of a plan it is another");
    assert_eq!(label("State", "basic", &t).0, "الولاية أو المحافظة");
}

#[test]
fn what_the_catalogue_does_not_know_is_called_what_it_is_called() {
    let t = Texts::in_language_for_tests("ar");
    assert_eq!(label("Of an application", "weight", &t), ("Of an application".into(), false));
    assert_eq!((value("à la carte", &t), unit("", &t)), ("à la carte".into(), "".into()));
}

#[test]
fn a_line_of_both_directions_runs_in_that_of_the_page() {
    let (arabic, english) = (Texts::in_language_for_tests("ar"), Texts::for_samples());
    let both = "128/82 mmHg، النبض 60".to_owned();
    assert_eq!(line(both.clone(), &arabic), "\u{200f}\u{2066}128/82 mmHg\u{2069}، النبض 60");
    let own = "النبض 60، 5.4 mmol/L، 37 °C".to_owned();
    assert_eq!(line(own, &arabic), "النبض 60، \u{2066}5.4 mmol/L\u{2069}، \u{2066}37 °C\u{2069}");
    for (text, t) in
        [("128/82 mmHg", &arabic), ("71.5 كغ", &arabic), ("Penicillin", &arabic), (&both, &english)]
    {
        assert_eq!(line(text.to_owned(), t), text);
    }
}

#[test]
fn signs_around_words_stay_where_they_are() {
    assert_eq!(around(", refills left: "), (", ", "refills left", ": "));
    assert_eq!(around("Summary of care (CCD)"), ("", "Summary of care (CCD)", ""));
    assert_eq!(around("Encrypted package ("), ("", "Encrypted package", " ("));
    assert_eq!(around(" L/s"), (" ", "L/s", ""));
}
