//! Who looked at a record, and all else that was done to it.

use askama::Template;
use jiff::Timestamp;

use super::{Frame, sample_ago, sample_anna};
use crate::components::Choice;

/// Something that was done.
#[derive(Clone, Debug)]
pub struct ActivityRow {
    /// Who did it.
    pub who: String,
    /// What, in one sentence.
    pub what: String,
    /// How; none where nothing is to say.
    pub how: Option<String>,
    /// When.
    pub when: Timestamp,
}

/// Who has looked lately.
#[derive(Clone, Debug)]
pub struct ReaderRow {
    /// Who.
    pub who: String,
    /// How often.
    pub times: u32,
    /// When last.
    pub last: Timestamp,
}

/// What is looked for.
#[derive(Clone, Debug)]
pub struct Search {
    /// Something is.
    pub active: bool,
    /// Whose deeds.
    pub who: Vec<Choice>,
    /// What kind.
    pub what: Vec<Choice>,
    /// The first day, as it stands in an address.
    pub from: String,
    /// The last day.
    pub until: String,
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "activity.html")]
pub struct Activity {
    /// Around the page, with whose record.
    pub frame: Frame,
    /// The name on the record.
    pub record_name: String,
    /// Who has looked in the last week; none on a later page, or where something is looked for.
    pub readers: Option<Vec<ReaderRow>>,
    /// The latest first.
    pub rows: Vec<ActivityRow>,
    /// What is looked for.
    pub search: Search,
    /// This page, without what is looked for.
    pub all_to: String,
    /// Where the older ones are.
    pub older_to: Option<String>,
    /// The same as a table.
    pub csv_to: String,
    /// The same for programs.
    pub json_to: String,
    /// Where apps are stopped.
    pub apps_to: String,
    /// Where the whole record is copied; for who keeps it.
    pub copy_to: Option<String>,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Activity)> {
    let row = |who: &str, what: &str, how: Option<&str>, ago: i64| ActivityRow {
        who: who.into(),
        what: what.into(),
        how: how.map(Into::into),
        when: sample_ago(ago),
    };
    let reader = |who: &str, times, ago| ReaderRow { who: who.into(), times, last: sample_ago(ago) };
    let choice =
        |value: &str, label: &str| Choice { value: value.into(), label: label.into(), chosen: false };
    let search = Search {
        active: false,
        who: vec![choice("", "Anyone"), choice("others", "Anyone but you")],
        what: vec![choice("", "Anything"), choice("looked", "Looked")],
        from: String::new(),
        until: String::new(),
    };
    let full = Activity {
        frame: Frame::sample_signed_in().about(sample_anna(), "/"),
        record_name: "Anna Lindqvist".into(),
        readers: Some(vec![reader("You", 4, 12), reader("Northside Clinic", 31, 60 * 26)]),
        rows: vec![
            row("You", "Looked at what the record holds.", Some("on this site"), 12),
            row(
                "Northside Clinic",
                "Read 3 items: weight and blood pressure.",
                Some("on its own, while nobody used it"),
                60 * 26,
            ),
            row("You", "Allowed Northside Clinic.", None, 60 * 24 * 9),
            row(
                "Somebody who has no right to this record",
                "Tried to open it and was refused. Nothing of it was shown.",
                Some("on this site"),
                60 * 24 * 11,
            ),
        ],
        search: search.clone(),
        all_to: "/records/1/activity".into(),
        older_to: Some("/records/1/activity?after=1".into()),
        csv_to: "/records/1/activity/csv".into(),
        json_to: "/records/1/activity/json".into(),
        apps_to: "/records/1/apps".into(),
        copy_to: Some("/records/1/copy".into()),
    };
    let nothing_found = Activity {
        readers: None,
        rows: Vec::new(),
        older_to: None,
        search: Search { active: true, from: "2026-03-01".into(), ..search },
        ..full.clone()
    };
    let unread = Activity { readers: Some(Vec::new()), older_to: None, ..full.clone() };
    vec![("nothing-found", nothing_found), ("unread", unread), ("several", full)]
}
