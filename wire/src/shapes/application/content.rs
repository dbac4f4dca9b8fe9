//! Logos and statements: bytes in one or more languages, of one content type.

use std::ops::RangeInclusive;

use roxmltree::Node;

use crate::error::InfoError;
use crate::integrity::{decode_base64, encode_base64};
use crate::shapes::localized;
use crate::xml::{self, Sequence, XmlWriter};

/// A logo or a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// At least one.
    pub values: Vec<LocalizedBytes>,
    /// The content type of all of them.
    pub content_type: String,
}

/// Bytes in a language; without one they are the default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalizedBytes {
    /// The language.
    pub lang: Option<String>,
    /// The bytes, which go over the wire in Base64.
    pub bytes: Vec<u8>,
}

/// How many bytes a large logo may have.
const LARGE_LOGO: RangeInclusive<usize> = 3..=163_840;
/// How many bytes a small logo may have.
const SMALL_LOGO: RangeInclusive<usize> = 3..=40_960;

impl Content {
    /// Bytes that are the default.
    pub fn plain(bytes: impl Into<Vec<u8>>, content_type: impl Into<String>) -> Self {
        let value = LocalizedBytes { lang: None, bytes: bytes.into() };
        Content { values: vec![value], content_type: content_type.into() }
    }

    /// Reads a `large-logo`.
    pub fn read_large_logo(node: Node<'_, '_>) -> Result<Self, InfoError> {
        Content::read(node, "logo", &LARGE_LOGO)
    }

    /// Reads a `small-logo`.
    pub fn read_small_logo(node: Node<'_, '_>) -> Result<Self, InfoError> {
        Content::read(node, "logo", &SMALL_LOGO)
    }

    /// Reads a `privacy-statement`, `terms-of-use` or `dtc-success-message`.
    pub fn read_statement(node: Node<'_, '_>) -> Result<Self, InfoError> {
        Content::read(node, "statement", &(0..=usize::MAX))
    }

    fn read(node: Node<'_, '_>, item: &str, size: &RangeInclusive<usize>) -> Result<Self, InfoError> {
        let mut fields = Sequence::of(node)?;
        let mut nodes = vec![fields.required(item)?];
        nodes.extend(fields.repeated(item));
        let outer = node.tag_name().name();
        let values = localized::read_values(nodes, |node| bytes(outer, node, size))?;
        let content_type = xml::up_to(255, fields.required("content-type")?)?;
        fields.end()?;
        let values = values.into_iter().map(|(lang, bytes)| LocalizedBytes { lang, bytes }).collect();
        Ok(Content { values, content_type })
    }

    /// Writes a logo under its name.
    pub(crate) fn write_logo(&self, name: &'static str, out: &mut XmlWriter) {
        self.write(name, "logo", out);
    }

    /// Writes a statement under its name.
    pub(crate) fn write_statement(&self, name: &'static str, out: &mut XmlWriter) {
        self.write(name, "statement", out);
    }

    fn write(&self, name: &'static str, item: &'static str, out: &mut XmlWriter) {
        out.open(name);
        for value in &self.values {
            out.open(item).attr_if("xml:lang", value.lang.as_ref());
            out.text(encode_base64(&value.bytes)).close();
        }
        out.element("content-type", &self.content_type).close();
    }
}

fn bytes(outer: &str, node: Node<'_, '_>, size: &RangeInclusive<usize>) -> Result<Vec<u8>, InfoError> {
    let item = node.tag_name().name();
    let bytes = decode_base64(&xml::text(node)?)
        .ok_or_else(|| InfoError::invalid(format!("{item} of {outer} is not Base64")))?;
    if !size.contains(&bytes.len()) {
        let (least, most) = (size.start(), size.end());
        return Err(InfoError::invalid(format!("{item} of {outer} has not {least} to {most} bytes")));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    type Reader = fn(Node<'_, '_>) -> Result<Content, InfoError>;

    fn read(xml: &str, reader: Reader) -> Result<Content, String> {
        reader(Document::parse(xml).unwrap().root_element()).map_err(|e| e.message)
    }

    fn logo(length: usize) -> String {
        let base64 = encode_base64(&vec![1; length]);
        format!("<l><logo>{base64}</logo><content-type>image/png</content-type></l>")
    }

    #[test]
    fn what_is_read_is_written_as_it_was() {
        let xml = "<terms-of-use><statement>SGk=</statement><statement xml:lang=\"de\">SGFsbG8=</statement>\
                   <content-type>text/plain</content-type></terms-of-use>";
        let terms = read(xml, Content::read_statement).unwrap();
        assert_eq!(terms.values[1].bytes, b"Hallo");
        let mut out = XmlWriter::new();
        terms.write_statement("terms-of-use", &mut out);
        assert_eq!(out.finish(), xml);
    }

    #[test]
    fn a_logo_has_a_size_of_its_kind() {
        assert!(read(&logo(163_840), Content::read_large_logo).is_ok());
        assert!(read(&logo(40_960), Content::read_small_logo).is_ok());
        let message = |most| Err(format!("logo of l has not 3 to {most} bytes"));
        assert_eq!(read(&logo(163_841), Content::read_large_logo), message(163_840));
        assert_eq!(read(&logo(40_961), Content::read_small_logo), message(40_960));
        assert_eq!(read(&logo(2), Content::read_small_logo), message(40_960));
    }

    #[test]
    fn content_needs_base64_and_a_type() {
        let text = "<l><logo>*</logo><content-type>a/b</content-type></l>";
        assert_eq!(read(text, Content::read_large_logo), Err("logo of l is not Base64".to_owned()));
        let untyped = "<l><logo>AAAA</logo></l>";
        assert_eq!(read(untyped, Content::read_large_logo), Err("l needs content-type".to_owned()));
        let none = "<l><content-type>a/b</content-type></l>";
        assert_eq!(
            read(none, Content::read_statement),
            Err("l needs statement before content-type".to_owned())
        );
    }
}
