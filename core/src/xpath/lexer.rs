//! The words of an expression.

use super::XPathError;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Slash,
    Open,
    Close,
    OpenCondition,
    CloseCondition,
    Comma,
    At,
    Dot,
    Name(String),
    Text(String),
    Number(f64),
    Operator(super::Operator),
}

/// Cuts an expression into words.
pub(super) fn words(text: &str) -> Result<Vec<Token>, XPathError> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (word, length) = match first {
            ' ' | '\t' | '\r' | '\n' => {
                rest = &rest[1..];
                continue;
            }
            '/' if rest.starts_with("//") => return Err(XPathError::Wildcard("//")),
            '*' => return Err(XPathError::Wildcard("*")),
            '/' => (Token::Slash, 1),
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            '[' => (Token::OpenCondition, 1),
            ']' => (Token::CloseCondition, 1),
            ',' => (Token::Comma, 1),
            '@' => (Token::At, 1),
            '\'' | '"' => quoted(rest, first)?,
            '=' | '!' | '<' | '>' => operator(rest)?,
            '.' if !rest[1..].starts_with(|c: char| c.is_ascii_digit()) => (Token::Dot, 1),
            '-' | '.' | '0'..='9' => number(rest)?,
            c if c.is_alphabetic() || c == '_' => name(rest),
            other => return Err(XPathError::Unexpected(other.to_string())),
        };
        words.push(word);
        rest = rest.get(length..).unwrap_or_default();
    }
    Ok(words)
}

fn quoted(text: &str, quote: char) -> Result<(Token, usize), XPathError> {
    let inside = text.get(1..).unwrap_or_default();
    let end = inside.find(quote).ok_or(XPathError::Open)?;
    Ok((Token::Text(inside[..end].to_owned()), end + 2))
}

fn operator(text: &str) -> Result<(Token, usize), XPathError> {
    use super::Operator::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, Unequal};
    let known = [
        ("!=", Unequal),
        ("<=", LessOrEqual),
        (">=", GreaterOrEqual),
        ("=", Equal),
        ("<", Less),
        (">", Greater),
    ];
    let found = known.iter().find(|(sign, _)| text.starts_with(sign));
    let (sign, operator) = found.ok_or_else(|| XPathError::Unexpected("!".to_owned()))?;
    Ok((Token::Operator(*operator), sign.len()))
}

fn number(text: &str) -> Result<(Token, usize), XPathError> {
    let negative = usize::from(text.starts_with('-'));
    let digits =
        text[negative..].find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len() - negative);
    let length = negative + digits;
    match text[..length].parse() {
        Ok(number) => Ok((Token::Number(number), length)),
        Err(_) => Err(XPathError::Unexpected(text[..length.max(1)].to_owned())),
    }
}

fn name(text: &str) -> (Token, usize) {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    let length = text.find(|c| !is_part(c)).unwrap_or(text.len());
    (Token::Name(text[..length].to_owned()), length)
}
