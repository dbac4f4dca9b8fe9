//! The data-xml of a request, kept as it was sent (things.md 1.3).

use std::borrow::Cow;

use roxmltree::Node;

use crate::error::InfoError;
use crate::things::common_part;
use crate::xml::{is_blank, missing_declarations, qualified_name, raw, scan};

/// The inside of a data-xml element.
#[derive(Clone, Debug)]
pub struct DataXml<'a, 'i> {
    /// What lies between the tags, byte for byte, except that a namespace which an ancestor declares and
    /// the inside uses is declared on the first level. This is stored, and answered as it is.
    pub text: Cow<'i, str>,
    /// The root of the type's own data; absent if there is only `common`.
    pub root: Option<Node<'a, 'i>>,
    /// The `client-thing-id` of `common`.
    pub client_thing_id: Option<String>,
    /// The `common` beside it.
    pub common: Option<Node<'a, 'i>>,
}

impl<'a, 'i> DataXml<'a, 'i> {
    /// Reads a `data-xml` element: the type's root first, then perhaps `common`, and nothing else.
    pub fn read(data_xml: Node<'a, 'i>) -> Result<Self, InfoError> {
        if data_xml.children().any(|n| n.is_text() && !is_blank(n.text().unwrap_or_default())) {
            return Err(InfoError::invalid("data-xml holds text outside its elements"));
        }
        let elements: Vec<_> = data_xml.children().filter(Node::is_element).collect();
        let (root, common) = match elements.as_slice() {
            [] => (None, None),
            [one] if is_common(*one) => (None, Some(*one)),
            [root] => (Some(*root), None),
            [root, common] if is_common(*common) && !is_common(*root) => (Some(*root), Some(*common)),
            [_, other, ..] => {
                let name = other.tag_name().name();
                return Err(InfoError::invalid(format!("data-xml has no place for {name}")));
            }
        };
        let client_thing_id = common.map(common_part::read).transpose()?.flatten();
        Ok(DataXml { text: carried(data_xml, &elements), root, client_thing_id, common })
    }

    /// The local name of the root.
    pub fn root_name(&self) -> Option<&'i str> {
        self.root.map(|root| root.tag_name().name())
    }

    /// The namespace of the root; things have none but for a few document types.
    pub fn root_namespace(&self) -> Option<&'a str> {
        self.root.and_then(|root| root.tag_name().namespace()).filter(|uri| !uri.is_empty())
    }
}

/// The text with a `<common/>` at its end if it has none: some clients rely on it.
pub fn with_common(text: &str, has_common: bool) -> Cow<'_, str> {
    if has_common { Cow::Borrowed(text) } else { Cow::Owned(format!("{text}<common/>")) }
}

fn is_common(node: Node<'_, '_>) -> bool {
    node.tag_name().name() == "common" && node.tag_name().namespace().is_none_or(str::is_empty)
}

/// The text between the tags, self-contained as to namespaces.
fn carried<'i>(data_xml: Node<'_, 'i>, elements: &[Node<'_, 'i>]) -> Cow<'i, str> {
    let whole = raw(data_xml);
    let Ok(Some(tag)) = scan::start_tag(whole, 0, usize::MAX) else { return Cow::Borrowed("") };
    let start = data_xml.range().start + tag.end;
    let mut text = Cow::Borrowed(scan::inner(whole));
    // From the last to the first, so that the offsets before stay true.
    for element in elements.iter().rev() {
        let declarations = missing_declarations(data_xml, *element);
        if !declarations.is_empty() {
            let name_end = element.range().start - start + 1 + qualified_name(raw(*element)).len();
            text.to_mut().insert_str(name_end, &declarations);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;
    use roxmltree::Document;

    use super::*;

    fn with<T>(xml: &str, f: impl FnOnce(Result<DataXml<'_, '_>, InfoError>) -> T) -> T {
        let document = Document::parse(xml).unwrap();
        let node = document.descendants().find(|n| n.has_tag_name("data-xml")).unwrap();
        f(DataXml::read(node))
    }

    #[test]
    fn what_lies_between_the_tags_comes_out_byte_for_byte() {
        let inner = "\r\n <!-- </data-xml> --><weight a='1' ><kg>caf&#233;<![CDATA[<x>]]>&amp;</kg ></weight >\n<common />\t";
        with(&format!("<i><data-xml >{inner}</data-xml ></i>"), |data| {
            let data = data.unwrap();
            assert_eq!(data.text, inner);
            assert_eq!(data.root_name(), Some("weight"));
            assert_eq!(data.root_namespace(), None);
            assert!(data.common.is_some());
        });
        with("<data-xml/>", |data| assert_eq!(data.unwrap().text, ""));
        with("<data-xml a='>'></data-xml>", |data| assert_eq!(data.unwrap().text, ""));
    }

    #[test]
    fn a_namespace_declared_above_is_carried_inside_if_it_is_used() {
        let xml = "<r:q xmlns:r='urn:r' xmlns:u='urn:u&amp;v' xmlns:x='urn:x' xmlns:own='urn:o'>\
                   <data-xml><a x:t='u:v'><own:b/></a><common xmlns:own='urn:p'><extension source=''><own:c/></extension></common></data-xml></r:q>";
        with(xml, |data| {
            let text = data.unwrap().text.into_owned();
            let wrapped = format!("<data-xml>{text}</data-xml>");
            let again = Document::parse(&wrapped).unwrap();
            let a = again.root_element().first_element_child().unwrap();
            assert_eq!(a.lookup_namespace_uri(Some("u")), Some("urn:u&v"));
            assert_eq!(a.lookup_namespace_uri(Some("x")), Some("urn:x"));
            assert_eq!(a.first_element_child().unwrap().tag_name().namespace(), Some("urn:o"));
            assert_eq!(a.lookup_namespace_uri(Some("r")), None);
            let extension = a.next_sibling_element().unwrap().first_element_child().unwrap();
            let c = extension.first_element_child().unwrap();
            assert_eq!(c.tag_name().namespace(), Some("urn:p"));
        });
    }

    #[test]
    fn a_qualified_document_keeps_its_own_declaration() {
        let inner = "<ContinuityOfCareRecord xmlns=\"urn:astm-org:CCR\"><a/></ContinuityOfCareRecord>";
        with(&format!("<q xmlns:w='urn:w'><data-xml>{inner}</data-xml></q>"), |data| {
            let data = data.unwrap();
            assert_eq!(data.text, inner);
            assert_eq!(data.root_namespace(), Some("urn:astm-org:CCR"));
        });
    }

    #[test]
    fn common_is_the_last_element_and_the_only_other_one() {
        for bad in ["<a/><b/>", "<a/><common/><b/>", "<common/><a/>", "<a/>text"] {
            with(&format!("<data-xml>{bad}</data-xml>"), |data| {
                assert_eq!(data.unwrap_err().status, crate::status::Status::INVALID_XML, "{bad}");
            });
        }
        with("<data-xml><common><client-thing-id>k1</client-thing-id></common></data-xml>", |data| {
            let data = data.unwrap();
            assert!(data.root.is_none() && data.common.is_some());
            assert_eq!(data.client_thing_id.as_deref(), Some("k1"));
        });
    }

    #[test]
    fn common_is_added_where_it_is_missing() {
        assert_eq!(with_common("<a/>", false), "<a/><common/>");
        assert_eq!(with_common("<a/><common/>", true), "<a/><common/>");
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(20_260_601), failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_content_of_an_element_survives(text in "[ -~\u{a0}-\u{2000}\r\n]*", comment in "[a-z >/]*") {
            let mut writer = crate::xml::XmlWriter::new();
            writer.open("a").text(&text).raw(&format!("<!--{comment}--><![CDATA[{comment}]]>")).close();
            let inner = writer.finish();
            let xml = format!("<q xmlns:w='urn:w'><data-xml>{inner}</data-xml></q>");
            // The text may by chance hold the prefix before a colon.
            prop_assume!(!inner.contains("w:"));
            with(&xml, |data| { assert_eq!(data.unwrap().text, inner); });
        }
    }
}
