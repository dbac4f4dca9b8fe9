//! What to write down.

use askama::Template;

use super::Frame;

/// The page.
#[derive(Clone, Template)]
#[template(path = "choose_kind.html")]
pub struct ChooseKind {
    /// Around the page, with whose record.
    pub frame: Frame,
    /// The name on the record.
    pub record_name: String,
    /// What people write down most, with where they do.
    pub common: Vec<(String, String)>,
    /// What else can be written down.
    pub others: Vec<(String, String)>,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, ChooseKind)> {
    let kind = |name: &str| (name.to_owned(), "/records/1/add/1".to_owned());
    let page = ChooseKind {
        frame: Frame::sample_record(),
        record_name: "Anna Lindqvist".into(),
        common: vec![kind("Weight"), kind("Blood pressure"), kind("Medicines")],
        others: vec![kind("Asthma inhaler"), kind("Body dimension")],
    };
    vec![("kinds", page)]
}
