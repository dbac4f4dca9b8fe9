//! One process a file: a second one would not see the first one's queue, caches and checkpoints.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::Outage;

/// Takes the lock of a data file. It is held as long as the answer lives, and the system gives it up
/// when the process ends in whatever way.
pub(super) fn take(path: &Path) -> Result<File, Outage> {
    let mut name = path.as_os_str().to_owned();
    // Not the data file itself: closing any handle on it would drop SQLite's own locks.
    name.push(".lock");
    let refuse = |why: String| Outage::Unavailable(format!("{}: {why}", Path::new(&name).display()));
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&name)
        .map_err(|error| refuse(format!("cannot be opened: {error}")))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            Err(refuse("another process has this database open (one server, one SQLite file)".to_owned()))
        }
        Err(TryLockError::Error(error)) => Err(refuse(format!("cannot be locked: {error}"))),
    }
}
