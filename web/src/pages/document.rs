//! A document to read: how data are kept, terms of use.

use askama::Template;

use super::Frame;
use crate::locale::Texts;

/// The page.
#[derive(Clone, Template)]
#[template(path = "document.html")]
pub struct Document {
    /// Around the page.
    pub frame: Frame,
    /// Its title.
    pub title: String,
    /// Its text.
    pub paragraphs: Vec<String>,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Document)> {
    let t = Texts::for_samples();
    let paragraphs = vec![t.say("privacy-what"), t.say("privacy-who")];
    vec![("privacy", Document { frame: Frame::sample(), title: t.say("privacy-title"), paragraphs })]
}
