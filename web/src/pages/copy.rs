//! A copy of a record to keep: asked for on a page of ours, and the page for reading that is in it.

use askama::Template;
use jiff::Timestamp;

use super::fields::Fields;
use super::{Frame, sample_anna};
use crate::locale::Texts;

/// The page where it is asked for.
#[derive(Clone, Template)]
#[template(path = "copy.html")]
pub struct Copy {
    /// Around the page, with whose record.
    pub frame: Frame,
    /// The name on the record.
    pub record_name: String,
    /// Where the form goes.
    pub post_to: String,
    /// Back to the record.
    pub back_to: String,
}

/// The beginning of the page for reading. It stands alone: no script, and nothing from elsewhere.
#[derive(Clone, Template)]
#[template(path = "copy/head.html")]
pub struct CopyHead {
    /// The reader's language.
    pub t: Texts,
    /// The name on the record.
    pub record_name: String,
    /// When it was made.
    pub made: Timestamp,
}

/// The heading of a kind of item in it.
#[derive(Clone, Template)]
#[template(path = "copy/kind.html")]
pub struct CopyKind {
    /// What kind.
    pub name: String,
}

/// An attachment in it.
#[derive(Clone, Debug)]
pub struct CopyAttachment {
    /// What it is called.
    pub name: String,
    /// The folder in which it lies.
    pub folder: String,
}

/// An item in it.
#[derive(Clone, Template)]
#[template(path = "copy/item.html")]
pub struct CopyItem {
    /// The reader's language.
    pub t: Texts,
    /// What it says, in one line.
    pub line: String,
    /// The date that matters for it: wall clock, microseconds.
    pub when: i64,
    /// Who wrote it.
    pub from: String,
    /// What it says in full.
    pub fields: Fields,
    /// What is attached.
    pub attachments: Vec<CopyAttachment>,
}

/// How the page for reading ends.
pub const TAIL: &str = "</main></body></html>\n";

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Copy)> {
    let frame = Frame::sample_signed_in().about(sample_anna(), "/");
    let (post_to, back_to) = ("/records/1/copy".into(), "/records/1/items".into());
    vec![("plain", Copy { frame, record_name: "Anna Lindqvist".into(), post_to, back_to })]
}
