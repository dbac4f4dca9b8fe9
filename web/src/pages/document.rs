//! A document to read: how data are kept, terms of use.

use askama::Template;

use super::Frame;
use crate::brand::{Brand, Documents};
use crate::locale::{Markup, Texts, speaks};

/// The page.
#[derive(Clone, Template)]
#[template(path = "document.html")]
pub struct Document {
    /// Around the page.
    pub frame: Frame,
    /// Its title.
    pub title: String,
    /// Its text.
    pub text: DocumentText,
}

/// The text of a document.
#[derive(Clone, Debug)]
pub enum DocumentText {
    /// Paragraphs.
    Paragraphs(Vec<String>),
    /// What the host wrote in a file of their own.
    Written {
        /// The tag of its language.
        language: &'static str,
        /// The word for its `dir`.
        direction: &'static str,
        /// The text.
        markup: Markup,
    },
}

impl DocumentText {
    /// The host's document for a reader of this language, if there is one.
    pub fn written(documents: &Documents, reader: &str) -> Option<Self> {
        let (language, markup) = documents.in_language(reader)?;
        let direction = speaks(language).map_or("auto", |locale| locale.direction().attribute());
        Some(Self::Written { language, direction, markup: markup.clone() })
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Document)> {
    let t = Texts::for_samples();
    let paragraphs = vec![t.say("privacy-what"), t.say("privacy-who")];
    let privacy = Document {
        frame: Frame::sample(),
        title: t.say("privacy-title"),
        text: DocumentText::Paragraphs(paragraphs),
    };
    let mut samples = vec![("privacy", privacy.clone())];
    if let Some(text) = DocumentText::written(&Brand::for_samples().terms, t.lang()) {
        samples.push(("terms-of-the-host", Document { title: t.say("terms-title"), text, ..privacy }));
    }
    samples
}
