//! The picture of whom a record is about.

use askama::Template;

use super::Frame;
use crate::locale::Key;

/// The page.
#[derive(Clone, Template)]
#[template(path = "portrait.html")]
pub struct PortraitPage {
    /// Around the page, with whose record.
    pub frame: Frame,
    /// The name on the record.
    pub record_name: String,
    /// Where the picture is, if there is one.
    pub picture: Option<String>,
    /// What is wrong with the file that was sent.
    pub trouble: Option<Key>,
    /// Where the forms go.
    pub post_to: String,
    /// Back to the record's settings.
    pub back_to: String,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, PortraitPage)> {
    let none = PortraitPage {
        frame: Frame::sample_record(),
        record_name: "Anna Lindqvist".into(),
        picture: None,
        trouble: None,
        post_to: "/records/1/settings/picture".into(),
        back_to: "/records/1/settings".into(),
    };
    let wrong = PortraitPage { trouble: Some(Key("picture-unreadable")), ..none.clone() };
    let there = PortraitPage { picture: Some("/records/1/picture".into()), ..none.clone() };
    vec![("none", none), ("wrong", wrong), ("there", there)]
}
