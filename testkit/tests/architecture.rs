//! The rules of the house (docs/ARCHITECTURE.md), kept by reading its files.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on ends here")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn house() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All Rust files of a crate's own code, with their texts.
fn sources(place: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![house().join(place)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    assert!(!found.is_empty(), "{place} has no code");
    found
}

/// The crates that a crate depends on, development aside.
fn dependencies(place: &str) -> Vec<String> {
    let manifest = fs::read_to_string(house().join(place).join("Cargo.toml")).unwrap();
    let section = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    section
        .lines()
        .filter_map(|line| line.split(['.', '=', ' ']).next())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

fn ours(place: &str) -> Vec<String> {
    let mut ours: Vec<_> = dependencies(place).into_iter().filter(|d| d.starts_with("keepwell-")).collect();
    ours.sort();
    ours
}

#[test]
fn crates_depend_on_each_other_as_drawn() {
    for (place, may) in [
        ("wire", &[][..]),
        ("dopu", &[]),
        ("store", &[]),
        ("objects", &[]),
        ("core", &["keepwell-dopu", "keepwell-objects", "keepwell-store"]),
        ("platform", &["keepwell-core", "keepwell-wire"]),
        ("web", &["keepwell-core"]),
        ("client", &["keepwell-dopu", "keepwell-wire"]),
    ] {
        assert_eq!(ours(place), may, "{place}");
    }
}

#[test]
fn the_wire_does_no_io_and_the_domain_knows_no_face() {
    for (place, banned) in [
        ("wire", &["tokio", "axum", "hyper", "rusqlite", "tokio-postgres"][..]),
        ("dopu", &["tokio", "axum", "hyper", "rusqlite", "tokio-postgres", "jiff", "rand", "uuid"]),
        ("core", &["axum", "askama", "hyper", "http", "rusqlite", "tokio-postgres"]),
        ("platform", &["rusqlite", "tokio-postgres", "askama"]),
        ("web", &["rusqlite", "tokio-postgres"]),
        ("server", &["rusqlite", "tokio-postgres"]),
    ] {
        let found = dependencies(place);
        for name in banned {
            assert!(!found.iter().any(|d| d == name), "{place} depends on {name}");
        }
    }
}

#[test]
fn sql_stands_in_store_files_of_the_domain_only() {
    let verbs = ["\"SELECT ", "\"INSERT INTO ", "\"UPDATE ", "\"DELETE FROM "];
    for place in ["core/src", "platform/src", "web/src", "server/src", "client/src", "wire/src", "dopu/src"] {
        for (path, text) in sources(place) {
            let is_store = place == "core/src" && path.file_name().is_some_and(|n| n == "store.rs");
            if !is_store {
                assert!(!verbs.iter().any(|v| text.contains(v)), "SQL in {}", path.display());
            }
        }
    }
}

#[test]
fn a_nouns_tables_are_private_to_its_folder() {
    let core = house().join("core/src");
    let mut owners: Vec<(String, String)> = Vec::new();
    let nouns: Vec<_> =
        fs::read_dir(&core).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect();
    for noun in &nouns {
        let Ok(schema) = fs::read_to_string(noun.join("schema.sql")) else { continue };
        let name = noun.file_name().unwrap().to_string_lossy().into_owned();
        for table in schema.split("CREATE TABLE ").skip(1) {
            owners.push((table.split([' ', '(']).next().unwrap().to_owned(), name.clone()));
        }
    }
    assert!(owners.len() > 15, "the schema was read");
    // Who a token is for is one question to three nouns, answered in one statement for speed; a user
    // token must never outlive the person's or the application's state.
    let may_join = ["sessions"];
    for noun in &nouns {
        let name = noun.file_name().unwrap().to_string_lossy().into_owned();
        let Ok(store) = fs::read_to_string(noun.join("store.rs")) else { continue };
        for (table, owner) in &owners {
            let named = ["FROM ", "JOIN ", "INTO ", "UPDATE "].iter().any(|word| {
                store.match_indices(&format!("{word}{table}")).any(|(at, m)| {
                    !store[at + m.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
                })
            });
            let writes = ["INTO ", "UPDATE ", "DELETE FROM "]
                .iter()
                .any(|word| store.contains(&format!("{word}{table} ")));
            if named && *owner != name {
                assert!(may_join.contains(&name.as_str()) && !writes, "{name} uses {owner}'s table {table}");
            }
        }
    }
}

#[test]
fn every_statement_about_record_data_names_its_record() {
    for table in [
        "record",
        "record_person",
        "record_grant",
        "thing",
        "thing_version",
        "record_operation",
        "audit_entry",
    ] {
        for (path, text) in sources("core/src") {
            for statement in text.split("::new(").skip(1) {
                let statement = statement.split(");").next().unwrap();
                let about =
                    ["FROM ", "UPDATE ", "JOIN "].iter().any(|w| statement.contains(&format!("{w}{table} ")));
                // The two queries over things are put together of parts; `fits!` holds the condition.
                // Which records have audit entries, and which of them wait for a seal, is asked of all at once.
                let names = statement.contains("record_id = $1")
                    || statement.contains("fits!")
                    || statement.contains("SELECT DISTINCT record_id FROM audit_entry WHERE record_id > $1");
                assert!(!about || names, "{}: {statement}", path.display());
            }
        }
    }
}

#[test]
fn no_file_is_called_after_nothing() {
    for place in
        ["wire", "dopu", "store", "objects", "core", "platform", "web", "server", "client", "testkit"]
    {
        for (path, text) in sources(&format!("{place}/src")) {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            for banned in ["utils", "util", "common", "helpers", "helper", "misc"] {
                assert_ne!(name, banned, "{}", path.display());
            }
            let lines = text.lines().count();
            assert!(lines <= 600, "{} has {lines} lines; it is asking to become two", path.display());
        }
    }
}

/// The crates of the workspace.
fn members() -> Vec<String> {
    let manifest = fs::read_to_string(house().join("Cargo.toml")).unwrap();
    let list = manifest.split("\nmembers = [").nth(1).unwrap().split(']').next().unwrap();
    list.split(',').map(|name| name.trim().trim_matches('"').to_owned()).collect()
}

#[test]
fn an_example_in_documentation_stands_where_it_is_run() {
    let members = members();
    assert!(members.len() > 9, "the members were read");
    for place in members {
        let manifest = fs::read_to_string(house().join(&place).join("Cargo.toml")).unwrap();
        if !manifest.contains("doctest = false") {
            continue;
        }
        for (path, text) in sources(&format!("{place}/src")) {
            let said = text.lines().map(str::trim_start).filter_map(|line| {
                line.strip_prefix("///").or_else(|| line.strip_prefix("//!")).map(str::trim)
            });
            // A fence that opens, then the one that closes it.
            for language in said.filter_map(|line| line.strip_prefix("```")).step_by(2) {
                let is_code = ["", "rust", "no_run", "should_panic", "ignore"].contains(&language);
                assert!(!is_code, "{}: an example that no test runs", path.display());
            }
        }
    }
}

/// Files that change a right or a grant and raise no access revision, and why they need not.
const RAISED_ELSEWHERE: [(&str, &str); 4] = [
    ("records/mod.rs", "a record that is made has nobody who was there before"),
    ("records/closing.rs", "`leave` and `erase` are parts of flights of `erasure`"),
    ("authorizations/leave.rs", "a part of the flight of erasure/account.rs"),
    (
        "erasure/record.rs",
        "what is erased was closed before, which raised it, and nobody comes to it any more",
    ),
];

/// The statements of `core` that change a right or a grant: noun and name.
fn changes_of_access(sources: &[(PathBuf, String)]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (path, text) in sources {
        for statement in text.split("const ").skip(1).filter_map(|rest| rest.split(";\n").next()) {
            let changes = ["record_grant", "record_person"].iter().any(|table| {
                ["INSERT INTO", "UPDATE", "DELETE FROM"]
                    .iter()
                    .any(|verb| statement.contains(&format!("{verb} {table} ")))
            });
            if changes {
                let noun = path.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
                found.push((noun, statement.split(':').next().unwrap().to_owned()));
            }
        }
    }
    found
}

#[test]
fn who_changes_a_right_or_a_grant_raises_the_access_revision_of_the_record() {
    let sources = sources("core/src");
    let statements = changes_of_access(&sources);
    assert!(statements.len() >= 8, "{statements:?}");
    let mut excused = BTreeSet::new();
    for (noun, name) in statements {
        let uses = |(path, text): &&(PathBuf, String)| {
            let is_at_home = path.parent().unwrap().ends_with(&noun);
            let runs = text.contains(&format!("run({name},")) || text.contains(&format!("ask(&{name},"));
            (is_at_home && runs) || text.contains(&format!("{noun}::{name}"))
        };
        let users: Vec<_> = sources.iter().filter(uses).collect();
        assert!(!users.is_empty(), "nobody uses {noun}::{name}, as far as can be seen");
        for (path, text) in users {
            if let Some((file, _)) = RAISED_ELSEWHERE.iter().find(|(file, _)| path.ends_with(file)) {
                excused.insert(file);
                continue;
            }
            let raises = ["bump_access(", "run(RENAMED,", "run(SET_STATE,", "records::stand("];
            assert!(
                raises.iter().any(|raise| text.contains(raise)),
                "{} uses {noun}::{name}: whoever is remembered would not notice",
                path.display()
            );
        }
    }
    assert_eq!(excused.len(), RAISED_ELSEWHERE.len(), "an excuse is no longer needed");
}
