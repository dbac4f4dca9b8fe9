//! Every text that is used exists, and every text that exists is used.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::SOURCES;

/// The messages of the English files.
fn declared() -> BTreeSet<String> {
    let lines = SOURCES[0].1.iter().flat_map(|source| source.lines());
    lines
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key.to_owned())
        .collect()
}

/// The keys after any of the marks by which a template or a file of code says a message.
fn used() -> BTreeSet<String> {
    const MARKS: [&str; 8] = [
        "say(\"",
        "say_with(\"",
        "say_two(\"",
        "say_all(\"",
        "say_count(\"",
        "say_strong(\"",
        "say_two_strong(\"",
        "Key(\"",
    ];
    let mut keys = BTreeSet::new();
    for file in files(Path::new(env!("CARGO_MANIFEST_DIR")), &["src", "templates"]) {
        // The formatter may break a line after the parenthesis.
        let text: String =
            fs::read_to_string(&file).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        let text = text.replace("( \"", "(\"");
        for mark in MARKS {
            keys.extend(text.split(mark).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
        }
    }
    keys.retain(|key| !key.is_empty() && !key.ends_with("test-only"));
    keys
}

fn files(root: &Path, folders: &[&str]) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    let mut folders: Vec<_> = folders.iter().map(|folder| root.join(folder)).collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.ends_with("key_tests.rs") => {}
                false => found.push(path),
            }
        }
    }
    found
}

#[test]
fn every_text_that_a_page_says_exists() {
    let declared = declared();
    let missing: Vec<_> =
        used().into_iter().filter(|key| !declared.contains(key) && !key.contains('{')).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_text_that_exists_is_said_by_a_page() {
    let used = used();
    // Countries are said by their code, types by their root element, and one of several by its element; where there
    // are no words for a type or for one of several, the catalogue's own are said.
    let by_code =
        |key: &String| ["country-", "type-", "write-one-"].iter().any(|begin| key.starts_with(begin));
    let idle: Vec<_> = declared().into_iter().filter(|key| !used.contains(key) && !by_code(key)).collect();
    assert!(idle.is_empty(), "{idle:#?}");
}

#[test]
fn every_language_parses() {
    for (tag, sources) in SOURCES {
        for source in sources {
            assert!(fluent_bundle::FluentResource::try_new((*source).to_owned()).is_ok(), "{tag}");
        }
    }
}
