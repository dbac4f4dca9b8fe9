//! How a connection is set up.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::faults::outage;
use crate::Outage;

/// Of the file, so much is read through the page cache of the system without copying.
const MAPPED: i64 = 1 << 30;
/// How long a connection waits for another one (a checkpoint that waits for a reader, a backup).
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// A connection that writes.
pub(super) fn open(path: &Path) -> Result<Connection, Outage> {
    make_private(path)?;
    let connection = prepare(path).map_err(|error| named(path, &error))?;
    let set = || -> rusqlite::Result<()> {
        // FULL syncs the log at each commit; NORMAL would lose acknowledged writes in a power cut.
        connection.pragma_update(None, "synchronous", "FULL")?;
        // The writer decides when (see `writer`).
        connection.pragma_update(None, "wal_autocheckpoint", 0)?;
        // What was erased is overwritten with zeros, pages that become free included: nobody finds it in the file.
        connection.pragma_update(None, "secure_delete", true)?;
        connection.pragma_update(None, "cache_size", -32_000)
    };
    set().map_err(|error| named(path, &error))?;
    Ok(connection)
}

/// A connection that only reads.
pub(super) fn open_reader(path: &Path) -> Result<Connection, Outage> {
    let connection = prepare(path).map_err(|error| named(path, &error))?;
    connection.pragma_update(None, "query_only", true).map_err(|error| named(path, &error))?;
    Ok(connection)
}

/// Health records are not for everybody on this machine. SQLite gives its log the same mode.
fn make_private(path: &Path) -> Result<(), Outage> {
    let mut options = std::fs::File::options();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let made = options.open(path);
    made.map(drop).map_err(|error| Outage::Unavailable(format!("{}: {error}", path.display())))
}

fn named(path: &Path, error: &rusqlite::Error) -> Outage {
    match outage(error) {
        Outage::Busy => Outage::Busy,
        Outage::Unavailable(why) => Outage::Unavailable(format!("{}: {why}", path.display())),
    }
}

fn prepare(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "foreign_keys", false)?;
    connection.pragma_update(None, "mmap_size", MAPPED)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // As on PostgreSQL: a quoted word is a name and never a text, and LIKE minds the case.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    // A statement's plan does not depend on the values bound to it; without this SQLite plans some of
    // ours again at every run, which was half of what a read cost.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.pragma_update(None, "case_sensitive_like", true)?;
    rusqlite::vtab::array::load_module(&connection)?;
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pragma<T: rusqlite::types::FromSql>(connection: &Connection, name: &str) -> T {
        connection.pragma_query_value(None, name, |row| row.get(0)).unwrap()
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_is_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let writer = open(&folder.path().join("data")).unwrap();
        writer.execute_batch("CREATE TABLE a (b bigint)").unwrap();
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let file = file.unwrap();
            let mode = file.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{:?} has mode {mode:o}", file.file_name());
        }
    }

    #[test]
    fn the_writer_syncs_at_each_commit_and_a_reader_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data.db");
        let writer = open(&path).unwrap();
        assert_eq!(pragma::<i64>(&writer, "synchronous"), 2);
        assert_eq!(pragma::<String>(&writer, "journal_mode"), "wal");
        assert_eq!(pragma::<i64>(&writer, "wal_autocheckpoint"), 0);
        assert_eq!(pragma::<i64>(&writer, "secure_delete"), 1);
        let reader = open_reader(&path).unwrap();
        assert!(reader.execute_batch("CREATE TABLE a (b bigint)").is_err());
        assert!(pragma::<i64>(&reader, "mmap_size") > 0);
    }
}
