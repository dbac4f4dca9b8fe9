//! Reading simple values: white space around them is no part of them (methods.md 2.4).

use std::borrow::Cow;
use std::str::FromStr;

use roxmltree::Node;
use uuid::Uuid;

use crate::error::InfoError;
use crate::time::{LocalMicros, TimeError, UtcMicros, parse_instant, parse_local};

/// The text of an element as it stands, joined over comments and CDATA; an element inside is an error.
pub fn inner_text<'a>(node: Node<'a, '_>) -> Result<Cow<'a, str>, InfoError> {
    let mut text = Cow::Borrowed("");
    for child in node.children() {
        if child.is_element() {
            let (outer, inner) = (node.tag_name().name(), child.tag_name().name());
            return Err(InfoError::invalid(format!("{outer} holds text, not an element {inner}")));
        }
        if child.is_text() {
            let more = child.text().unwrap_or_default();
            if text.is_empty() {
                text = Cow::Borrowed(more);
            } else {
                text.to_mut().push_str(more);
            }
        }
    }
    Ok(text)
}

/// The text of an element without the white space around it.
pub fn text<'a>(node: Node<'a, '_>) -> Result<Cow<'a, str>, InfoError> {
    Ok(match inner_text(node)? {
        Cow::Borrowed(text) => Cow::Borrowed(trim(text)),
        Cow::Owned(text) => Cow::Owned(trim(&text).to_owned()),
    })
}

/// A text that is not empty, as it stands.
pub fn filled(node: Node<'_, '_>) -> Result<String, InfoError> {
    let text = inner_text(node)?;
    if text.is_empty() {
        return Err(InfoError::invalid(format!("{} is empty", node.tag_name().name())));
    }
    Ok(text.into_owned())
}

/// A text of one to so many characters, as it stands: a `string255` and its like.
pub fn up_to(most: usize, node: Node<'_, '_>) -> Result<String, InfoError> {
    let text = filled(node)?;
    if text.chars().nth(most).is_some() {
        let name = node.tag_name().name();
        return Err(InfoError::invalid(format!("{name} is longer than {most} characters")));
    }
    Ok(text)
}

/// The same, of which not all is white space: a `string255nw` and its like.
pub fn words_up_to(most: usize, node: Node<'_, '_>) -> Result<String, InfoError> {
    let text = up_to(most, node)?;
    if is_blank(&text) {
        return Err(InfoError::invalid(format!("{} is blank", node.tag_name().name())));
    }
    Ok(text)
}

/// A GUID in either case, with hyphens and without braces (methods.md 1.1).
pub fn guid(node: Node<'_, '_>) -> Result<Uuid, InfoError> {
    parse_guid(node.tag_name().name(), &text(node)?)
}

/// `true`, `false`, `1` or `0`.
pub fn boolean(node: Node<'_, '_>) -> Result<bool, InfoError> {
    parse_boolean(node.tag_name().name(), &text(node)?)
}

/// A number that fits the type.
pub fn number<T: FromStr>(node: Node<'_, '_>) -> Result<T, InfoError> {
    let text = text(node)?;
    text.parse().map_err(|_| {
        InfoError::invalid(format!("{} is not a valid number: {text:?}", node.tag_name().name()))
    })
}

/// The bytes of an element as they were sent, from `<` to `>`.
pub fn raw<'i>(node: Node<'_, 'i>) -> &'i str {
    node.document().input_text().get(node.range()).unwrap_or_default()
}

/// An unqualified attribute.
pub fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attribute(name)
}

/// An unqualified attribute that must be there.
pub fn required_attribute<'a>(node: Node<'a, '_>, name: &str) -> Result<&'a str, InfoError> {
    let message = || InfoError::invalid(format!("{} has no attribute {name}", node.tag_name().name()));
    node.attribute(name).ok_or_else(message)
}

/// Whether a text is only white space.
pub fn is_blank(text: &str) -> bool {
    trim(text).is_empty()
}

pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\r', '\n'])
}

pub(crate) fn parse_guid(name: &str, text: &str) -> Result<Uuid, InfoError> {
    let text = trim(text);
    // The library would also read braces, URNs and digits without hyphens.
    let uuid = if text.len() == 36 { Uuid::try_parse(text).ok() } else { None };
    uuid.ok_or_else(|| InfoError::invalid(format!("{name} is not a GUID: {text:?}")))
}

pub(crate) fn parse_boolean(name: &str, text: &str) -> Result<bool, InfoError> {
    match trim(text) {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        other => Err(InfoError::invalid(format!("{name} is neither true nor false: {other:?}"))),
    }
}

/// An `xs:nonNegativeInteger`, which has no upper bound; beyond 32 bits it is as good as the largest.
pub(crate) fn parse_count(name: &str, text: &str) -> Result<u32, InfoError> {
    let text = trim(text);
    let digits = text.strip_prefix('+').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(InfoError::invalid(format!("{name} is not a non-negative integer: {text:?}")));
    }
    Ok(digits.parse().unwrap_or(u32::MAX))
}

/// An instant in UTC.
pub fn utc(node: Node<'_, '_>) -> Result<UtcMicros, InfoError> {
    parse_instant(&text(node)?).map_err(|e| time_error(node, &e))
}

/// A wall-clock value.
pub fn local(node: Node<'_, '_>) -> Result<LocalMicros, InfoError> {
    parse_local(&text(node)?).map_err(|e| time_error(node, &e))
}

fn time_error(node: Node<'_, '_>, error: &TimeError) -> InfoError {
    InfoError::new(error.status(), format!("{}: {error}", node.tag_name().name()))
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    #[test]
    fn a_length_is_counted_in_characters_and_the_message_names_the_element() {
        let read = |text: &str, f: fn(usize, Node<'_, '_>) -> Result<String, InfoError>| {
            let xml = format!("<name>{text}</name>");
            f(3, Document::parse(&xml).unwrap().root_element()).map_err(|e| e.message)
        };
        assert_eq!(read(" éß", up_to), Ok(" éß".to_owned()));
        assert_eq!(read("four", up_to), Err("name is longer than 3 characters".to_owned()));
        assert_eq!(read("", words_up_to), Err("name is empty".to_owned()));
        assert_eq!(read(" \n", up_to), Ok(" \n".to_owned()));
        assert_eq!(read(" \n", words_up_to), Err("name is blank".to_owned()));
    }
}
