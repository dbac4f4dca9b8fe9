//! The catalogue beside the protocol's lists of types and vocabularies, where those are at hand.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use keepwell_core::thing_types::{self, Definition, Hints, Kind, Structure, ThingType};

/// The lines of a list beside the project, by the names of its columns; `None`, said aloud, if it is not there.
fn list(name: &str) -> Option<Vec<HashMap<String, String>>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/protocol").join(name);
    let Ok(text) = fs::read_to_string(path) else {
        let _ = writeln!(std::io::stderr(), "SKIPPED comparison with {name}: it is not beside the project");
        return None;
    };
    let mut lines = text.lines();
    let head: Vec<_> = lines.next().unwrap().split('\t').map(str::to_owned).collect();
    let row = |line: &str| head.iter().cloned().zip(line.split('\t').map(str::to_owned)).collect();
    Some(lines.map(row).collect())
}

fn id(id: Option<keepwell_core::ids::TypeId>) -> String {
    id.map(|id| id.0.to_string()).unwrap_or_default()
}

/// A path as the list has it: with the root.
fn dated(kind: &ThingType, path: Option<&str>, otherwise: &str) -> String {
    path.map_or_else(|| otherwise.to_owned(), |path| format!("{}/{path}", kind.root))
}

#[test]
fn the_catalogue_says_what_the_list_of_types_says() {
    let Some(rows) = list("thing-types.tsv") else { return };
    let mut wrong = Vec::new();
    let mut ids = HashSet::new();
    for row in &rows {
        let get = |column: &str| row.get(column).map_or("", String::as_str);
        let type_id = keepwell_core::ids::TypeId(get("type_id").parse().unwrap());
        ids.insert(type_id);
        let Some(kind) = thing_types::find(type_id) else {
            wrong.push(format!("{}: no file", get("name")));
            continue;
        };
        let is = |flag: bool| if flag { "y" } else { "n" }.to_owned();
        let letter = |column: &str| get(column).chars().next().unwrap_or('n').to_string();
        for (column, ours, listed) in [
            ("name", kind.name.to_owned(), get("name").to_owned()),
            ("root_element", kind.root.to_owned(), get("root_element").to_owned()),
            ("version_seq", kind.sequence.to_string(), get("version_seq").to_owned()),
            ("uncreatable", is(kind.uncreatable), letter("uncreatable")),
            ("immutable", is(kind.immutable), letter("immutable")),
            ("singleton", is(kind.singleton), letter("singleton")),
            ("allow_readonly", is(kind.allow_readonly), letter("allow_readonly")),
            (
                "effective_date_source",
                dated(kind, kind.effective_date, "created"),
                get("effective_date_source").to_owned(),
            ),
            (
                "updated_end_date_source",
                dated(kind, kind.end_date, ""),
                get("updated_end_date_source").to_owned(),
            ),
            ("prev_type_id", id(kind.prev), get("prev_type_id").to_owned()),
            ("next_type_id", id(kind.next), get("next_type_id").to_owned()),
        ] {
            // No thing is ever of the pseudo base type: how one would be does not matter.
            let idle = kind.root.is_empty() && ["allow_readonly", "effective_date_source"].contains(&column);
            if ours != listed && !idle {
                wrong.push(format!("{}: {column} is {ours:?}, the list has {listed:?}", kind.file));
            }
        }
    }
    let unlisted = thing_types::all().iter().filter(|k| !ids.contains(&k.id));
    wrong.extend(unlisted.map(|k| format!("{}: not in the list", k.file)));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_vocabulary_that_is_named_is_known() {
    let Some(rows) = list("vocabularies.tsv") else { return };
    let known: HashSet<(&str, &str)> =
        rows.iter().map(|row| (row["family"].as_str(), row["name"].as_str())).collect();
    let names: HashSet<&str> = known.iter().map(|(_, name)| *name).collect();
    let mut wrong = Vec::new();
    let mut count = 0;
    let mut check = |file: &str, place: &str, hints: &Hints| {
        for hint in &hints.vocabularies {
            count += 1;
            let is = match hint.family {
                Some(family) => known.contains(&(family, hint.name)),
                None => names.contains(hint.name),
            };
            if !is {
                wrong.push(format!("{file}: {place} names {:?}/{}", hint.family, hint.name));
            }
        }
    };
    let mut seen = HashSet::new();
    for kind in thing_types::all() {
        hints(kind.file, &kind.structure, &mut seen, &mut check);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 100, "only {count} hints");
}

/// Every field's hints, each named type once.
fn hints(
    file: &str,
    structure: &Structure,
    seen: &mut HashSet<*const Definition>,
    check: &mut impl FnMut(&str, &str, &Hints),
) {
    structure.attributes.iter().for_each(|a| check(file, a.name, &a.hints));
    for field in structure.fields() {
        check(file, field.name, &field.hints);
        let Some(inner) = field.kind.structure() else { continue };
        let once = match &field.kind {
            Kind::Named(named) => named.definition().is_some_and(|d| seen.insert(d)),
            _ => true,
        };
        if once {
            hints(file, inner, seen, check);
        }
    }
}
