//! Every language says everything that English says, file by file, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};

use super::SOURCES;

/// What reads the same in every language: names, units, and texts without a word.
const SAME_EVERYWHERE: [&str; 4] = ["keepwell", "nav-label", "units-millimoles", "units-milligrams"];

/// The forms of a number in each language (CLDR).
fn plural_forms(tag: &str) -> &'static [&'static str] {
    match tag {
        "ar" => &["zero", "one", "two", "few", "many", "other"],
        _ => &["one", "other"],
    }
}

#[derive(Default)]
struct Said {
    /// All its words, whatever the form.
    words: String,
    variables: BTreeSet<String>,
    /// The forms by which it tells numbers apart, if it does.
    forms: BTreeSet<String>,
}

impl Said {
    fn hear(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.words.push_str(value),
                PatternElement::Placeable { expression } => self.weigh(expression),
            }
        }
    }

    fn weigh(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.name(inline),
            Expression::Select { selector, variants } => {
                self.name(selector);
                for variant in variants {
                    let (VariantKey::Identifier { name } | VariantKey::NumberLiteral { value: name }) =
                        &variant.key;
                    self.forms.insert((*name).to_owned());
                    self.hear(&variant.value);
                }
            }
        }
    }

    fn name(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::FunctionReference { arguments: CallArguments { positional, .. }, .. } => {
                positional.iter().for_each(|argument| self.name(argument));
            }
            InlineExpression::Placeable { expression } => self.weigh(expression),
            _ => {}
        }
    }
}

/// The messages of a file, with attributes (`key.attribute`) and terms (`-key`).
fn messages(text: &str) -> BTreeMap<String, Said> {
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
    let mut messages = BTreeMap::new();
    let mut add = |key: String, pattern: &Pattern<&str>| {
        let mut said = Said::default();
        said.hear(pattern);
        assert!(messages.insert(key.clone(), said).is_none(), "{key} stands twice");
    };
    for entry in resource.entries() {
        let (name, value, attributes) = match entry {
            Entry::Message(message) => {
                (message.id.name.to_owned(), message.value.as_ref(), &message.attributes)
            }
            Entry::Term(term) => (format!("-{}", term.id.name), Some(&term.value), &term.attributes),
            _ => continue,
        };
        if let Some(value) = value {
            add(name.clone(), value);
        }
        for attribute in attributes {
            add(format!("{name}.{}", attribute.id.name), &attribute.value);
        }
    }
    messages
}

/// The files of a language by their topic: "" for `en.ftl`, "types" for `en-types.ftl`.
fn files(tag: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let topic = name.strip_suffix(".ftl").and_then(|name| name.strip_prefix(tag));
        let topic = topic.and_then(|rest| if rest.is_empty() { Some("") } else { rest.strip_prefix('-') });
        if let Some(topic) = topic {
            files.insert(topic.to_owned(), fs::read_to_string(&path).unwrap());
        }
    }
    files
}

fn file_name(tag: &str, topic: &str) -> String {
    if topic.is_empty() { format!("{tag}.ftl") } else { format!("{tag}-{topic}.ftl") }
}

/// What is wrong with the file of a language beside the English one.
fn compare(tag: &str, topic: &str, english: &str, own: &str) -> Vec<String> {
    let name = file_name(tag, topic);
    let (english, own) = (messages(english), messages(own));
    let mut wrong = Vec::new();
    for (key, said) in &english {
        let Some(here) = own.get(key) else {
            wrong.push(format!("{name} lacks {key}"));
            continue;
        };
        if here.variables != said.variables {
            wrong.push(format!(
                "{name}: {key} has {:?} where English has {:?}",
                here.variables, said.variables
            ));
        }
        if said.forms.contains("one") {
            let forms = plural_forms(tag).iter().filter(|form| !here.forms.contains(**form));
            wrong.extend(forms.map(|form| format!("{name}: {key} lacks the form [{form}]")));
        }
        let has_words = |text: &str| text.chars().any(char::is_alphabetic);
        let is_foreign = !here.words.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
        if has_words(&said.words) && is_foreign && !SAME_EVERYWHERE.contains(&key.as_str()) {
            wrong.push(format!("{name}: {key} is not translated: {:?}", here.words));
        }
    }
    wrong.extend(
        own.keys()
            .filter(|key| !english.contains_key(*key))
            .map(|key| format!("{name}: English has no {key}")),
    );
    wrong
}

#[test]
fn every_language_says_what_english_says() {
    let english = files("en");
    let mut wrong = Vec::new();
    for (tag, _) in SOURCES.iter().skip(1) {
        let own = files(tag);
        for (topic, text) in &english {
            match own.get(topic) {
                Some(here) => wrong.extend(compare(tag, topic, text, here)),
                None => {
                    let lacking: Vec<_> = messages(text).into_keys().collect();
                    wrong.push(format!("there is no {}, for {}", file_name(tag, topic), lacking.join(", ")));
                }
            }
        }
        let beside = own.keys().filter(|topic| !english.contains_key(*topic));
        wrong.extend(beside.map(|topic| format!("{} has no English beside it", file_name(tag, topic))));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_of_a_language_is_read() {
    for (tag, sources) in SOURCES {
        for (topic, text) in files(tag) {
            let name = file_name(tag, &topic);
            assert!(sources.contains(&text.as_str()), "{name} is not in SOURCES of locale.rs");
        }
    }
}

#[test]
fn a_translation_that_lacks_or_adds_something_is_named() {
    let english = "a = One\nb = { $count ->\n    [one] { $name }\n   *[other] { $count }\n}\nc = Three\n";
    let own = "a = One\nb = { $count ->\n   *[other] كلمة { $count }\n}\nd = كلمة\n";
    let wrong = compare("ar", "x", english, own).join("\n");
    for says in [
        "ar-x.ftl: a is not translated",
        "ar-x.ftl: b has {\"count\"} where English has {\"count\", \"name\"}",
        "b lacks the form [few]",
        "ar-x.ftl lacks c",
        "English has no d",
    ] {
        assert!(wrong.contains(says), "{says} in {wrong}");
    }
}
