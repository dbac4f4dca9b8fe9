//! What was removed from a record.

use askama::Template;
use jiff::Timestamp;

use super::{Frame, sample_ago};

/// A removed item.
#[derive(Clone, Debug)]
pub struct RemovedRow {
    /// What it says, in one line.
    pub line: String,
    /// What kind it is.
    pub kind: String,
    /// When it was removed.
    pub removed: Timestamp,
    /// By whom.
    pub who: String,
    /// Its own page, where it can be brought back.
    pub to: String,
}

impl RemovedRow {
    fn names_itself(&self) -> bool {
        self.line == self.kind
    }
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "removed_items.html")]
pub struct RemovedItems {
    /// Around the page, with whose record.
    pub frame: Frame,
    /// The name on the record.
    pub record_name: String,
    /// The latest removal first.
    pub items: Vec<RemovedRow>,
    /// Where the older ones are.
    pub older_to: Option<String>,
    /// Back to what is there.
    pub back_to: String,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, RemovedItems)> {
    let row = |line: &str, kind: &str, ago: i64, who: &str| RemovedRow {
        line: line.into(),
        kind: kind.into(),
        removed: sample_ago(ago),
        who: who.into(),
        to: "/records/1/items/1".into(),
    };
    let full = RemovedItems {
        frame: Frame::sample_record(),
        record_name: "Anna Lindqvist".into(),
        items: vec![
            row("171.5 kg", "Weight", 70, "You"),
            row("Penicillin: Hives", "Allergies", 60 * 24 * 9, "Northside Clinic, for Karl Berg"),
        ],
        older_to: Some("/records/1/removed?after=1_1_1".into()),
        back_to: "/records/1/items".into(),
    };
    vec![("empty", RemovedItems { items: Vec::new(), older_to: None, ..full.clone() }), ("several", full)]
}
