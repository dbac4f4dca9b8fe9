//! What somebody left for a person, and into which record it goes.

use askama::Template;

use super::consent::{Closed, RecordOption};
use super::{App, Frame, sample_ago, sample_anna, sample_elin, sample_karl};
use crate::components::Trouble;

/// Something inside.
#[derive(Clone, Debug)]
pub struct InsideRow {
    /// What it says, in one line.
    pub line: String,
    /// What its kind is called.
    pub kind: String,
    /// Its date, if it says one: wall clock, microseconds.
    pub when: Option<i64>,
    /// The names of its attachments.
    pub files: Vec<String>,
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "pick_up.html")]
pub struct PickUpPage {
    /// Around the page.
    pub frame: Frame,
    /// Where the form goes: `record`, `decision` = `take` | `not-now`. An empty decision is the Enter key in a
    /// choice: show the page again with what was chosen.
    pub post_to: String,
    /// Who left it.
    pub app: App,
    /// Whose record they mean, as they call it.
    pub meant: String,
    /// What is inside, or the first of it.
    pub items: Vec<InsideRow>,
    /// How many there are in all.
    pub count: u32,
    /// The records, at least one.
    pub records: Vec<RecordOption>,
    /// What is wrong with the choice.
    pub record_trouble: Option<Trouble>,
    /// Where to make another record.
    pub new_record_to: Option<String>,
}

impl PickUpPage {
    /// The only record there is, if it can be chosen.
    fn only(&self) -> Option<&RecordOption> {
        match self.records.as_slice() {
            [only] if only.closed.is_none() => Some(only),
            _ => None,
        }
    }

    fn can_take(&self) -> bool {
        self.records.iter().any(|record| record.closed.is_none())
    }

    /// How many are not on the page.
    fn more(&self) -> u32 {
        self.count.saturating_sub(u32::try_from(self.items.len()).unwrap_or(u32::MAX))
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, PickUpPage)> {
    let frame = Frame::sample();
    let warning =
        frame.t.say_two("consent-name-differs", "app", "Northside Clinic", "name", "Elin Lindqvist");
    let one = PickUpPage {
        frame,
        post_to: "/connect/package".into(),
        app: App::sample(),
        meant: "Anna Lindqvist".into(),
        items: vec![
            InsideRow {
                line: "Blood count".into(),
                kind: "Lab results".into(),
                when: Some(sample_ago(60 * 24 * 2).as_microsecond()),
                files: Vec::new(),
            },
            InsideRow {
                line: "X-ray left hand.pdf".into(),
                kind: "File".into(),
                when: None,
                files: vec!["X-ray left hand.pdf".into()],
            },
        ],
        count: 2,
        records: vec![RecordOption { chosen: true, ..RecordOption::open("r1", sample_anna()) }],
        record_trouble: None,
        new_record_to: Some("/records/new".into()),
    };
    let choice = PickUpPage {
        records: vec![
            RecordOption::open("r1", sample_anna()),
            RecordOption { warning: Some(warning), ..RecordOption::open("r2", sample_elin()) },
            RecordOption { closed: Some(Closed::YourRights), ..RecordOption::open("r3", sample_karl()) },
        ],
        record_trouble: Some(Trouble::NotChosen),
        count: 40,
        ..one.clone()
    };
    vec![("one-record", one), ("choice", choice)]
}
