//! When the log is written back to the file. A thread of its own would race the writer and let the
//! log grow, so the writer does it between groups.

use std::time::Duration;

use rusqlite::Connection;

use super::super::connection::PATIENCE;

/// Frames (pages of 4 KiB) in the log above which it is written back without waiting for anybody.
const MANY: i64 = 2_000;
/// Above so many, readers of old snapshots are waited for, so that the log starts anew.
const TOO_MANY: i64 = 20_000;
/// They are waited for no longer than this: a read flight is short.
const WAIT: Duration = Duration::from_millis(500);

/// The writer's account of the log.
#[derive(Default)]
pub(super) struct Checkpoints {
    /// Frames in the log that are in the file already.
    written_back: i64,
    /// Groups since the log was last emptied.
    dirty: bool,
}

/// What SQLite answers to a checkpoint.
struct State {
    frames: i64,
    written_back: i64,
}

impl Checkpoints {
    /// After a group: keeps the log below its limits.
    pub(super) fn after_group(&mut self, connection: &Connection) {
        self.dirty = true;
        let Some(State { frames, .. }) = ask(connection, "PRAGMA wal_checkpoint(NOOP)") else { return };
        // The writer started the log anew.
        if frames < self.written_back {
            self.written_back = 0;
        }
        if frames > TOO_MANY {
            self.truncate(connection);
        } else if frames - self.written_back > MANY
            && let Some(state) = ask(connection, "PRAGMA wal_checkpoint(PASSIVE)")
        {
            // Held up by a reader, it is tried again when as much has come again.
            self.written_back = state.frames.max(state.written_back);
        }
    }

    /// In a quiet moment: empties the log.
    pub(super) fn in_quiet(&mut self, connection: &Connection) {
        if self.dirty {
            self.truncate(connection);
        }
    }

    fn truncate(&mut self, connection: &Connection) {
        let _ = connection.busy_timeout(WAIT);
        if let Some(state) = ask(connection, "PRAGMA wal_checkpoint(TRUNCATE)") {
            self.dirty = state.frames != 0;
            self.written_back = state.written_back;
        }
        let _ = connection.busy_timeout(PATIENCE);
    }
}

fn ask(connection: &Connection, pragma: &'static str) -> Option<State> {
    let asked = connection.prepare_cached(pragma).and_then(|mut statement| {
        statement.query_row([], |row| Ok(State { frames: row.get(1)?, written_back: row.get(2)? }))
    });
    asked.inspect_err(|error| tracing::error!(%error, "a checkpoint of the store failed")).ok()
}
