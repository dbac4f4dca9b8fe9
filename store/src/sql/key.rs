//! How a statement is known again.

use super::rewrite::{Dialect, Shape, rewrite};
use crate::{Outage, Value};

/// A list stands among so many parameters of a statement.
const LISTS_WITHIN: usize = 64;

/// A text is known by where it lies (it lies there for ever) and by its parameters: how many, and which
/// are lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    address: usize,
    length: usize,
    parameters: usize,
    /// A bit for each list.
    lists: u64,
    /// A bit for each list of one.
    of_one: u64,
}

impl Key {
    /// The key of a statement with these parameters.
    ///
    /// # Errors
    /// `Outage::Unavailable` when a list comes after so many others that it is not told apart.
    pub(crate) fn of(sql: &'static str, params: &[Value]) -> Result<Self, Outage> {
        let (mut lists, mut of_one) = (0, 0);
        for (index, value) in params.iter().enumerate() {
            let shape = Shape::of(value);
            if shape == Shape::Single {
                continue;
            }
            if index >= LISTS_WITHIN {
                return Err(Outage::Unavailable(format!(
                    "a list after {LISTS_WITHIN} parameters, in: {sql}"
                )));
            }
            lists |= 1 << index;
            of_one |= u64::from(shape == Shape::ListOfOne) << index;
        }
        let (address, length) = (sql.as_ptr().addr(), sql.len());
        Ok(Self { address, length, parameters: params.len(), lists, of_one })
    }
}

/// The engine's text for a statement with these parameters.
///
/// # Errors
/// `Outage::Unavailable` when they don't fit the text.
pub(crate) fn text(dialect: Dialect, sql: &str, params: &[Value]) -> Result<String, Outage> {
    rewrite(sql, dialect, &shapes(params)).map_err(|why| misfit(&why, sql))
}

pub(super) fn shapes(params: &[Value]) -> Vec<Shape> {
    params.iter().map(Shape::of).collect()
}

pub(super) fn misfit(why: &str, sql: &str) -> Outage {
    Outage::Unavailable(format!("{why}, in: {sql}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_has_a_text_for_one_and_a_text_for_many() {
        const SQL: &str = "a IN $1[]";
        let of = |params: &[Value]| (Key::of(SQL, params).unwrap(), text(Dialect::Sqlite, SQL, params));
        let one = of(&[Value::from(vec![1_i64])]);
        let many = of(&[Value::from(vec![1_i64, 2])]);
        assert_eq!(one.1, Ok("a = ?1".to_owned()));
        assert_eq!(many.1, Ok("a IN rarray(?1)".to_owned()));
        assert_eq!(of(&[Value::Ints(Vec::new())]), many);
        assert_ne!(one.0, many.0);
        assert!(of(&[Value::Int(1)]).1.is_err());
    }
}
