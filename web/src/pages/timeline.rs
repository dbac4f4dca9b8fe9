//! All that a record holds, by date.

use askama::Template;

use super::{Frame, sample_ago};
use crate::locale::Key;

/// One item.
#[derive(Clone, Debug)]
pub struct TimelineRow {
    /// What it says, in one line.
    pub line: String,
    /// What kind it is.
    pub kind: String,
    /// Its date: wall clock, microseconds.
    pub when: i64,
    /// Who added it.
    pub from: String,
    /// Its page.
    pub to: String,
}

/// The items of a month.
#[derive(Clone, Debug)]
pub struct Month {
    /// "March 2026".
    pub name: String,
    /// The newest first.
    pub rows: Vec<TimelineRow>,
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "timeline.html")]
pub struct Timeline {
    /// Around the page, with whose record.
    pub frame: Frame,
    /// The name on the record.
    pub record_name: String,
    /// The kinds that the record holds: the id, the name, whether only it is shown.
    pub kinds: Vec<(String, String, bool)>,
    /// Where the filter goes.
    pub here: String,
    /// The latest month first.
    pub months: Vec<Month>,
    /// Where the older ones are.
    pub older_to: Option<String>,
}

impl TimelineRow {
    /// Nothing but its kind says what it is.
    pub fn names_itself(&self) -> bool {
        self.line == self.kind
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Timeline)> {
    let row = |line: &str, kind: &str, ago: i64, from: &str| TimelineRow {
        line: line.into(),
        kind: kind.into(),
        when: sample_ago(ago).as_microsecond(),
        from: from.into(),
        to: "/records/1/items/1".into(),
    };
    let day = 60 * 24;
    let months = vec![
        Month {
            name: "March 2026".into(),
            rows: vec![
                row("71.5 kg", "Weight", 70, "Steps & Stairs"),
                row("128/82 mmHg, pulse 64", "Blood pressure", day * 2, "Northside Clinic"),
            ],
        },
        Month {
            name: "February 2026".into(),
            rows: vec![
                row("Penicillin: hives", "Allergies", day * 30, "You"),
                row("Sleep", "Sleep", day * 31, "You"),
            ],
        },
    ];
    let full = Timeline {
        frame: Frame::sample_record().here(Key("round-timeline")),
        record_name: "Anna Lindqvist".into(),
        kinds: vec![("w".into(), "Weight".into(), false), ("b".into(), "Blood pressure".into(), true)],
        here: "/records/1/timeline".into(),
        months,
        older_to: Some("/records/1/timeline?after=1_1_1".into()),
    };
    let empty = Timeline { months: Vec::new(), kinds: Vec::new(), older_to: None, ..full.clone() };
    vec![("empty", empty), ("full", full)]
}
