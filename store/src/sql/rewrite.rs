//! Turns our parameters into an engine's.
//!
//! SQLite numbers `$n` by first appearance, so it gets `?n`. `IN $n[]` becomes an array on either
//! engine, or an equals sign when the list has one element, which both answer twice as fast.

use super::scan::{Piece, pieces};
use crate::Value;

/// Whose SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// SQLite with the `rarray` function.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// What the text must know of its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Shape {
    Single,
    ListOfOne,
    List,
}

impl Shape {
    pub(super) fn of(value: &Value) -> Self {
        let length = match value {
            Value::Uuids(list) => list.len(),
            Value::Ints(list) => list.len(),
            Value::Texts(list) => list.len(),
            _ => return Shape::Single,
        };
        if length == 1 { Shape::ListOfOne } else { Shape::List }
    }
}

/// The engine's text for a statement whose parameters have these shapes.
pub(super) fn rewrite(sql: &str, dialect: Dialect, shapes: &[Shape]) -> Result<String, String> {
    rewrite_after(sql, dialect, shapes, 0)
}

/// The same for a statement that becomes a part of another, after so many parameters of that one.
pub(super) fn rewrite_after(
    sql: &str,
    dialect: Dialect,
    shapes: &[Shape],
    before: usize,
) -> Result<String, String> {
    let mut text = String::with_capacity(sql.len() + 16);
    let mut highest = 0;
    for piece in pieces(sql) {
        let Piece::Code(mut code) = piece else {
            text.push_str(piece.text());
            continue;
        };
        while let Some(at) = code.find('$') {
            text.push_str(&code[..at]);
            code = &code[at + 1..];
            let digits = code.bytes().take_while(u8::is_ascii_digit).count();
            let (number, rest) = code.split_at(digits);
            let Ok(number) = number.parse::<usize>() else {
                return Err("a `$` without a number".to_owned());
            };
            let shape = *number
                .checked_sub(1)
                .and_then(|index| shapes.get(index))
                .ok_or_else(|| format!("${number} has no parameter"))?;
            highest = highest.max(number);
            code = match rest.strip_prefix("[]") {
                Some(rest) => {
                    list(&mut text, dialect, number, before, shape)?;
                    rest
                }
                None if shape == Shape::Single => {
                    text.push_str(&mark(dialect, before + number));
                    rest
                }
                None => return Err(format!("the list ${number} must be written `IN ${number}[]`")),
            };
        }
        text.push_str(code);
    }
    if highest < shapes.len() {
        return Err(format!("{} parameters, but the text ends at ${highest}", shapes.len()));
    }
    Ok(text)
}

fn mark(dialect: Dialect, number: usize) -> String {
    match dialect {
        Dialect::Sqlite => format!("?{number}"),
        Dialect::Postgres => format!("${number}"),
    }
}

/// Replaces the `IN` or `NOT IN` at the end of the text and adds the list.
fn list(
    text: &mut String,
    dialect: Dialect,
    number: usize,
    before: usize,
    shape: Shape,
) -> Result<(), String> {
    if !drop_word(text, "IN") {
        return Err(format!("${number}[] must follow IN"));
    }
    let not = drop_word(text, "NOT");
    let mark = mark(dialect, before + number);
    text.push_str(&match (shape, dialect, not) {
        (Shape::Single, ..) => return Err(format!("${number}[] is not given a list")),
        (Shape::ListOfOne, _, false) => format!("= {mark}"),
        (Shape::ListOfOne, _, true) => format!("<> {mark}"),
        (Shape::List, Dialect::Sqlite, false) => format!("IN rarray({mark})"),
        (Shape::List, Dialect::Sqlite, true) => format!("NOT IN rarray({mark})"),
        (Shape::List, Dialect::Postgres, false) => format!("= ANY({mark})"),
        (Shape::List, Dialect::Postgres, true) => format!("<> ALL({mark})"),
    });
    Ok(())
}

fn drop_word(text: &mut String, word: &str) -> bool {
    let end = text.trim_end();
    let Some(start) = end.len().checked_sub(word.len()) else { return false };
    let is_it = end.get(start..).is_some_and(|last| last.eq_ignore_ascii_case(word))
        && !end[..start].ends_with(|before: char| before.is_alphanumeric() || before == '_');
    if is_it {
        text.truncate(start);
    }
    is_it
}

#[cfg(test)]
mod tests {
    use super::*;
    use Dialect::{Postgres, Sqlite};
    use Shape::{List, ListOfOne, Single};

    #[test]
    fn parameters_keep_their_numbers_whatever_their_order() {
        let sql = "UPDATE a SET b = $2, c = '$1 $x' -- $9\nWHERE \"$3\" = $1";
        assert_eq!(
            rewrite(sql, Sqlite, &[Single, Single]),
            Ok("UPDATE a SET b = ?2, c = '$1 $x' -- $9\nWHERE \"$3\" = ?1".to_owned())
        );
        assert_eq!(rewrite(sql, Postgres, &[Single, Single]), Ok(sql.to_owned()));
    }

    #[test]
    fn a_list_is_an_array_or_an_equals_sign() {
        let sql = "a = $1 AND b IN $2[] AND c NOT in\n$3[]";
        let many = [Single, List, List];
        let one = [Single, ListOfOne, ListOfOne];
        assert_eq!(
            rewrite(sql, Sqlite, &many),
            Ok("a = ?1 AND b IN rarray(?2) AND c NOT IN rarray(?3)".to_owned())
        );
        assert_eq!(rewrite(sql, Postgres, &many), Ok("a = $1 AND b = ANY($2) AND c <> ALL($3)".to_owned()));
        assert_eq!(rewrite(sql, Sqlite, &one), Ok("a = ?1 AND b = ?2 AND c <> ?3".to_owned()));
        assert_eq!(rewrite(sql, Postgres, &one), Ok("a = $1 AND b = $2 AND c <> $3".to_owned()));
    }

    #[test]
    fn a_part_of_another_statement_counts_on_from_its_parameters() {
        let sql = "a = $2 AND b IN $1[]";
        assert_eq!(rewrite_after(sql, Postgres, &[List, Single], 7), Ok("a = $9 AND b = ANY($8)".to_owned()));
    }

    #[test]
    fn a_text_that_does_not_fit_its_parameters_is_refused() {
        assert!(rewrite("a = $1", Sqlite, &[]).is_err());
        assert!(rewrite("a = $0", Sqlite, &[Single]).is_err());
        assert!(rewrite("a = $1", Sqlite, &[Single, Single]).is_err());
        assert!(rewrite("a = $1", Sqlite, &[List]).is_err());
        assert!(rewrite("a IN $1[]", Sqlite, &[Single]).is_err());
        assert!(rewrite("a = $1[]", Sqlite, &[List]).is_err());
        assert!(rewrite("a_in $1[]", Sqlite, &[List]).is_err());
        assert!(rewrite("a = $b", Sqlite, &[]).is_err());
    }
}
