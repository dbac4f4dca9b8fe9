//! What the catalogue of thing types calls things, in the reader's language.
//!
//! English stands in the catalogue, and nowhere else: it costs nothing here. Another language has a file of
//! messages whose keys are made of the English, and what it lacks is said in English.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use keepwell_core::thing_types::ThingType;

use crate::locale::Texts;

/// The languages that have one.
const SOURCES: [(&str, &str); 1] = [("ar", include_str!("../locales/catalogue/ar.ftl"))];

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| SOURCES.iter().map(Language::read).collect());

/// What it is that is called something: how its keys begin.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Sort {
    Kind,
    Label,
    Value,
    Words,
    Unit,
}

impl Sort {
    fn prefix(self) -> &'static str {
        match self {
            Self::Kind => "kind-",
            Self::Label => "label-",
            Self::Value => "value-",
            Self::Words => "words-",
            Self::Unit => "unit-",
        }
    }

    /// `label-first-name` for "First name". None for what has neither letters nor digits.
    fn key(self, english: &str) -> Option<String> {
        let mut key = String::with_capacity(english.len() + 8);
        key.push_str(self.prefix());
        let begin = key.len();
        for c in english.chars() {
            match c.is_ascii_alphanumeric() {
                true => key.push(c.to_ascii_lowercase()),
                false if key.ends_with('-') => {}
                false => key.push('-'),
            }
        }
        if key.ends_with('-') && key.len() > begin {
            key.pop();
        }
        (key.len() > begin).then_some(key)
    }
}

struct Language {
    tag: &'static str,
    messages: FluentBundle<FluentResource>,
}

impl Language {
    fn read((tag, source): &(&'static str, &'static str)) -> Self {
        let mut messages = FluentBundle::new_concurrent(vec![tag.parse().unwrap_or_default()]);
        messages.set_use_isolating(false);
        // What does not parse is left out, and the test of the catalogue's names finds it missing.
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        messages.add_resource_overriding(resource);
        Self { tag, messages }
    }

    /// What stands under a key; `root` finds what stands there for things with this root element.
    fn find(&self, key: &str, root: &str) -> Option<Cow<'_, str>> {
        let message = self.messages.get_message(key)?;
        let own = message.get_attribute(root).map(|attribute| attribute.value());
        let pattern = own.or_else(|| message.value())?;
        Some(self.messages.format_pattern(pattern, None::<&FluentArgs<'_>>, &mut Vec::new()))
    }
}

/// The reader's language, unless that is the catalogue's own.
fn language(t: &Texts) -> Option<&'static Language> {
    LANGUAGES.iter().find(|language| language.tag == t.lang())
}

fn said<'e>(sort: Sort, english: &'e str, t: &Texts) -> Cow<'e, str> {
    let found = language(t).and_then(|language| language.find(&sort.key(english)?, ""));
    found.unwrap_or(Cow::Borrowed(english))
}

/// The name of a kind, by itself: "Blood pressure".
#[must_use]
pub fn kind(kind: &ThingType, t: &Texts) -> Cow<'static, str> {
    said(Sort::Kind, kind.name, t)
}

/// The label of a field of things with this root element, and whether the reader's language has it. An element
/// that the catalogue does not know of is called what it is called.
#[must_use]
pub fn label<'e>(english: &'e str, root: &str, t: &Texts) -> (Cow<'e, str>, bool) {
    let Some(language) = language(t) else { return (Cow::Borrowed(english), true) };
    let found = Sort::Label.key(english).and_then(|key| language.find(&key, root));
    let known = found.is_some();
    (found.unwrap_or(Cow::Borrowed(english)), known)
}

/// One of the few values that a field takes.
#[must_use]
pub fn value<'e>(english: &'e str, t: &Texts) -> Cow<'e, str> {
    said(Sort::Value, english, t)
}

/// A unit, by how English writes it: "kg".
#[must_use]
pub fn unit<'e>(english: &'e str, t: &Texts) -> Cow<'e, str> {
    said(Sort::Unit, english, t)
}

/// Words of the line that says a thing. Spaces and signs around them stay, and a comma is the language's own.
#[must_use]
pub fn words(english: &'static str, t: &Texts) -> Cow<'static, str> {
    let Some(language) = language(t) else { return Cow::Borrowed(english) };
    let (before, core, after) = around(english);
    let core = match Sort::Words.key(core).and_then(|key| language.find(&key, "")) {
        Some(found) => found,
        None => Cow::Borrowed(core),
    };
    let comma = language.find("words-comma", "").unwrap_or(Cow::Borrowed(","));
    Cow::Owned(format!("{}{core}{}", before.replace(',', &comma), after.replace(',', &comma)))
}

/// A line that is said in the reader's language, made to run in the direction of that language also where it
/// begins with letters of the other: `128/82 mmHg، النبض 60`. A number with a unit in the other letters keeps its
/// own order within it.
#[must_use]
pub fn line(line: String, t: &Texts) -> String {
    let Some(begin) = language(t).and_then(|language| language.find("words-begin", "")) else { return line };
    let is_own = |c: char| matches!(c, '\u{590}'..='\u{8ff}');
    if !line.contains(is_own) {
        return line;
    }
    let first = line.chars().find(|c| c.is_alphabetic());
    let begin = if first.is_some_and(|first| !is_own(first)) { begin } else { Cow::Borrowed("") };
    format!("{begin}{}", measures_apart(&line))
}

/// The line with isolates around numbers whose unit is written in Latin letters.
fn measures_apart(line: &str) -> String {
    let is_number = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit())
            && word.chars().all(|c| c.is_ascii_digit() || ".,/–-".contains(c))
    };
    let mut said = String::with_capacity(line.len());
    let mut words = line.split(' ').peekable();
    while let Some(word) = words.next() {
        if !said.is_empty() {
            said.push(' ');
        }
        let unit = words.next_if(|unit| is_number(word) && unit_at(unit) > 0);
        match unit.map(|unit| unit.split_at(unit_at(unit))) {
            Some((unit, rest)) => {
                said.extend(["\u{2066}", word, " ", unit, "\u{2069}", rest]);
            }
            None => said.push_str(word),
        }
    }
    said
}

/// How many bytes at the beginning of a word are a unit in Latin letters: "mmHg،" has four.
fn unit_at(word: &str) -> usize {
    let end =
        word.find(|c: char| !(c.is_ascii_alphanumeric() || "°µ%/²³·".contains(c))).unwrap_or(word.len());
    let unit = word.get(..end).unwrap_or_default();
    let is_one = unit.starts_with(|c: char| c.is_ascii_alphabetic() || "°µ".contains(c));
    if is_one { end } else { 0 }
}

/// Words without what stands around them, before and after.
fn around(words: &str) -> (&str, &str, &str) {
    let is_sign = |c: char| c.is_whitespace() || matches!(c, ',' | ':' | '(' | ')' | '/' | ';');
    let start = words.trim_start_matches(is_sign);
    // A bracket belongs to the words if it was opened in them: "Summary of care (CCD)".
    let mut core = start.trim_end_matches(is_sign);
    if core.contains('(') && start.get(core.len()..).is_some_and(|rest| rest.starts_with(')')) {
        core = start.get(..=core.len()).unwrap_or(core);
    }
    let (before, rest) = words.split_at(words.len() - start.len());
    let (core, after) = rest.split_at(core.len());
    (before, core, after)
}

#[cfg(test)]
#[path = "labels/catalogue_tests.rs"]
mod catalogue_tests;
