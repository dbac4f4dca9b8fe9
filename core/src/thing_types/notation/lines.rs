//! Lines: indentation and comments.

use super::error::{NotationError, Source};

/// A line that says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Line {
    pub(in super::super) number: usize,
    /// Levels of two spaces.
    pub(in super::super) level: usize,
    /// Without indentation and comment.
    pub(in super::super) text: &'static str,
}

/// The lines of a file that are not blank and not only a comment.
pub(in super::super) fn lines(source: Source, text: &'static str) -> Result<Vec<Line>, NotationError> {
    let mut found = Vec::new();
    for (index, whole) in text.lines().enumerate() {
        let number = index + 1;
        let content = whole.trim_start_matches(' ');
        let text = without_comment(content).trim_end();
        if text.is_empty() {
            continue;
        }
        let indent = whole.len() - content.len();
        if text.starts_with('\t') || !indent.is_multiple_of(2) {
            return Err(source.error(number, "two spaces of indentation a level", "another indentation"));
        }
        found.push(Line { number, level: indent / 2, text });
    }
    Ok(found)
}

/// A `#` begins a comment at the start of a line or after a space, outside quotes.
fn without_comment(text: &'static str) -> &'static str {
    let (mut quoted, mut before) = (false, ' ');
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '#' if !quoted && before == ' ' => return text.get(..at).unwrap_or_default(),
            _ => {}
        }
        before = c;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_but_not_out_of_quotes() {
        let found = lines(Source { file: "f" }, "# all\n  a : b # said\n\n    c \"x # y\"#z\n").unwrap();
        let found: Vec<_> = found.iter().map(|l| (l.number, l.level, l.text)).collect();
        assert_eq!(found, [(2, 1, "a : b"), (4, 2, "c \"x # y\"#z")]);
    }

    #[test]
    fn odd_indentation_is_refused() {
        let error = |text| lines(Source { file: "f" }, text).unwrap_err().to_string();
        assert!(error("a\n b\n").starts_with("f, line 2: expected two spaces"));
        assert!(error("a\n\tb\n").starts_with("f, line 2: expected two spaces"));
    }
}
