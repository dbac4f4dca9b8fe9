//! Cuts a text into code, quotes and comments.

/// A stretch of an SQL text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Keywords, names, numbers, parameters.
    Code(&'a str),
    /// A literal or a quoted name, with its quotes.
    Quoted(&'a str),
    /// A comment, with its marks.
    Comment(&'a str),
}

impl<'a> Piece<'a> {
    pub(super) fn text(self) -> &'a str {
        match self {
            Piece::Code(text) | Piece::Quoted(text) | Piece::Comment(text) => text,
        }
    }
}

/// The pieces of a text, which together are the text.
pub(super) fn pieces(sql: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = sql;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let piece = first(rest);
        rest = &rest[piece.text().len()..];
        Some(piece)
    })
}

fn first(rest: &str) -> Piece<'_> {
    // A doubled quote inside a literal ends one piece and starts the next, which comes to the same.
    for quote in ['\'', '"'] {
        if let Some(inside) = rest.strip_prefix(quote) {
            return Piece::Quoted(&rest[..1 + through(inside, &quote.to_string())]);
        }
    }
    if let Some(inside) = rest.strip_prefix("--") {
        return Piece::Comment(&rest[..2 + through(inside, "\n")]);
    }
    if let Some(inside) = rest.strip_prefix("/*") {
        return Piece::Comment(&rest[..2 + through(inside, "*/")]);
    }
    let end = ["'", "\"", "--", "/*"].into_iter().filter_map(|mark| rest.find(mark)).min();
    Piece::Code(&rest[..end.unwrap_or(rest.len())])
}

/// The length up to and with the mark, or of everything when it is missing.
fn through(text: &str, mark: &str) -> usize {
    text.find(mark).map_or(text.len(), |at| at + mark.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_comments_are_told_from_code() {
        let sql = "a 'it''s -- no' \"b;\" -- c;'\nd /* e ' */ f";
        let found: Vec<_> = pieces(sql).collect();
        assert_eq!(
            found,
            [
                Piece::Code("a "),
                Piece::Quoted("'it'"),
                Piece::Quoted("'s -- no'"),
                Piece::Code(" "),
                Piece::Quoted("\"b;\""),
                Piece::Code(" "),
                Piece::Comment("-- c;'\n"),
                Piece::Code("d "),
                Piece::Comment("/* e ' */"),
                Piece::Code(" f"),
            ]
        );
    }

    #[test]
    fn an_unfinished_quote_or_comment_reaches_to_the_end() {
        for sql in ["x 'é", "x \"é", "x -- é", "x /* é *"] {
            assert_eq!(pieces(sql).map(Piece::text).collect::<String>(), sql);
            assert_eq!(pieces(sql).count(), 2);
        }
    }
}
