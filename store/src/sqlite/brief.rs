//! Short reads, on the thread that asks for them.
//!
//! Most flights take a few dozen microseconds; waking a reader thread for one, and the caller when it is done,
//! costs more than that. So a flight is tried at once. One that turns out to be long is given up after a
//! bounded number of steps of SQLite's machine and begun anew by a reader thread, so that it holds up nothing
//! that the caller's thread has to do beside it.

use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, TryLockError};

use rusqlite::Connection;

use super::connection;
use super::faults::outage;
use super::reader::guarded;
use crate::flight::Step;
use crate::sql::Texts;
use crate::{Outage, Row};

/// Steps of SQLite's machine between two looks at the budget.
const STRIDE: i32 = 1_000;
/// Strides that a flight may take here: one to two milliseconds.
const STRIDES: i64 = 40;

/// Connections for whoever comes, each for one at a time.
pub(super) struct Brief {
    texts: Arc<Texts>,
    places: Vec<Place>,
}

struct Place {
    /// None once it is closed, or could not end its transaction.
    connection: Mutex<Option<Connection>>,
    /// What is left of the budget of the flight that runs.
    budget: Arc<AtomicI64>,
}

impl Brief {
    /// As many connections as flights can run at the same time.
    pub(super) fn open(path: &Path, texts: Arc<Texts>) -> Result<Self, Outage> {
        let count = std::thread::available_parallelism().map_or(2, usize::from);
        let places = (0..count).map(|_| Place::open(path)).collect::<Result<_, _>>()?;
        Ok(Self { texts, places })
    }

    /// The answer, unless nobody is free for it or it takes too long.
    pub(super) fn read(&self, steps: &[Step]) -> Option<Result<Vec<Vec<Row>>, Outage>> {
        self.places.iter().find_map(Place::take).and_then(|(mut taken, place)| {
            let connection = taken.as_ref()?;
            place.budget.store(STRIDES, Ordering::Relaxed);
            let (answer, sound) = guarded(connection, &self.texts, steps);
            if !sound {
                *taken = None;
            }
            let ended = place.budget.load(Ordering::Relaxed) < 0;
            if ended && answer.is_err() { None } else { Some(answer) }
        })
    }

    /// Closes the connections, so that the writer's last checkpoint finds the file to itself.
    pub(super) fn close(&mut self) {
        self.places.clear();
    }
}

impl Place {
    fn open(path: &Path) -> Result<Self, Outage> {
        let mut connection = connection::open_reader(path)?;
        let budget = Arc::new(AtomicI64::new(0));
        let left = budget.clone();
        let is_spent = move || left.fetch_sub(1, Ordering::Relaxed) <= 0;
        connection.progress_handler(STRIDE, Some(is_spent)).map_err(|error| outage(&error))?;
        Ok(Self { connection: Mutex::new(Some(connection)), budget })
    }

    /// The place, if nobody is there and its connection is sound.
    fn take(&self) -> Option<(MutexGuard<'_, Option<Connection>>, &Self)> {
        let taken = match self.connection.try_lock() {
            Ok(taken) => taken,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return None,
        };
        taken.is_some().then_some((taken, self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::Dialect;

    fn step(sql: &'static str) -> Step {
        Step { sql, params: Vec::new(), expects: Vec::new(), rows: true }
    }

    const LONG: &str = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) \
                        SELECT max(i) FROM n";

    fn brief() -> (tempfile::TempDir, Brief) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data.db");
        drop(connection::open(&path).unwrap());
        let brief = Brief::open(&path, Arc::new(Texts::new(Dialect::Sqlite))).unwrap();
        (folder, brief)
    }

    #[test]
    fn a_long_flight_is_given_up_and_a_short_one_after_it_is_answered() {
        let (_folder, brief) = brief();
        for _ in 0..8 {
            assert!(brief.read(&[step("SELECT 1"), step(LONG)]).is_none());
            let answer = brief.read(&[step("SELECT 1"), step("SELECT 2")]).unwrap().unwrap();
            assert_eq!(answer.len(), 2);
        }
    }

    #[test]
    fn an_error_is_the_answer_and_not_a_reason_to_try_again() {
        let (_folder, brief) = brief();
        assert!(brief.read(&[step("SELECT * FROM nowhere")]).unwrap().is_err());
    }

    #[test]
    fn nobody_waits_for_a_place() {
        let (_folder, brief) = brief();
        let taken: Vec<_> = brief.places.iter().map(|place| place.take().unwrap()).collect();
        assert!(brief.read(&[step("SELECT 1")]).is_none());
        drop(taken);
        assert!(brief.read(&[step("SELECT 1")]).is_some());
    }
}
