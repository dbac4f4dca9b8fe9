//! PostgreSQL's texts, remembered; and several queries in one.

use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::FxHashMap;

use super::key::{Key, misfit, shapes, text};
use super::rewrite::{Dialect, rewrite_after};
use crate::Outage;
use crate::flight::Step;

/// So many queries at most are put into one.
const TOGETHER: usize = 8;
/// So many different ones are made, each of which every connection keeps prepared. A caller may choose
/// among many queries; in all combinations they would be too many.
const COMBINATIONS: usize = 256;

/// The texts that were made.
#[derive(Default)]
pub(crate) struct Texts {
    single: RwLock<FxHashMap<Key, Arc<str>>>,
    together: RwLock<FxHashMap<Vec<Key>, Arc<str>>>,
}

impl Texts {
    /// The text of a statement with these parameters.
    ///
    /// # Errors
    /// `Outage::Unavailable` when they don't fit the text.
    pub(crate) fn text(&self, step: &Step) -> Result<Arc<str>, Outage> {
        let key = Key::of(step.sql, &step.params)?;
        if let Some(text) = self.single.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(text.clone());
        }
        let text: Arc<str> = text(Dialect::Postgres, step.sql, &step.params)?.into();
        self.single.write().unwrap_or_else(PoisonError::into_inner).insert(key, text.clone());
        Ok(text)
    }

    /// One query for several: its rows are the number of the one that they are of, and its row as a
    /// record. The parameters are those of all, one after the other. `None` when there are too many.
    ///
    /// # Errors
    /// `Outage::Unavailable` when a query's parameters don't fit its text.
    pub(crate) fn together(&self, steps: &[Step]) -> Result<Option<Arc<str>>, Outage> {
        if steps.len() > TOGETHER {
            return Ok(None);
        }
        let keys = steps.iter().map(|step| Key::of(step.sql, &step.params)).collect::<Result<Vec<_>, _>>()?;
        {
            let known = self.together.read().unwrap_or_else(PoisonError::into_inner);
            if let Some(text) = known.get(&keys) {
                return Ok(Some(text.clone()));
            }
            if known.len() >= COMBINATIONS {
                return Ok(None);
            }
        }
        let text: Arc<str> = union(steps)?.into();
        self.together.write().unwrap_or_else(PoisonError::into_inner).insert(keys, text.clone());
        Ok(Some(text))
    }
}

/// The rows of each query come in its own order, since PostgreSQL appends one after the other.
fn union(steps: &[Step]) -> Result<String, Outage> {
    let mut all = String::new();
    let mut before = 0;
    for (number, step) in steps.iter().enumerate() {
        let part = rewrite_after(step.sql, Dialect::Postgres, &shapes(&step.params), before)
            .map_err(|why| misfit(&why, step.sql))?;
        before += step.params.len();
        let and = if number == 0 { "" } else { " UNION ALL " };
        // A new line, for the text may end in a comment.
        all.push_str(&format!("{and}SELECT {number}, one_of_all FROM ({part}\n) one_of_all"));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Value, params};

    fn step(sql: &'static str, params: Vec<Value>) -> Step {
        Step { sql, params, expects: Vec::new(), rows: None }
    }

    #[test]
    fn several_queries_are_one_that_numbers_its_rows() {
        let texts = Texts::default();
        let two = [step("SELECT a -- b", params![]), step("SELECT $2, $1", params![1_i64, 2_i64])];
        let three = [two[1].clone(), two[1].clone(), two[0].clone()];
        for _ in 0..2 {
            let text = texts.together(&two).unwrap().unwrap();
            assert_eq!(
                &*text,
                "SELECT 0, one_of_all FROM (SELECT a -- b\n) one_of_all \
                 UNION ALL SELECT 1, one_of_all FROM (SELECT $2, $1\n) one_of_all"
            );
            assert!(texts.together(&three).unwrap().unwrap().contains("SELECT $4, $3"));
        }
        assert!(texts.together(&[step("SELECT $1", params![])]).is_err());
    }

    #[test]
    fn there_is_an_end_to_combinations() {
        let texts = Texts::default();
        let one = |lists: u32, place: u32| match lists >> place & 1 {
            0 => step("SELECT a IN $1[]", params![vec![1_i64]]),
            _ => step("SELECT a IN $1[]", params![vec![1_i64, 2]]),
        };
        let flights: Vec<Vec<Step>> =
            (0..512).map(|lists| (0..8).map(|place| one(lists % 256, place)).collect()).collect();
        assert!(flights.iter().all(|steps| texts.together(steps).unwrap().is_some()));
        assert!(texts.together(&flights[0][..7]).unwrap().is_none());
        let nine: Vec<Step> = (0..9).map(|place| one(0, place)).collect();
        assert!(texts.together(&nine).unwrap().is_none());
    }
}
