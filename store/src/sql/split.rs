//! Cuts a migration into statements.

use super::scan::{Piece, pieces};

/// The statements of a text, without their `;`. One of nothing but comments is none.
pub(crate) fn statements(sql: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut start, mut at, mut says_something) = (0, 0, false);
    for piece in pieces(sql) {
        match piece {
            Piece::Comment(_) => {}
            Piece::Quoted(_) => says_something = true,
            Piece::Code(code) => {
                for (offset, character) in code.char_indices() {
                    if character == ';' {
                        if says_something {
                            found.push(sql[start..at + offset].trim());
                        }
                        start = at + offset + 1;
                        says_something = false;
                    } else if !character.is_whitespace() {
                        says_something = true;
                    }
                }
            }
        }
        at += piece.text().len();
    }
    if says_something {
        found.push(sql[start..].trim());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::statements;

    #[test]
    fn a_semicolon_in_a_quote_or_a_comment_ends_nothing() {
        let sql = "CREATE TABLE a (b text DEFAULT ';''');\n-- one; two\nINSERT INTO a VALUES ('x;') /* ; */;";
        assert_eq!(
            statements(sql),
            ["CREATE TABLE a (b text DEFAULT ';''')", "-- one; two\nINSERT INTO a VALUES ('x;') /* ; */"]
        );
    }

    #[test]
    fn nothing_but_space_and_comments_is_no_statement() {
        assert!(statements(" ;; -- nothing\n ; /* or; this */ ").is_empty());
        assert_eq!(statements("a; -- the end"), ["a"]);
        assert_eq!(statements("a ; b"), ["a", "b"]);
    }
}
