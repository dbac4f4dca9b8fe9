//! The picture of a host: PNG, or SVG that neither runs nor fetches anything.

use roxmltree::{Document, Node, NodeType};

/// Bytes of a logo.
pub const LOGO_LIMIT: usize = 128 * 1024;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Why a logo cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogoError {
    /// Larger than [`LOGO_LIMIT`].
    #[error("a logo may have {LOGO_LIMIT} bytes at most, this has {0}")]
    TooLarge(usize),
    /// Neither PNG nor SVG.
    #[error("a logo is PNG or SVG: {0}")]
    Unknown(String),
    /// It could run something, or fetch something from elsewhere.
    #[error("the logo has {0}, which a picture may not have")]
    Unsafe(String),
}

/// Elements that run, embed or change what was checked.
const REFUSED: [&str; 13] = [
    "script",
    "foreignObject",
    "iframe",
    "object",
    "embed",
    "audio",
    "video",
    "handler",
    "listener",
    "set",
    "animate",
    "animateMotion",
    "animateTransform",
];

/// Looks at a picture; answers its type and the ending of its name.
pub fn check(bytes: &[u8]) -> Result<(&'static str, &'static str), LogoError> {
    if bytes.len() > LOGO_LIMIT {
        return Err(LogoError::TooLarge(bytes.len()));
    }
    if bytes.starts_with(PNG) {
        return Ok(("image/png", "png"));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| LogoError::Unknown("it is no text".into()))?;
    // A DTD is refused by the parser.
    let svg = Document::parse(text).map_err(|error| LogoError::Unknown(error.to_string()))?;
    if svg.root_element().tag_name().name() != "svg" {
        return Err(LogoError::Unknown(format!("it is <{}>", svg.root_element().tag_name().name())));
    }
    match svg.root().descendants().find_map(what_is_wrong) {
        Some(what) => Err(LogoError::Unsafe(what)),
        None => Ok(("image/svg+xml", "svg")),
    }
}

fn what_is_wrong(node: Node<'_, '_>) -> Option<String> {
    match node.node_type() {
        NodeType::PI => Some("a processing instruction".to_owned()),
        NodeType::Text => fetches(node.text().unwrap_or_default()).then(|| "a style that fetches".to_owned()),
        NodeType::Element => {
            let name = node.tag_name().name();
            if REFUSED.iter().any(|refused| refused.eq_ignore_ascii_case(name)) {
                return Some(format!("<{name}>"));
            }
            node.attributes().find_map(|attribute| {
                let (key, value) = (attribute.name(), attribute.value());
                let refused = key.to_ascii_lowercase().starts_with("on")
                    || (matches!(key, "href" | "src") && !is_within(value))
                    || fetches(value);
                refused.then(|| format!("{key}={value:?}"))
            })
        }
        NodeType::Root | NodeType::Comment => None,
    }
}

/// A part of the picture itself, or a picture written out.
fn is_within(address: &str) -> bool {
    ["#", "data:image/png;", "data:image/jpeg;"].iter().any(|start| address.trim().starts_with(start))
}

/// A style that names something outside.
fn fetches(style: &str) -> bool {
    let style: String = style.to_ascii_lowercase().split_whitespace().collect();
    // An escape could hide any of these words.
    style.contains("@import")
        || style.contains("javascript:")
        || style.contains("\\")
        || style.split("url(").skip(1).any(|rest| !rest.trim_start_matches(['"', '\'']).starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(inside: &str) -> Result<(&'static str, &'static str), LogoError> {
        check(format!("<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>{inside}</svg>").as_bytes())
    }

    #[test]
    fn a_plain_drawing_and_a_png_are_taken() {
        assert_eq!(svg("<path d='M0 0h1' fill='url(#a)'/><use href='#b'/>"), Ok(("image/svg+xml", "svg")));
        assert_eq!(check(b"\x89PNG\r\n\x1a\nrest"), Ok(("image/png", "png")));
    }

    #[test]
    fn a_drawing_that_runs_or_fetches_is_refused_with_what_it_has() {
        for inside in [
            "<script>alert(1)</script>",
            "<g onload='alert(1)'/>",
            "<image href='https://elsewhere.example/x.png'/>",
            "<use xlink:href='//elsewhere.example/x.svg#a'/>",
            "<a href='javascript:alert(1)'/>",
            "<style>@import 'https://elsewhere.example/x.css';</style>",
            "<rect style='fill:url( \"https://elsewhere.example/x\" )'/>",
            "<rect style='fill:u\\72l(https://elsewhere.example/x)'/>",
            "<foreignObject/>",
            "<animate attributeName='href' to='https://elsewhere.example'/>",
            "<?xml-stylesheet href='x.css'?>",
        ] {
            assert!(matches!(svg(inside), Err(LogoError::Unsafe(_))), "{inside}");
        }
    }

    #[test]
    fn what_is_no_picture_or_too_large_is_refused() {
        assert!(matches!(check(b"GIF89a"), Err(LogoError::Unknown(_))));
        assert!(matches!(check(b"<html/>"), Err(LogoError::Unknown(_))));
        assert!(matches!(check(b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>"), Err(LogoError::Unknown(_))));
        assert_eq!(check(&vec![0; LOGO_LIMIT + 1]), Err(LogoError::TooLarge(LOGO_LIMIT + 1)));
    }
}
