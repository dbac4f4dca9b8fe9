//! Values in several languages (methods.md 12.1).

use std::collections::HashSet;

use roxmltree::{NS_XML_URI, Node};

use crate::error::InfoError;
use crate::xml::XmlWriter;

/// A text in a language; without one it is the default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Localized {
    /// The language.
    pub lang: Option<String>,
    /// The text; not empty.
    pub text: String,
}

impl Localized {
    /// A text that is the default.
    pub fn plain(text: impl Into<String>) -> Self {
        Localized { lang: None, text: text.into() }
    }
}

/// Reads texts in several languages, each by the given reader. A language comes once, and so does a text
/// without one.
pub fn read(
    nodes: Vec<Node<'_, '_>>,
    text: impl Fn(Node<'_, '_>) -> Result<String, InfoError>,
) -> Result<Vec<Localized>, InfoError> {
    let values = read_values(nodes, text)?;
    Ok(values.into_iter().map(|(lang, text)| Localized { lang, text }).collect())
}

/// Reads values of any kind in several languages, under the same rule.
pub(crate) fn read_values<T>(
    nodes: Vec<Node<'_, '_>>,
    value: impl Fn(Node<'_, '_>) -> Result<T, InfoError>,
) -> Result<Vec<(Option<String>, T)>, InfoError> {
    let mut values = Vec::with_capacity(nodes.len());
    let mut languages = HashSet::new();
    for node in nodes {
        let lang = language(node)?;
        if !languages.insert(lang.as_deref().map(str::to_ascii_lowercase)) {
            let (name, lang) = (node.tag_name().name(), lang.as_deref().unwrap_or("no language"));
            return Err(InfoError::invalid(format!("{name} comes twice in {lang}")));
        }
        values.push((lang, value(node)?));
    }
    Ok(values)
}

/// Writes an element for each text.
pub fn write(out: &mut XmlWriter, name: &'static str, values: &[Localized]) {
    for value in values {
        out.open(name).attr_if("xml:lang", value.lang.as_ref()).text(&value.text).close();
    }
}

/// The `xml:lang` of an element; an empty one says nothing.
fn language(node: Node<'_, '_>) -> Result<Option<String>, InfoError> {
    let Some(lang) = node.attribute((NS_XML_URI, "lang")).map(str::trim).filter(|lang| !lang.is_empty())
    else {
        return Ok(None);
    };
    let part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let first = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    if lang.split('-').all(part) && lang.split('-').next().is_some_and(first) {
        return Ok(Some(lang.to_owned()));
    }
    let name = node.tag_name().name();
    Err(InfoError::invalid(format!("the language of {name} is no language: {lang:?}")))
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;
    use crate::xml;

    fn names(inside: &str) -> Result<Vec<Localized>, String> {
        let xml = format!("<r>{inside}</r>");
        let document = Document::parse(&xml).unwrap();
        let nodes = document.root_element().children().collect();
        read(nodes, |node| xml::up_to(5, node)).map_err(|e| e.message)
    }

    #[test]
    fn one_default_and_each_language_once() {
        let de = Localized { lang: Some("de-CH".into()), text: "Name".into() };
        assert_eq!(
            names("<name>Name</name><name xml:lang='de-CH'>Name</name>"),
            Ok(vec![Localized::plain("Name"), de])
        );
        assert_eq!(
            names("<name>a</name><name xml:lang=''>b</name>"),
            Err("name comes twice in no language".into())
        );
        assert_eq!(
            names("<name xml:lang='de'>a</name><name xml:lang='DE'>b</name>"),
            Err("name comes twice in DE".into())
        );
    }

    #[test]
    fn what_is_no_language_is_refused_and_so_is_a_text_too_long() {
        for bad in ["de_CH", "-", "deutsches-", "1de", "d e"] {
            assert!(names(&format!("<name xml:lang='{bad}'>a</name>")).is_err(), "{bad}");
        }
        assert_eq!(names("<name>abcdef</name>"), Err("name is longer than 5 characters".into()));
    }
}
