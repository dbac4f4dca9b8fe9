//! When the log is written back to the file: beside the writer as long as it is short, and by the writer
//! itself when it must begin anew.
//!
//! Only the writer can let the log begin anew while it writes: whoever writes back beside it never catches
//! up. But most of the work is done by then.

use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;

use super::super::connection::PATIENCE;
use super::super::thread;
use crate::Outage;

/// Frames (pages of 4 KiB) that come to the log before they are written back beside the writer.
const MANY: i64 = 2_000;
/// Above so many the writer lets the log begin anew, and waits for readers of old snapshots.
const TOO_MANY: i64 = 8_000;
/// They are waited for no longer than this: a read flight is short.
const WAIT: Duration = Duration::from_millis(500);

/// The writer's account of the log.
pub(in super::super) struct Checkpoints {
    helper: Option<Helper>,
    /// Frames in the log when the helper was last asked, or it was last tried to begin anew.
    seen: i64,
    /// Groups since the log was last emptied.
    dirty: bool,
}

/// A thread with a connection of its own, which writes back without waiting for anybody.
struct Helper {
    ask: SyncSender<()>,
    /// Whoever writes back holds it: SQLite refuses a second one at once, however patient it is.
    turn: Arc<Mutex<()>>,
    thread: JoinHandle<()>,
}

/// What SQLite answers to a checkpoint.
struct State {
    frames: i64,
}

impl Checkpoints {
    /// With a helper on this connection.
    pub(in super::super) fn beside(connection: Connection) -> Result<Self, Outage> {
        let (ask, asked) = sync_channel::<()>(1);
        let turn = Arc::new(Mutex::new(()));
        let own = turn.clone();
        let work = move || {
            while asked.recv().is_ok() {
                let _turn = own.lock().unwrap_or_else(PoisonError::into_inner);
                checkpoint(&connection, "PRAGMA wal_checkpoint(PASSIVE)");
            }
        };
        let thread = thread("store log".to_owned(), work)?;
        Ok(Self { helper: Some(Helper { ask, turn, thread }), seen: 0, dirty: false })
    }

    /// After a group: keeps the log below its limits.
    pub(super) fn after_group(&mut self, connection: &Connection) {
        self.dirty = true;
        let Some(State { frames }) = checkpoint(connection, "PRAGMA wal_checkpoint(NOOP)") else { return };
        // The log began anew.
        if frames < self.seen {
            self.seen = 0;
        }
        let is_long = frames > TOO_MANY && self.seen <= TOO_MANY;
        if !is_long && frames - self.seen <= MANY {
            return;
        }
        self.seen = frames;
        if frames > TOO_MANY {
            // Not cut off: a log that keeps its room on the disk is synced sooner. Held up by a reader, it is
            // tried again when as much has come again.
            self.patiently(connection, "PRAGMA wal_checkpoint(RESTART)");
        } else if let Some(helper) = &self.helper
            && let Err(TrySendError::Disconnected(())) = helper.ask.try_send(())
        {
            tracing::error!("nobody writes the log of the store back beside the writer");
            self.helper = None;
        }
    }

    /// In a quiet moment: empties the log.
    pub(super) fn in_quiet(&mut self, connection: &Connection) {
        if self.dirty {
            self.patiently(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    fn patiently(&mut self, connection: &Connection, pragma: &'static str) {
        let turn = self.helper.as_ref().map(|helper| helper.turn.clone());
        let _turn = turn.as_ref().map(|turn| turn.lock().unwrap_or_else(PoisonError::into_inner));
        let _ = connection.busy_timeout(WAIT);
        if let Some(State { frames }) = checkpoint(connection, pragma) {
            self.dirty = frames != 0;
        }
        let _ = connection.busy_timeout(PATIENCE);
    }
}

impl Drop for Checkpoints {
    /// The last connection to be closed writes all of the log back, and that is to be the writer's.
    fn drop(&mut self) {
        if let Some(Helper { ask, thread, .. }) = self.helper.take() {
            drop(ask);
            let _ = thread.join();
        }
    }
}

fn checkpoint(connection: &Connection, pragma: &'static str) -> Option<State> {
    let asked = connection
        .prepare_cached(pragma)
        .and_then(|mut statement| statement.query_row([], |row| Ok(State { frames: row.get(1)? })));
    asked.inspect_err(|error| tracing::error!(%error, "a checkpoint of the store failed")).ok()
}
