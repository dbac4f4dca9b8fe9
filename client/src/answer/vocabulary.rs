//! Vocabularies as they are answered (methods.md 4.6).

use keepwell_wire::xml;
use roxmltree::Node;

use super::{child, children, inside, required, text};
use crate::Error;

/// A vocabulary in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct VocabularyInfo {
    /// Its name.
    pub name: String,
    /// Its family, such as `wc` or `iso`.
    pub family: String,
    /// Its version.
    pub version: String,
    /// What it is.
    pub description: Option<String>,
}

/// Items of a vocabulary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CodeSet {
    /// Of which vocabulary.
    pub vocabulary: VocabularyInfo,
    /// The language of the texts.
    pub language: Option<String>,
    /// The items.
    pub items: Vec<CodeItem>,
    /// Whether there are more than these.
    pub truncated: bool,
}

/// A code with what it means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CodeItem {
    /// The code.
    pub code: String,
    /// What people read.
    pub display: String,
    /// The same, shorter.
    pub abbreviation: Option<String>,
    /// One XML element, if there is more to say.
    pub info_xml: Option<String>,
}

impl VocabularyInfo {
    pub(crate) fn read(node: Node<'_, '_>) -> Result<Self, Error> {
        Ok(Self {
            name: text(required(node, "name")?)?,
            family: text(required(node, "family")?)?,
            version: text(required(node, "version")?)?,
            description: child(node, "description").map(text).transpose()?,
        })
    }
}

impl CodeSet {
    pub(crate) fn read(node: Node<'_, '_>) -> Result<Self, Error> {
        let language = node.attribute(("http://www.w3.org/XML/1998/namespace", "lang"));
        Ok(Self {
            vocabulary: VocabularyInfo::read(node)?,
            language: language.map(str::to_owned),
            items: children(node, "code-item").map(CodeItem::read).collect::<Result<_, _>>()?,
            truncated: child(node, "is-vocab-truncated").map(xml::boolean).transpose()?.unwrap_or_default(),
        })
    }
}

impl CodeItem {
    fn read(node: Node<'_, '_>) -> Result<Self, Error> {
        Ok(Self {
            code: text(required(node, "code-value")?)?,
            display: child(node, "display-text").map(text).transpose()?.unwrap_or_default(),
            abbreviation: child(node, "abbreviation-text").map(text).transpose()?,
            info_xml: child(node, "info-xml").map(inside),
        })
    }
}
