//! Search in a record.

use askama::Template;

use super::timeline::TimelineRow;
use super::{Frame, sample_ago};
use crate::locale::Key;

/// The page.
#[derive(Clone, Template)]
#[template(path = "search.html")]
pub struct Search {
    /// Around the page, with whose record.
    pub frame: Frame,
    /// The name on the record.
    pub record_name: String,
    /// Where the form goes.
    pub here: String,
    /// What is searched for; empty before anything is.
    pub words: String,
    /// What was found, the newest first.
    pub found: Vec<TimelineRow>,
    /// How far back was looked, where there is more: wall clock, microseconds.
    pub looked_to: Option<i64>,
    /// Where the search goes on.
    pub on_to: Option<String>,
}

impl Search {
    fn count(&self) -> u32 {
        u32::try_from(self.found.len()).unwrap_or(u32::MAX)
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Search)> {
    let row = |line: &str, kind: &str, ago: i64| TimelineRow {
        line: line.into(),
        kind: kind.into(),
        when: sample_ago(ago).as_microsecond(),
        from: "Northside Clinic".into(),
        to: "/records/1/items/1".into(),
    };
    let empty = Search {
        frame: Frame::sample_record().here(Key("round-search")),
        record_name: "Anna Lindqvist".into(),
        here: "/records/1/search".into(),
        words: String::new(),
        found: Vec::new(),
        looked_to: None,
        on_to: None,
    };
    let found = Search {
        words: "penicillin".into(),
        found: vec![
            row("Penicillin: hives", "Allergies", 60 * 24 * 9),
            row("Sore throat", "Visits", 60 * 24 * 30),
        ],
        looked_to: Some(sample_ago(60 * 24 * 400).as_microsecond()),
        on_to: Some("/records/1/search?q=penicillin&after=1_1_1".into()),
        ..empty.clone()
    };
    let nothing = Search { words: "xyz".into(), ..empty.clone() };
    vec![("before", empty), ("found", found), ("nothing", nothing)]
}
