//! Writing XML into a string, compact and well-formed.

use std::fmt::{Display, Write};

/// A builder of XML text. Names are given by the program; values may be anything.
#[derive(Debug, Default)]
pub struct XmlWriter {
    out: String,
    open: Vec<&'static str>,
    in_tag: bool,
}

impl XmlWriter {
    /// An empty writer.
    pub fn new() -> Self {
        XmlWriter::with_capacity(512)
    }

    /// An empty writer with room for that many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        XmlWriter { out: String::with_capacity(bytes), open: Vec::new(), in_tag: false }
    }

    /// Opens an element.
    pub fn open(&mut self, name: &'static str) -> &mut Self {
        self.end_tag();
        self.out.push('<');
        self.out.push_str(name);
        self.open.push(name);
        self.in_tag = true;
        self
    }

    /// Adds an attribute to the element just opened.
    pub fn attr(&mut self, name: &str, value: impl Display) -> &mut Self {
        debug_assert!(self.in_tag, "attribute {name} behind content");
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        let _ = write!(Escaped { out: &mut self.out, attribute: true }, "{value}");
        self.out.push('"');
        self
    }

    /// Adds an attribute if there is a value.
    pub fn attr_if(&mut self, name: &str, value: Option<impl Display>) -> &mut Self {
        if let Some(value) = value {
            self.attr(name, value);
        }
        self
    }

    /// Adds text, escaped.
    pub fn text(&mut self, value: impl Display) -> &mut Self {
        self.end_tag();
        let _ = write!(Escaped { out: &mut self.out, attribute: false }, "{value}");
        self
    }

    /// Adds text that is XML already.
    pub fn raw(&mut self, xml: &str) -> &mut Self {
        if !xml.is_empty() {
            self.end_tag();
            self.out.push_str(xml);
        }
        self
    }

    /// Closes the innermost element; one without content becomes an empty-element tag.
    pub fn close(&mut self) -> &mut Self {
        debug_assert!(!self.open.is_empty(), "nothing to close");
        if let Some(name) = self.open.pop() {
            if self.in_tag {
                self.out.push_str("/>");
                self.in_tag = false;
            } else {
                self.out.push_str("</");
                self.out.push_str(name);
                self.out.push('>');
            }
        }
        self
    }

    /// An element that holds only text.
    pub fn element(&mut self, name: &'static str, value: impl Display) -> &mut Self {
        self.open(name);
        let before = self.out.len();
        self.out.push('>');
        let _ = write!(Escaped { out: &mut self.out, attribute: false }, "{value}");
        if self.out.len() == before + 1 {
            self.out.truncate(before);
        } else {
            self.in_tag = false;
        }
        self.close()
    }

    /// An element that holds only text, if there is a value.
    pub fn element_if(&mut self, name: &'static str, value: Option<impl Display>) -> &mut Self {
        if let Some(value) = value {
            self.element(name, value);
        }
        self
    }

    /// The text, with whatever is still open closed.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    fn end_tag(&mut self) {
        if self.in_tag {
            self.out.push('>');
            self.in_tag = false;
        }
    }
}

/// Bytes that never have to be escaped: all but controls, markup and the first byte of `U+FFFE`.
const IS_PLAIN: [bool; 256] = {
    let mut plain = [true; 256];
    let mut byte = 0;
    while byte < 256 {
        plain[byte] = byte >= 0x20 && !matches!(byte as u8, b'&' | b'<' | b'>' | b'"' | 0xef);
        byte += 1;
    }
    plain
};

/// Escapes on the way through, so that numbers and GUIDs need no string of their own.
struct Escaped<'o> {
    out: &'o mut String,
    attribute: bool,
}

impl Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        if text.bytes().all(|byte| IS_PLAIN[usize::from(byte)]) {
            self.out.push_str(text);
            return Ok(());
        }
        let mut plain = 0;
        for (at, c) in text.char_indices() {
            let escape = match c {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' if self.attribute => "&quot;",
                // A parser would turn these into spaces or line feeds.
                '\r' => "&#13;",
                '\n' if self.attribute => "&#10;",
                '\t' if self.attribute => "&#9;",
                // XML 1.0 has no way at all to write these.
                c if (c < ' ' && c != '\n' && c != '\t') || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                    "\u{fffd}"
                }
                _ => continue,
            };
            self.out.push_str(&text[plain..at]);
            self.out.push_str(escape);
            plain = at + c.len_utf8();
        }
        self.out.push_str(&text[plain..]);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::*;

    #[test]
    fn elements_without_content_are_empty_tags() {
        let mut writer = XmlWriter::new();
        writer
            .open("a")
            .attr("b", "1 < 2 & \"3\"")
            .open("c")
            .close()
            .element("d", "")
            .element("e", 5)
            .raw("");
        assert_eq!(writer.finish(), "<a b=\"1 &lt; 2 &amp; &quot;3&quot;\"><c/><d/><e>5</e></a>");
    }

    #[test]
    fn characters_that_xml_cannot_hold_are_replaced() {
        let mut writer = XmlWriter::new();
        writer.element("a", "x\u{0}y\u{ffff}z");
        assert_eq!(writer.finish(), "<a>x\u{fffd}y\u{fffd}z</a>");
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(20_260_601), failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_comes_back_from_a_parser_as_it_was(text in "(?s).*", value in "(?s).*") {
            let keep = |s: &str| s.chars().map(|c| match c {
                '\t' | '\n' | '\r' => c,
                c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => '\u{fffd}',
                c => c,
            }).collect::<String>();
            let mut writer = XmlWriter::new();
            writer.open("a").attr("b", &value).text(&text);
            let xml = writer.finish();
            let document = roxmltree::Document::parse(&xml).unwrap();
            prop_assert_eq!(document.root_element().text().unwrap_or_default(), keep(&text));
            prop_assert_eq!(document.root_element().attribute("b").unwrap(), keep(&value));
        }
    }
}
