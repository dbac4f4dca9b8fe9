//! Remembers the rewritten texts.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::rewrite::{Dialect, Shape, rewrite};
use crate::{Outage, Value};

/// A text is known by where it lies (it lies there for ever) and by its parameters: how many, and
/// which are lists.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    address: usize,
    length: usize,
    parameters: usize,
    lists: Vec<(usize, Shape)>,
}

impl Key {
    fn of(sql: &'static str, params: &[Value]) -> Self {
        let shapes = params.iter().map(Shape::of).enumerate();
        Self {
            address: sql.as_ptr().addr(),
            length: sql.len(),
            parameters: params.len(),
            lists: shapes.filter(|(_, shape)| *shape != Shape::Single).collect(),
        }
    }
}

/// The texts of one engine.
pub(crate) struct Texts {
    dialect: Dialect,
    known: RwLock<HashMap<Key, Arc<str>>>,
}

impl Texts {
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self { dialect, known: RwLock::default() }
    }

    /// The engine's text for a statement with these parameters.
    ///
    /// # Errors
    /// `Outage::Unavailable` when they don't fit the text.
    pub(crate) fn text(&self, sql: &'static str, params: &[Value]) -> Result<Arc<str>, Outage> {
        let key = Key::of(sql, params);
        if let Some(text) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(text.clone());
        }
        let shapes: Vec<_> = params.iter().map(Shape::of).collect();
        let text: Arc<str> = rewrite(sql, self.dialect, &shapes)
            .map_err(|why| Outage::Unavailable(format!("{why}, in: {sql}")))?
            .into();
        self.known.write().unwrap_or_else(PoisonError::into_inner).insert(key, text.clone());
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_has_a_text_for_one_and_a_text_for_many() {
        const SQL: &str = "a IN $1[]";
        let texts = Texts::new(Dialect::Sqlite);
        for _ in 0..2 {
            assert_eq!(&*texts.text(SQL, &[Value::from(vec![1_i64])]).unwrap(), "a = ?1");
            assert_eq!(&*texts.text(SQL, &[Value::from(vec![1_i64, 2])]).unwrap(), "a IN rarray(?1)");
            assert_eq!(&*texts.text(SQL, &[Value::Ints(Vec::new())]).unwrap(), "a IN rarray(?1)");
            assert!(texts.text(SQL, &[Value::Int(1)]).is_err());
        }
    }
}
