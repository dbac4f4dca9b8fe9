//! What we accept and refuse, beside the public schemas and beside those that we write ourselves.
//!
//! Documents are made from the catalogue and changed one by one. A tenth of the changes is tried; with
//! `KEEPWELL_TEST_CATALOGUE=all` all of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod captured;
mod document;
mod facts;
mod generate;
mod known;
mod mutate;
mod schemas;
mod tree;
mod versions;

use std::path::Path;

use keepwell_core::thing_types::{self, ThingType, validate};

use generate::{Amount, Chance, document};
use known::Known;
use mutate::{Change, changed, changes};

/// The most changes of a document in a short run.
const SHORT: usize = 30;

/// A document, and what became of it.
struct Case {
    change: Change,
    /// The element that was changed.
    name: String,
    /// What holds the text that was changed.
    bare: String,
    qualified: String,
    ours: Result<(), String>,
}

fn case(kind: &ThingType, whole: &tree::Element, place: usize, change: Change) -> Option<Case> {
    let name = whole.clone().at(place)?.name.clone();
    let document = changed(whole, place, &change)?;
    let bare = document.xml(None);
    let parsed = roxmltree::Document::parse(&bare).unwrap_or_else(|e| panic!("{e}: {bare}"));
    let ours = validate(kind, parsed.root_element()).map_err(|e| e.to_string());
    let qualified = document.xml(Some(kind.namespace));
    Some(Case { change, name, bare, qualified, ours })
}

/// Documents of a type: whole, least, with each alternative, and changed.
fn cases(kind: &ThingType, all: bool) -> Vec<Case> {
    let mut chance = Chance::new(kind.id.0.as_u64_pair().0);
    let mut found = Vec::new();
    // One type is always tried with everything, so that the list of known differences is.
    let all = all || kind.id == thing_types::WEIGHT;
    let documents = [(Amount::All, 0), (Amount::All, 1), (Amount::Least, 0), (Amount::Least, 1)]
        .map(|(amount, turn)| document(kind, amount, turn, &mut chance));
    for whole in &documents {
        found.extend(case(kind, whole, 0, Change::Nothing));
    }
    for whole in &documents {
        let offered = changes(whole, &mut chance);
        // Each document gets its share of a short run.
        let step = if all { 1 } else { (offered.len() / SHORT).max(10) };
        let start = chance.below(step);
        for (place, change) in offered.into_iter().skip(start).step_by(step) {
            found.extend(case(kind, whole, place, change));
        }
    }
    found
}

/// Compares every type with the schemas of a folder.
fn compare(folder: &Path, known: &[Known]) {
    let all = std::env::var("KEEPWELL_TEST_CATALOGUE").is_ok_and(|v| v == "all");
    let types: Vec<_> = thing_types::all().iter().filter(|k| !k.opaque).collect();
    let halves: Vec<_> = types.chunks(types.len().div_ceil(2)).collect();
    let one = |half: &[&ThingType]| {
        let mut used = vec![0; known.len()];
        let mut unknown = Vec::new();
        let mut count = 0;
        for kind in half {
            let cases = cases(kind, all);
            let texts: Vec<_> = cases.iter().map(|c| c.qualified.clone()).collect();
            let verdicts = schemas::verdicts(&folder.join(kind.xsd), &texts);
            count += cases.len();
            for (case, theirs) in cases.iter().zip(verdicts) {
                if case.ours.is_ok() == theirs.is_ok() {
                    continue;
                }
                let entry = known.iter().position(|k| k.is(&case.change, &case.name, theirs.is_ok()));
                match entry {
                    Some(entry) => used[entry] += 1,
                    None => unknown.push(describe(kind, case, &theirs)),
                }
            }
        }
        (used, unknown, count)
    };
    let results: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = halves.iter().map(|half| scope.spawn(|| one(half))).collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    let unknown: Vec<_> = results.iter().flat_map(|(_, unknown, _)| unknown.clone()).collect();
    let count: usize = results.iter().map(|(.., count)| count).sum();
    assert!(
        unknown.is_empty(),
        "{} of {count} differ:\n{}",
        unknown.len(),
        unknown[..unknown.len().min(25)].join("\n")
    );
    assert!(count > types.len() * 20, "only {count} documents");
    for (at, entry) in known.iter().enumerate() {
        let used: usize = results.iter().map(|(used, ..)| used[at]).sum();
        assert!(used > 0, "no longer true: {}", entry.reason);
    }
}

fn describe(kind: &ThingType, case: &Case, theirs: &Result<(), String>) -> String {
    let Case { change, name, ours, bare, .. } = case;
    let change: String = format!("{change:?}").chars().take(60).collect();
    let text: String = bare.chars().take(200).collect();
    format!("{}: {change} at {name}: we say {ours:?}, the schema {theirs:?}\n    {text}", kind.file)
}

#[test]
fn we_accept_and_refuse_what_the_public_schemas_do() {
    if let Some(folder) = schemas::public().filter(|_| schemas::has_tool()) {
        compare(folder.path(), known::TOOL);
    }
}

#[test]
fn we_accept_and_refuse_what_our_own_schemas_do() {
    if schemas::has_tool() {
        compare(schemas::ours().path(), known::TOOL);
    }
}
