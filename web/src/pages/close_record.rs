//! Erase one record: asked once more, with what it means.

use askama::Template;

use super::Frame;
use crate::components::Trouble;

/// The page.
#[derive(Clone, Template)]
#[template(path = "close_record.html")]
pub struct CloseRecord {
    /// Around the page, with whose record.
    pub frame: Frame,
    /// The name on it.
    pub name: String,
    /// Who keeps it too: then nobody erases it alone.
    pub others: Option<String>,
    /// The day on which it would be erased.
    pub erased_on: String,
    /// Where to take a copy.
    pub copy_to: String,
    /// Where the form goes: `agreed`, `decision` = `close` | `keep`.
    pub post_to: String,
    /// Back to the record.
    pub back_to: String,
    /// What is wrong with the form.
    pub trouble: Option<Trouble>,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, CloseRecord)> {
    let plain = CloseRecord {
        frame: Frame::sample_record(),
        name: "Anna Lindqvist".into(),
        others: None,
        erased_on: "17 April 2026".into(),
        copy_to: "/records/1/copy".into(),
        post_to: "/records/1/close".into(),
        back_to: "/records/1/settings".into(),
        trouble: None,
    };
    vec![
        ("shared", CloseRecord { others: Some("Karl Berg".into()), ..plain.clone() }),
        ("not-ticked", CloseRecord { trouble: Some(Trouble::NotTicked), ..plain.clone() }),
        ("plain", plain),
    ]
}
