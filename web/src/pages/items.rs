//! The items of a kind in a record.

use askama::Template;

use super::{Frame, sample_ago, sample_anna};

/// An item.
#[derive(Clone, Debug)]
pub struct ItemRow {
    /// What it says, in one line.
    pub line: String,
    /// Its date: wall clock, microseconds.
    pub when: i64,
    /// Who added it.
    pub from: String,
    /// It has attachments.
    pub attachments: bool,
    /// Its own page.
    pub to: String,
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "items.html")]
pub struct Items {
    /// Around the page, with whose record.
    pub frame: Frame,
    /// What the kind is called.
    pub kind: String,
    /// The name on the record.
    pub record_name: String,
    /// The newest first.
    pub items: Vec<ItemRow>,
    /// Where the older ones are.
    pub older_to: Option<String>,
    /// Back to the kinds.
    pub back_to: String,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Items)> {
    let row = |line: &str, ago: i64, from: &str| ItemRow {
        line: line.into(),
        when: sample_ago(ago).as_microsecond(),
        from: from.into(),
        attachments: false,
        to: "/records/1/items/1".into(),
    };
    let full = Items {
        frame: Frame::sample_signed_in().about(sample_anna(), "/"),
        kind: "Blood pressure".into(),
        record_name: "Anna Lindqvist".into(),
        items: vec![
            row("128/82 mmHg, pulse 64", 70, "Northside Clinic"),
            row("131/85 mmHg, pulse 66, irregular heartbeat: yes", 60 * 26, "Steps & Stairs, for Karl Berg"),
            ItemRow { attachments: true, ..row("126/80 mmHg", 60 * 24 * 300, "You") },
        ],
        older_to: Some("/records/1/items/of/1?after=1_1_1".into()),
        back_to: "/records/1/items".into(),
    };
    vec![("empty", Items { items: Vec::new(), older_to: None, ..full.clone() }), ("several", full)]
}
