//! The vocabularies that come with the program: a file each in `builtin/`, listed by `build.rs`.

use std::sync::{Arc, LazyLock};

use super::sheet::{Key, Row, Sheet};
use super::text_file::parse;
use super::vocabulary::{Origin, Vocabulary};
use crate::thing_types;

/// Each file's name and text.
const FILES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/vocabularies.rs"));

static ALL: LazyLock<Vec<Arc<Vocabulary>>> = LazyLock::new(|| {
    let read = |(name, text): &(&str, &str)| match parse(text) {
        Ok(sheet) => Some(sheet),
        Err(error) => {
            tracing::error!(name, %error, "a vocabulary of the program cannot be read");
            None
        }
    };
    let sheets = FILES.iter().filter_map(read).chain([thing_types()]);
    let mut all: Vec<_> = sheets.map(|sheet| Arc::new(Vocabulary::of(sheet, Origin::BuiltIn))).collect();
    all.sort_by(|a, b| a.order(b));
    all
});

/// All of them, in order.
pub(super) fn all() -> &'static [Arc<Vocabulary>] {
    &ALL
}

/// `wc`/`thing-types`, which the catalogue of types is the source of. Old clients ask for it.
fn thing_types() -> Sheet {
    let row = |t: &thing_types::ThingType| Row {
        code: t.id.to_string(),
        display: t.name.to_owned(),
        ..Row::default()
    };
    Sheet {
        key: Key { family: "wc".to_owned(), name: "thing-types".to_owned(), version: "1".to_owned() },
        description: "Kinds of things that records hold, by id".to_owned(),
        restricted: false,
        languages: vec!["en".to_owned()],
        rows: thing_types::all().iter().map(row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_read_and_is_called_after_what_is_in_it() {
        for (name, text) in FILES {
            let sheet = parse(text).unwrap_or_else(|e| panic!("{name}: {e}"));
            let key = &sheet.key;
            let expected = format!("{}.{}.{}.txt", key.family, key.name, key.version).replace(' ', "_");
            assert_eq!(*name, expected);
            assert!(!sheet.description.is_empty(), "{name} has a description");
            assert!(sheet.rows.iter().all(|row| !row.display.is_empty()), "{name}: every code has a text");
        }
        assert_eq!(all().len(), FILES.len() + 1);
    }

    #[test]
    fn they_are_public_and_no_two_are_the_same() {
        for pair in all().windows(2) {
            assert!(pair[0].order(&pair[1]).is_lt(), "{} {}", pair[0].key, pair[1].key);
        }
        assert!(all().iter().all(|vocabulary| !vocabulary.restricted));
    }

    #[test]
    fn a_relationship_is_called_in_the_vocabulary_what_it_is_called_on_the_wire() {
        use crate::records::Relationship;
        let vocabulary = all().iter().find(|v| v.key.name == "relationship-types").unwrap();
        for item in vocabulary.read("en").after(None, 100).unwrap().items {
            let relationship = Relationship::from_code(item.code.parse().unwrap());
            assert_eq!(
                (relationship.code().to_string().as_str(), relationship.wire_name()),
                (item.code, item.display)
            );
        }
    }
}
