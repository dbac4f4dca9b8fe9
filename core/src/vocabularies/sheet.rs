//! A vocabulary as a file or the database has it: a row a code and language.

use super::culture;

/// What a vocabulary is known by.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Who defines it: `wc` for the original service's own, `iso`, `HL7`, …
    pub family: String,
    /// Its name within the family.
    pub name: String,
    /// Which edition.
    pub version: String,
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}@{}", self.family, self.name, self.version)
    }
}

/// A vocabulary in rows. The first language is the default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// What it is known by.
    pub key: Key,
    /// What it is, in a line.
    pub description: String,
    /// Whether only applications with an authorization for it may use it (connectivity.md 7.2).
    pub restricted: bool,
    /// Its languages; at least one.
    pub languages: Vec<String>,
    /// Its items, in any order, each code once a language.
    pub rows: Vec<Row>,
}

/// What a code says in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The place of the language.
    pub language: usize,
    /// The code.
    pub code: String,
    /// What people read.
    pub display: String,
    /// The same, shorter.
    pub abbreviation: Option<String>,
    /// More about the code, one XML element.
    pub info_xml: Option<String>,
}

/// Rows in one vocabulary.
pub const MOST_ROWS: usize = 1_000_000;
const LONGEST_NAME: usize = 255;
const LONGEST_TEXT: usize = 4_000;

/// Whether this may be a family, a name, a version or a code.
pub(super) fn check_name(what: &str, text: &str) -> Result<(), String> {
    let length = text.chars().count();
    if text.trim().is_empty() {
        return Err(format!("the {what} is empty"));
    }
    if length > LONGEST_NAME {
        return Err(format!("the {what} has {length} characters; {LONGEST_NAME} are the most"));
    }
    check_characters(what, text)
}

pub(super) fn check_text(what: &str, text: &str) -> Result<(), String> {
    let length = text.chars().count();
    if length > LONGEST_TEXT {
        return Err(format!("the {what} has {length} characters; {LONGEST_TEXT} are the most"));
    }
    check_characters(what, text)
}

fn check_characters(what: &str, text: &str) -> Result<(), String> {
    match text.chars().find(|c| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}')) {
        Some(c) => Err(format!("the {what} holds the control character U+{:04X}", u32::from(c))),
        None => Ok(()),
    }
}

pub(super) fn check_language(tag: &str) -> Result<(), String> {
    match culture::is_tag(tag) {
        true => Ok(()),
        false => Err(format!("{tag:?} is no language tag such as en or de-CH")),
    }
}

/// Whether this is one XML element that stands alone.
pub(super) fn check_xml(text: &str) -> Result<(), String> {
    check_text("info-xml", text)?;
    match roxmltree::Document::parse(text) {
        Ok(document) if document.root_element().range() == (0..text.len()) => Ok(()),
        Ok(_) => Err("the info-xml is more than one element".to_owned()),
        Err(error) => Err(format!("the info-xml cannot be read: {error}")),
    }
}

/// Whether a vocabulary may be called so.
///
/// # Errors
/// What is wrong with family, name or version.
pub fn check_key(key: &Key) -> Result<(), String> {
    check_name("family", &key.family)?;
    check_name("name", &key.name)?;
    check_name("version", &key.version)
}
