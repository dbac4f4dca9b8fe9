//! What is in a record, by kind.

use askama::Template;

use super::{Frame, sample_ago};

/// A kind of item.
#[derive(Clone, Debug)]
pub struct KindRow {
    /// What it is called: "Weight".
    pub name: String,
    /// How many there are.
    pub count: u32,
    /// The date of the latest: wall clock, microseconds.
    pub latest: i64,
    /// The items.
    pub to: String,
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "contents.html")]
pub struct Contents {
    /// Around the page, with whose record.
    pub frame: Frame,
    /// The name on the record.
    pub record_name: String,
    /// The kind with the latest item first.
    pub kinds: Vec<KindRow>,
    /// What was removed, for those who may see it.
    pub removed_to: Option<String>,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Contents)> {
    let row = |name: &str, count, ago: i64| KindRow {
        name: name.into(),
        count,
        latest: sample_ago(ago).as_microsecond(),
        to: "/records/1/items/of/1".into(),
    };
    let full = Contents {
        frame: Frame::sample_record(),
        record_name: "Anna Lindqvist".into(),
        kinds: vec![
            row("Weight", 213, 70),
            row("Blood pressure", 91, 60 * 20),
            row("Allergies", 1, 60 * 24 * 9),
        ],
        removed_to: Some("/records/1/removed".into()),
    };
    vec![("empty", Contents { kinds: Vec::new(), ..full.clone() }), ("several", full)]
}
