//! Remove an item: asked once more, with what it means.

use askama::Template;

use super::{Frame, sample_ago};

/// The page.
#[derive(Clone, Template)]
#[template(path = "remove_item.html")]
pub struct RemoveItem {
    /// Around the page, with whose record.
    pub frame: Frame,
    /// What the item says.
    pub line: String,
    /// What kind it is.
    pub kind: String,
    /// Its date: wall clock, microseconds.
    pub when: i64,
    /// The name on the record.
    pub record_name: String,
    /// The version that is looked at: what changed meanwhile is not removed.
    pub version: String,
    /// Where the form goes: `decision` = `remove` | `keep`.
    pub post_to: String,
}

impl RemoveItem {
    fn names_itself(&self) -> bool {
        self.line == self.kind
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, RemoveItem)> {
    let page = RemoveItem {
        frame: Frame::sample_record(),
        line: "71.5 kg".into(),
        kind: "Weight".into(),
        when: sample_ago(70).as_microsecond(),
        record_name: "Anna Lindqvist".into(),
        version: "1".into(),
        post_to: "/records/1/items/1/remove".into(),
    };
    vec![("plain", page)]
}
