//! Reading an answer: the envelope, and the shapes that several methods share.

mod envelope;
mod instance;
mod permission;
mod person;
mod record;
mod vocabulary;

use keepwell_wire::xml;
use roxmltree::Node;

use crate::Error;

pub use envelope::Answer;
pub(crate) use envelope::read;
pub use person::Person;
pub use record::Record;
pub use vocabulary::{CodeItem, CodeSet, VocabularyInfo};

pub(crate) use instance::instance;
pub(crate) use permission::{permissions, thing_type_permission};

/// The first child of this name. What else is there is skipped: a newer server may say more.
pub(crate) fn child<'a, 'i>(parent: Node<'a, 'i>, name: &'static str) -> Option<Node<'a, 'i>> {
    children(parent, name).next()
}

/// All children of this name.
pub(crate) fn children<'a, 'i>(
    parent: Node<'a, 'i>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    parent.children().filter(move |n| n.is_element() && n.tag_name().name() == name)
}

/// A child that must be there.
pub(crate) fn required<'a, 'i>(parent: Node<'a, 'i>, name: &'static str) -> Result<Node<'a, 'i>, Error> {
    let missing = || Error::Malformed(format!("{} has no {name}", parent.tag_name().name()));
    child(parent, name).ok_or_else(missing)
}

/// The trimmed text of an element.
pub(crate) fn text(node: Node<'_, '_>) -> Result<String, Error> {
    Ok(xml::text(node)?.into_owned())
}

/// What stands between the tags, byte for byte.
pub(crate) fn inside(node: Node<'_, '_>) -> String {
    let (Some(first), Some(last)) = (node.first_child(), node.last_child()) else { return String::new() };
    let range = first.range().start..last.range().end;
    node.document().input_text().get(range).unwrap_or_default().to_owned()
}
