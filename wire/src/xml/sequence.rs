//! The children of an element, taken in the order that the schema gives them (methods.md 2.3).

use roxmltree::Node;

use crate::error::InfoError;
use crate::xml::is_blank;

/// A walk over the element children of a node. What is not taken in its turn is an error at the end.
#[derive(Debug)]
pub struct Sequence<'a, 'i> {
    parent: Node<'a, 'i>,
    next: Option<Node<'a, 'i>>,
}

impl<'a, 'i> Sequence<'a, 'i> {
    /// Starts before the first child. Text that is more than white space is an error.
    pub fn of(parent: Node<'a, 'i>) -> Result<Self, InfoError> {
        if let Some(stray) =
            parent.children().find(|n| n.is_text() && !is_blank(n.text().unwrap_or_default()))
        {
            let text: String = stray.text().unwrap_or_default().trim().chars().take(20).collect();
            return Err(InfoError::invalid(format!("{} holds unexpected text {text:?}", name(parent))));
        }
        Ok(Sequence { parent, next: parent.first_element_child() })
    }

    /// Takes the next element if it has this name.
    pub fn optional(&mut self, name: &str) -> Option<Node<'a, 'i>> {
        let node = self.next.filter(|node| is(*node, name))?;
        self.next = node.next_sibling_element();
        Some(node)
    }

    /// Takes the next element if it has this name in this namespace.
    pub fn optional_in(&mut self, namespace: &str, name: &str) -> Option<Node<'a, 'i>> {
        let node = self.next.filter(|node| node.has_tag_name((namespace, name)))?;
        self.next = node.next_sibling_element();
        Some(node)
    }

    /// Takes the next element, which must have this name.
    pub fn required(&mut self, name: &str) -> Result<Node<'a, 'i>, InfoError> {
        self.optional(name).ok_or_else(|| {
            let outer = self::name(self.parent);
            InfoError::invalid(match self.next {
                Some(node) => format!("{outer} needs {name} before {}", self::name(node)),
                None => format!("{outer} needs {name}"),
            })
        })
    }

    /// Takes elements as long as they have this name.
    pub fn repeated(&mut self, name: &str) -> Vec<Node<'a, 'i>> {
        std::iter::from_fn(|| self.optional(name)).collect()
    }

    /// The next element, whatever its name, without taking it.
    pub fn peek(&self) -> Option<Node<'a, 'i>> {
        self.next
    }

    /// Ends the walk; an element that is left has no place here.
    pub fn end(self) -> Result<(), InfoError> {
        match self.next {
            None => Ok(()),
            Some(node) => {
                let (outer, inner) = (name(self.parent), name(node));
                let qualified = if node.tag_name().namespace().is_some() { " in a namespace" } else { "" };
                Err(InfoError::invalid(format!("{outer} has no place for {inner}{qualified} here")))
            }
        }
    }
}

/// Whether a node is the unqualified element of this name.
fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.tag_name().name() == name && node.tag_name().namespace().is_none_or(str::is_empty)
}

fn name<'i>(node: Node<'_, 'i>) -> &'i str {
    node.tag_name().name()
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    #[test]
    fn the_message_names_the_element_that_is_wrong() {
        let document = Document::parse("<r><a/><c/></r>").unwrap();
        let mut sequence = Sequence::of(document.root_element()).unwrap();
        assert!(sequence.optional("a").is_some());
        assert_eq!(sequence.required("b").unwrap_err().message, "r needs b before c");
        assert_eq!(sequence.end().unwrap_err().message, "r has no place for c here");
    }

    #[test]
    fn an_element_in_a_namespace_is_not_the_one_that_is_meant() {
        let document = Document::parse("<r xmlns:n='urn:n'><n:a/></r>").unwrap();
        let mut sequence = Sequence::of(document.root_element()).unwrap();
        assert!(sequence.required("a").is_err());
    }

    #[test]
    fn text_between_elements_is_an_error_and_white_space_is_not() {
        assert!(Sequence::of(Document::parse("<r> \r\n<a/></r>").unwrap().root_element()).is_ok());
        assert!(Sequence::of(Document::parse("<r>x<a/></r>").unwrap().root_element()).is_err());
    }
}
