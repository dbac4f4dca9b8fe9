//! Short reads, answered on the thread that asks.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

use super::{connection, reader};
use crate::flight::Step;
use crate::sql::Texts;
use crate::{Outage, Row};

/// Connections for whoever comes; there are about as many as threads that ask.
pub(super) struct Spot {
    free: Mutex<Vec<Connection>>,
    texts: Arc<Texts>,
}

impl Spot {
    pub(super) fn open(path: &Path, connections: usize, texts: Arc<Texts>) -> Result<Self, Outage> {
        let free = (0..connections).map(|_| connection::open_reader(path)).collect::<Result<_, _>>()?;
        Ok(Self { free: Mutex::new(free), texts })
    }

    fn free(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers the flight here and now; `None` when no connection is free, for then a reader must do it.
    pub(super) fn answer(&self, steps: &[Step]) -> Option<Result<Vec<Vec<Row>>, Outage>> {
        let connection = self.free().pop()?;
        let answer = reader::answer(&connection, &self.texts, steps)?;
        self.free().push(connection);
        Some(answer)
    }

    /// Gives up the connections, so that the writer has the file to itself.
    pub(super) fn close(&self) {
        self.free().clear();
    }
}
