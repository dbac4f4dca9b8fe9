//! From the bytes of a body to a document: UTF-8, bounded, whole.

use std::borrow::Cow;

use roxmltree::{Document, ParsingOptions};

use crate::envelope::EnvelopeError;
use crate::error::shorten;
use crate::limits::Limits;
use crate::xml::scan::{self, Outline};

/// The text of a request that is within the limits. It owns or borrows what the document reads from, so
/// the caller keeps it while the document lives.
#[derive(Clone, Debug)]
pub struct RequestText<'b> {
    text: Cow<'b, str>,
    nodes: u32,
    rescued: bool,
}

impl<'b> RequestText<'b> {
    /// Checks a decoded body against the limits, before a parser sees it.
    pub fn check(body: &'b [u8], limits: &Limits) -> Result<Self, EnvelopeError> {
        let (body, cut_character) = match std::str::from_utf8(body) {
            Ok(text) => (text, false),
            // The cut of a .NET client may fall into a character of the info; it is no rescue then, but
            // the message should not speak of encodings.
            Err(e) if e.error_len().is_none() => {
                (std::str::from_utf8(&body[..e.valid_up_to()]).unwrap_or(""), true)
            }
            Err(_) => return Err(EnvelopeError::NotUtf8),
        };
        // A mark or white space before an XML declaration would make it one too late.
        let text = body.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        let outline = scan::scan(text, limits)?;
        if cut_character {
            return Err(EnvelopeError::Xml("it ends within a character".to_owned()));
        }
        let rescue = if limits.rescue_truncated { rescued_end(text, &outline) } else { None };
        let rescued = rescue.is_some();
        let text = match rescue {
            Some(end) => Cow::Owned(format!("{}</{}>", &text[..end], outline.root_name)),
            None => Cow::Borrowed(text),
        };
        let nodes = u32::try_from(limits.nodes).unwrap_or(u32::MAX).saturating_mul(2);
        Ok(RequestText { text, nodes, rescued })
    }

    /// Parses the text. A document type declaration is an error here too.
    pub fn parse(&self) -> Result<Document<'_>, EnvelopeError> {
        let options =
            ParsingOptions { allow_dtd: false, nodes_limit: self.nodes, ..ParsingOptions::default() };
        Document::parse_with_options(&self.text, options)
            .map_err(|e| EnvelopeError::Xml(shorten(e.to_string())))
    }

    /// Whether the end of the root was missing and put back.
    pub fn was_rescued(&self) -> bool {
        self.rescued
    }
}

/// Where the root's end tag should begin, if the body was cut inside it and nothing else is missing.
fn rescued_end(text: &str, outline: &Outline<'_>) -> Option<usize> {
    let tail = outline.unclosed_root_tail?;
    let has = |name: &str| outline.children.iter().any(|(child, _)| *child == name);
    let end_tag = format!("</{}>", outline.root_name);
    let rest = text[tail..].trim_start_matches([' ', '\t', '\r', '\n']);
    (has("header") && has("info") && end_tag.starts_with(rest)).then_some(tail)
}
