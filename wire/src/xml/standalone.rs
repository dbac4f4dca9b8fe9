//! Cutting an element out of a request so that it means the same elsewhere.

use std::borrow::Cow;

use roxmltree::Node;

use crate::xml::{self, XmlWriter, scan};

/// The whole element as it was sent, from `<` to `>`, except that a namespace which an ancestor declares
/// and the element uses is declared on the element itself.
pub fn standalone<'i>(element: Node<'_, 'i>) -> Cow<'i, str> {
    let mut text = Cow::Borrowed(xml::raw(element));
    let declarations = missing_declarations(element, element);
    if !declarations.is_empty() {
        let name_end = 1 + qualified_name(&text).len();
        text.to_mut().insert_str(name_end, &declarations);
    }
    text
}

/// The name of an element with its prefix, given the whole element.
pub(crate) fn qualified_name(element: &str) -> &str {
    scan::start_tag(element, 0, usize::MAX).ok().flatten().map_or("", |tag| tag.name)
}

/// Declarations in force at one element that another, which is it or lies in it, needs and does not make
/// itself.
pub(crate) fn missing_declarations(in_force: Node<'_, '_>, element: Node<'_, '_>) -> String {
    let text = xml::raw(element);
    let own =
        scan::start_tag(text, 0, usize::MAX).ok().flatten().map(|tag| tag.attributes).unwrap_or_default();
    let mut declarations = String::new();
    for namespace in in_force.namespaces() {
        let (attribute, used) = match namespace.name() {
            Some("xml") => continue,
            // A prefix counts as used wherever it stands before a colon: it may be in a value too, such
            // as that of xsi:type. One declaration too many does no harm.
            Some(prefix) => (format!("xmlns:{prefix}"), text.contains(&format!("{prefix}:"))),
            None => ("xmlns".to_owned(), !namespace.uri().is_empty()),
        };
        if used && !own.contains(&attribute.as_str()) {
            let mut value = XmlWriter::new();
            value.open("x").attr(&attribute, namespace.uri());
            let written = value.finish();
            declarations.push_str(written.trim_start_matches("<x").trim_end_matches("/>"));
        }
    }
    declarations
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    fn cut(xml: &str) -> String {
        let document = Document::parse(xml).unwrap();
        let node = document.descendants().find(|n| n.has_tag_name("s")).unwrap();
        standalone(node).into_owned()
    }

    #[test]
    fn an_element_that_declares_what_it_uses_comes_out_byte_for_byte() {
        let element = "<s  a='1' xmlns:x='urn:x' >\r\n<x:b/>&amp;<!-- y:z --></s >";
        assert_eq!(cut(&format!("<r xmlns:q='urn:q'>{element}</r>")), element);
    }

    #[test]
    fn what_an_ancestor_declares_is_declared_again_where_it_is_used() {
        assert_eq!(
            cut(
                "<r xmlns:x='urn:&quot;x' xmlns:y='urn:y' xmlns:q='urn:q'><s><x:b y:c='' xmlns:q='urn:o'/></s></r>"
            ),
            "<s xmlns:x=\"urn:&quot;x\" xmlns:y=\"urn:y\"><x:b y:c='' xmlns:q='urn:o'/></s>"
        );
        assert_eq!(cut("<r xmlns:x='urn:x'><s x:a=''/></r>"), "<s xmlns:x=\"urn:x\" x:a=''/>");
    }
}
