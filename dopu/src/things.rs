//! What is in a package: things, one behind the other.

use std::str;

use roxmltree::{Document, Node, ParsingOptions};
use zeroize::Zeroizing;

use crate::bounds::{MOST_NODES, is_within_bounds};

/// The package does not hold a sequence of things (status 120, connectivity.md 4.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the contents of the package are not things in well-formed XML")]
pub struct NotXml;

/// A sequence has no root, and a parser wants one.
const START: &str = "<things>";
const END: &str = "</things>";

/// Cuts the plaintext of a package into its `thing` elements, byte for byte as they came; none is an empty
/// list. White space and comments between them are passed over, and an XML declaration in front, which
/// the SDK does not write, is forgiven, with or without a byte order mark.
///
/// Elements are well-formed and their namespaces declared; how deep they nest and what is in them is to
/// be checked by whoever reads a thing.
///
/// # Errors
/// Not UTF-8, not well-formed, a document type declaration, another element than `thing`, text or a
/// processing instruction between them, or more markup than a package may have.
pub fn split_things(plaintext: &[u8]) -> Result<Vec<&str>, NotXml> {
    let sequence = without_declaration(str::from_utf8(plaintext).map_err(|_| NotXml)?)?;
    if !is_within_bounds(sequence) {
        return Err(NotXml);
    }
    let wrapped = Zeroizing::new([START, sequence, END].concat());
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(&wrapped, options).map_err(|_| NotXml)?;
    let mut things = Vec::new();
    for node in document.root_element().children() {
        if node.has_tag_name("thing") && node.tag_name().namespace().is_none() {
            let range = node.range();
            let raw = sequence.get(range.start - START.len()..range.end - START.len());
            things.push(raw.ok_or(NotXml)?);
        } else if !may_stand_between(node) {
            return Err(NotXml);
        }
    }
    Ok(things)
}

fn without_declaration(text: &str) -> Result<&str, NotXml> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match text.strip_prefix("<?xml") {
        Some(rest) if rest.starts_with([' ', '\t', '\r', '\n']) => {
            rest.split_once("?>").map(|(_, sequence)| sequence).ok_or(NotXml)
        }
        _ => Ok(text),
    }
}

fn may_stand_between(node: Node<'_, '_>) -> bool {
    let is_space = |text: &str| text.chars().all(|c| matches!(c, ' ' | '\t' | '\r' | '\n'));
    node.is_comment() || (node.is_text() && node.text().is_some_and(is_space))
}
