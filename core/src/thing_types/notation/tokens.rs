//! The words and signs of a body.

use super::error::{NotationError, Source};
use super::lines::Line;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A name, or a number.
    Word(&'static str),
    /// What stands in quotes.
    Quoted(&'static str),
    /// What stands in square brackets.
    Range(&'static str),
    /// What stands in braces.
    Count(&'static str),
    Sign(char),
    /// What follows a semicolon, to the end of the line.
    Hints(&'static str),
    /// The end of a line.
    Break,
}

impl Token {
    pub(super) fn shown(self) -> String {
        match self {
            Self::Word(text) => text.to_owned(),
            Self::Quoted(text) => format!("\"{text}\""),
            Self::Range(text) => format!("[{text}]"),
            Self::Count(text) => format!("{{{text}}}"),
            Self::Sign(sign) => sign.to_string(),
            Self::Hints(text) => format!("; {text}"),
            Self::Break => "the end of the line".to_owned(),
        }
    }
}

/// The tokens of some lines, each with its line's number.
pub(super) fn tokens(source: Source, lines: &[Line]) -> Result<Vec<(usize, Token)>, NotationError> {
    let mut found = Vec::new();
    for line in lines {
        let mut rest = line.text;
        while let Some((token, after)) = next(rest) {
            let token =
                token.ok_or_else(|| source.error(line.number, "a closing sign", rest.trim_start()))?;
            found.push((line.number, token));
            rest = after;
        }
        found.push((line.number, Token::Break));
    }
    Ok(found)
}

/// The first token, and what follows; no token if it never ends.
fn next(text: &'static str) -> Option<(Option<Token>, &'static str)> {
    let text = text.trim_start();
    let first = text.chars().next()?;
    let inner = text.get(first.len_utf8()..).unwrap_or_default();
    let until = |end: char| inner.split_once(end);
    let enclosed = |end, token: fn(&'static str) -> Token| match until(end) {
        Some((inside, after)) => (Some(token(inside)), after),
        None => (None, ""),
    };
    Some(match first {
        '"' => enclosed('"', Token::Quoted),
        '[' => enclosed(']', Token::Range),
        '{' => enclosed('}', Token::Count),
        ';' => (Some(Token::Hints(inner)), ""),
        c if is_word(c) => {
            let end = text.find(|c| !is_word(c)).unwrap_or(text.len());
            let (word, after) = text.split_at(end);
            (Some(Token::Word(word)), after)
        }
        sign => (Some(Token::Sign(sign)), inner),
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.')
}
