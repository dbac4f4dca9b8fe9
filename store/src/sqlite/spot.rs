//! Short reads on the thread that asks. To hand over some microseconds of work, and to be woken for its answer, costs as
//! much as the work; and with fewer threads that want a core, each has it sooner.
//!
//! The thread is one of the runtime's. It waits when a page has to come from the disk, so only reads of few rows by
//! their keys are done here, by as many threads at once as there are reader threads.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{CachedStatement, Connection};
use rustc_hash::FxHashMap;

use super::faults::Fault;
use super::run::carry_out;
use crate::Outage;
use crate::answers::Rows;
use crate::flight::Step;
use crate::sql::{Dialect, Key, text};

/// Statements that a connection keeps prepared.
const KEPT: usize = 128;

/// Connections that nobody uses in this moment.
pub(super) struct Spots(Mutex<Vec<Spot>>);

/// A connection that goes from thread to thread, and so cannot hold statements that borrow it (`run::Statements`): it
/// finds them by their texts.
struct Spot {
    connection: Connection,
    texts: FxHashMap<Key, Arc<str>>,
}

impl Spots {
    pub(super) fn on(connections: Vec<Connection>) -> Self {
        Self(Mutex::new(connections.into_iter().map(Spot::on).collect()))
    }

    fn free(&self) -> MutexGuard<'_, Vec<Spot>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers the flight; `None` when no connection is free.
    pub(super) fn read(&self, steps: &[Step]) -> Option<Result<Vec<Rows>, Outage>> {
        let mut spot = self.free().pop()?;
        let answer = catch_unwind(AssertUnwindSafe(|| spot.flight(steps).map_err(Outage::from)))
            .unwrap_or_else(|_| Err(Outage::Unavailable("a reader panicked".to_owned())));
        // The snapshot must not outlive the flight: it would hold up every checkpoint.
        if spot.connection.is_autocommit() || spot.connection.execute_batch("ROLLBACK").is_ok() {
            self.free().push(spot);
        }
        Some(answer)
    }

    pub(super) fn close(&self) {
        self.free().clear();
    }
}

impl Spot {
    fn on(connection: Connection) -> Self {
        connection.set_prepared_statement_cache_capacity(KEPT);
        Self { connection, texts: FxHashMap::default() }
    }

    /// Several statements share a transaction, so that they see one snapshot; one needs none.
    fn flight(&mut self, steps: &[Step]) -> Result<Vec<Rows>, Fault> {
        if let [step] = steps {
            return Ok(vec![self.step(step)?]);
        }
        self.prepared("BEGIN")?.raw_execute()?;
        let rows = steps.iter().map(|step| self.step(step)).collect::<Result<_, Fault>>()?;
        self.prepared("COMMIT")?.raw_execute()?;
        Ok(rows)
    }

    fn step(&mut self, step: &Step) -> Result<Rows, Fault> {
        let key = Key::of(step.sql, &step.params)?;
        let text = match self.texts.get(&key) {
            Some(text) => Arc::clone(text),
            None => {
                let text: Arc<str> = text(Dialect::Sqlite, step.sql, &step.params)?.into();
                self.texts.insert(key, Arc::clone(&text));
                text
            }
        };
        Ok(carry_out(&mut *self.prepared(&text)?, step)?.rows)
    }

    fn prepared(&self, text: &str) -> rusqlite::Result<CachedStatement<'_>> {
        self.connection.prepare_cached(text)
    }
}
