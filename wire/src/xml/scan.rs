//! One pass over a text with a bounded stack of nothing but numbers. It runs before the parser, so that
//! depth, attributes and nodes are known to be small, and finds where the children of the root lie even
//! when the end of the text is missing. It does not judge well-formedness; the parser does that.

use std::ops::Range;

use crate::limits::Limits;

/// What the scanner would not let through.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScanError {
    /// A document type declaration.
    #[error("a document type declaration is not allowed")]
    Dtd,
    /// Nesting beyond the limit.
    #[error("elements are nested deeper than {0}")]
    TooDeep(usize),
    /// More nodes than the limit.
    #[error("the request has more than {0} nodes")]
    TooManyNodes(usize),
    /// More attributes on one element than the limit.
    #[error("an element has more than {0} attributes")]
    TooManyAttributes(usize),
    /// More namespace declarations than the limits.
    #[error("the request has too many namespace declarations")]
    TooManyNamespaces,
    /// A reference to a character that no XML document may hold. The parser puts another in its place, and
    /// what is kept as it was sent would then be refused by everyone who reads it.
    #[error("the character reference at byte {0} is not allowed in XML")]
    Reference(usize),
    /// Markup that is not XML.
    #[error("malformed markup at byte {0}")]
    Malformed(usize),
}

/// Where the children of the root are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline<'t> {
    /// The qualified name of the root.
    pub root_name: &'t str,
    /// The element children of the root that are closed: name, and bytes from `<` to `>`.
    pub children: Vec<(&'t str, Range<usize>)>,
    /// Where the text still unread begins, if it ended before the root did; its depth is 1.
    pub unclosed_root_tail: Option<usize>,
}

/// A start tag: its end (behind the `>`), and whether it is an empty-element tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartTag<'t> {
    /// The qualified name.
    pub name: &'t str,
    /// The qualified names of the attributes, declarations of namespaces included.
    pub attributes: Vec<&'t str>,
    /// The offset behind the closing `>`.
    pub end: usize,
    /// Whether the tag ends in `/>`.
    pub empty: bool,
}

/// Reads the start tag that begins at `start`. `None` if the text ends before the tag does.
pub fn start_tag(text: &str, start: usize, max_attributes: usize) -> Result<Option<StartTag<'_>>, ScanError> {
    let bytes = text.as_bytes();
    let name_end = name_end(bytes, start + 1);
    if name_end == start + 1 {
        return Err(ScanError::Malformed(start));
    }
    let mut tag = StartTag { name: &text[start + 1..name_end], attributes: Vec::new(), end: 0, empty: false };
    let mut at = name_end;
    loop {
        at = skip_spaces(bytes, at);
        match bytes.get(at) {
            None => return Ok(None),
            Some(b'>') => {
                tag.end = at + 1;
                return Ok(Some(tag));
            }
            Some(b'/') => match bytes.get(at + 1) {
                None => return Ok(None),
                Some(b'>') => {
                    tag.end = at + 2;
                    tag.empty = true;
                    return Ok(Some(tag));
                }
                Some(_) => return Err(ScanError::Malformed(at)),
            },
            Some(_) => {
                let end = self::name_end(bytes, at);
                if end == at {
                    return Err(ScanError::Malformed(at));
                }
                if tag.attributes.len() == max_attributes {
                    return Err(ScanError::TooManyAttributes(max_attributes));
                }
                tag.attributes.push(&text[at..end]);
                at = skip_spaces(bytes, end);
                match bytes.get(at) {
                    None => return Ok(None),
                    Some(b'=') => at = skip_spaces(bytes, at + 1),
                    Some(_) => return Err(ScanError::Malformed(at)),
                }
                let quote = match bytes.get(at) {
                    None => return Ok(None),
                    Some(quote @ (b'"' | b'\'')) => *quote,
                    Some(_) => return Err(ScanError::Malformed(at)),
                };
                match bytes[at + 1..].iter().position(|b| *b == quote) {
                    None => return Ok(None),
                    Some(length) => at += length + 2,
                }
            }
        }
    }
}

/// Walks the whole text within the limits.
pub fn scan<'t>(text: &'t str, limits: &Limits) -> Result<Outline<'t>, ScanError> {
    let bytes = text.as_bytes();
    let mut outline = Outline::default();
    let mut depth = 0usize;
    let mut nodes = 0usize;
    let mut declarations = 0usize;
    // How many declarations are in force, for each open element.
    let mut scopes = vec![0usize];
    let mut child = ("", 0usize);
    let mut at = 0usize;
    // The end of the last thing that was complete at depth 1.
    let mut complete = 0usize;
    // The parser makes room for a node per `<` and an attribute per `=` before it looks closer.
    if count(bytes, b'<') > limits.nodes || count(bytes, b'=') > limits.nodes.saturating_mul(2) {
        return Err(ScanError::TooManyNodes(limits.nodes));
    }
    while let Some(found) = bytes[at..].iter().position(|b| *b == b'<') {
        let start = at + found;
        check_references(text, at..start)?;
        // The text before the markup, if any, is a node too.
        nodes += 1 + usize::from(found > 0);
        if nodes > limits.nodes {
            return Err(ScanError::TooManyNodes(limits.nodes));
        }
        let rest = &text[start..];
        let end = if rest.starts_with("<!--") {
            end_of(rest, 4, "-->")
        } else if rest.starts_with("<![CDATA[") {
            end_of(rest, 9, "]]>")
        } else if rest.starts_with("<?") {
            end_of(rest, 2, "?>")
        } else if rest.len() >= 3 && rest.is_char_boundary(3) && rest[..3].eq_ignore_ascii_case("<!d") {
            return Err(ScanError::Dtd);
        } else if rest.starts_with("</") {
            match rest.find('>') {
                None => None,
                Some(length) => {
                    depth = depth.checked_sub(1).ok_or(ScanError::Malformed(start))?;
                    scopes.truncate(depth + 1);
                    if depth == 1 {
                        outline.children.push((child.0, child.1..start + length + 1));
                    }
                    Some(length + 1)
                }
            }
        } else if rest.len() == 1 {
            None
        } else {
            match start_tag(text, start, limits.attributes_per_element)? {
                None => None,
                Some(tag) => {
                    check_references(text, start..tag.end)?;
                    let own = tag.attributes.iter().filter(|a| a.starts_with("xmlns")).count();
                    let scope = own + scopes.last().copied().unwrap_or_default();
                    declarations += own;
                    if declarations > limits.namespace_declarations || scope > limits.namespaces_in_scope {
                        return Err(ScanError::TooManyNamespaces);
                    }
                    if depth == limits.depth {
                        return Err(ScanError::TooDeep(limits.depth));
                    }
                    match depth {
                        0 => outline.root_name = tag.name,
                        1 => child = (tag.name, start),
                        _ => {}
                    }
                    if !tag.empty {
                        depth += 1;
                        scopes.push(scope);
                    } else if depth == 1 {
                        outline.children.push((tag.name, start..tag.end));
                    }
                    Some(tag.end - start)
                }
            }
        };
        match end {
            Some(length) => at = start + length,
            None => break,
        }
        if depth == 1 {
            complete = at;
        }
    }
    // A text that ends inside the root but outside its children was cut at the very end.
    if depth == 1 {
        outline.unclosed_root_tail = Some(complete);
    }
    Ok(outline)
}

/// The text between the tags of an element, given the whole element.
pub fn inner(element: &str) -> &str {
    match start_tag(element, 0, usize::MAX) {
        Ok(Some(tag)) if !tag.empty => {
            let close = element.rfind("</").unwrap_or(element.len());
            element.get(tag.end..close).unwrap_or_default()
        }
        _ => "",
    }
}

/// References to characters by number; what is none at all is the parser's to refuse.
fn check_references(text: &str, range: Range<usize>) -> Result<(), ScanError> {
    let start = range.start;
    let piece = text.get(range).unwrap_or_default();
    for (at, _) in piece.match_indices("&#") {
        let rest = &piece[at + 2..];
        let digits = rest.find(|c: char| !c.is_ascii_alphanumeric()).map_or(rest, |end| &rest[..end]);
        let code = match digits.strip_prefix('x') {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => digits.parse(),
        };
        let is_allowed =
            |code| matches!(code, 0x9 | 0xa | 0xd | 0x20..=0xd7ff | 0xe000..=0xfffd | 0x1_0000..=0x10_ffff);
        if code.is_ok_and(|code| !is_allowed(code)) {
            return Err(ScanError::Reference(start + at));
        }
    }
    Ok(())
}

fn count(bytes: &[u8], wanted: u8) -> usize {
    bytes.iter().filter(|b| **b == wanted).count()
}

fn end_of(rest: &str, from: usize, mark: &str) -> Option<usize> {
    rest[from..].find(mark).map(|length| from + length + mark.len())
}

fn name_end(bytes: &[u8], start: usize) -> usize {
    let stop = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'>' | b'/' | b'=' | b'<' | b'"' | b'\'');
    bytes[start.min(bytes.len())..].iter().position(stop).map_or(bytes.len(), |length| start + length)
}

fn skip_spaces(bytes: &[u8], start: usize) -> usize {
    let some = bytes[start.min(bytes.len())..].iter().position(|b| !b.is_ascii_whitespace());
    some.map_or(bytes.len(), |length| start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let outline = scan(text, &Limits::default()).unwrap();
        outline.children.iter().map(|(_, range)| text[range.clone()].to_owned()).collect()
    }

    #[test]
    fn children_are_cut_by_depth_and_not_by_name() {
        let text = "<r><a x='>'><a/><!--</a>--><![CDATA[</a>]]></a> <b /><c></c></r>";
        assert_eq!(names(text), ["<a x='>'><a/><!--</a>--><![CDATA[</a>]]></a>", "<b />", "<c></c>"]);
    }

    #[test]
    fn a_cut_in_the_end_tag_of_the_root_is_told_from_one_before_it() {
        let limits = Limits::default();
        let whole = "<r><a/><b>x</b></r>";
        for length in 0..=whole.len() {
            let outline = scan(&whole[..length], &limits).unwrap();
            let rescued = outline.children.len() == 2 && outline.unclosed_root_tail == Some(15);
            assert_eq!(rescued, (15..whole.len()).contains(&length), "at {length}");
        }
    }

    #[test]
    fn each_limit_is_enforced() {
        let limits = Limits {
            depth: 3,
            nodes: 10,
            attributes_per_element: 2,
            namespace_declarations: 2,
            ..Limits::default()
        };
        assert!(scan("<a b='========================='/>", &limits).is_err());
        assert!(scan("<a><b><c/></b></a>", &limits).is_ok());
        assert_eq!(scan("<a><b><c><d/></c></b></a>", &limits), Err(ScanError::TooDeep(3)));
        assert_eq!(scan(&"<a/>".repeat(11), &limits), Err(ScanError::TooManyNodes(10)));
        assert_eq!(scan("<a b='' c='' d=''/>", &limits), Err(ScanError::TooManyAttributes(2)));
        assert_eq!(
            scan("<a xmlns:b='' xmlns:c=''><b xmlns=''/></a>", &limits),
            Err(ScanError::TooManyNamespaces)
        );
        assert_eq!(scan("<!DOCTYPE a><a/>", &limits), Err(ScanError::Dtd));
    }

    #[test]
    fn a_reference_to_what_is_no_character_is_refused_and_the_look_of_one_is_not() {
        let limits = Limits::default();
        for bad in ["&#xD800;", "&#0;", "&#x1;", "&#xFFFE;", "&#65535;", "&#x110000;"] {
            assert_eq!(scan(&format!("<a>é{bad}</a>"), &limits), Err(ScanError::Reference(5)));
            assert_eq!(scan(&format!("<a b='{bad}'/>"), &limits), Err(ScanError::Reference(6)));
            for no_reference in [format!("<a><!--{bad}--></a>"), format!("<a><![CDATA[{bad}]]></a>")] {
                assert!(scan(&no_reference, &limits).is_ok(), "{no_reference}");
            }
        }
        assert!(scan("<a b='&#9;&#x10FFFF;'>&#233;&#xE000;&amp;#0;</a>", &limits).is_ok());
    }

    #[test]
    fn the_inside_of_an_element_is_found_whatever_its_tags_look_like() {
        assert_eq!(inner("<a b='>' >x<c/></a >"), "x<c/>");
        assert_eq!(inner("<a/>"), "");
        assert_eq!(inner("<a></a>"), "");
    }
}
