//! The floor's SQL, on the driver directly: the columns and indexes are Keepwell's own.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use keepwell_core::Env;
use keepwell_core::thing_types::WEIGHT;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, Row, params};
use uuid::Uuid;

const NEWEST: &str = "SELECT thing_id, version_stamp, type_id, deleted, flags, eff_date, end_date, created_at, \
    created_app, created_person, created_avenue, updated_at, updated_app, updated_person, updated_avenue, \
    client_thing_id, tags, data_xml FROM thing \
    WHERE record_id = ?1 AND type_id = ?2 AND deleted = FALSE \
    ORDER BY eff_date DESC, created_at DESC, thing_id DESC LIMIT ?3";
/// A thing: record, id, stamp, type, a time for all its times, end, application, person, data, size.
pub const INSERT: &str = "INSERT INTO thing (record_id, thing_id, version_stamp, type_id, deleted, flags, eff_date, \
    end_date, created_at, created_app, created_person, created_avenue, updated_at, updated_app, \
    updated_person, updated_avenue, client_thing_id, tags, data_xml, size_bytes) \
    VALUES (?1, ?2, ?3, ?4, FALSE, 0, ?5, ?6, ?5, ?7, ?8, 'Online', ?5, ?7, ?8, 'Online', NULL, '', ?9, ?10)";

/// Far in the future: no end.
pub const NO_END: i64 = 253_402_214_400_000_000;

/// A row to insert.
pub struct NewThing {
    pub record: Uuid,
    pub person: Uuid,
    pub app: Uuid,
    pub data_xml: String,
}

/// Connections, as many readers as are used at once and one writer.
pub struct Store {
    readers: Mutex<Vec<Connection>>,
    writer: Mutex<Connection>,
    env: Env,
}

impl Store {
    /// Opens the file with the pragmas that Keepwell uses; a checkpoint comes when SQLite thinks best.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let open = || -> rusqlite::Result<Connection> {
            let connection = Connection::open(path)?;
            connection.pragma_update(None, "journal_mode", "WAL")?;
            connection.pragma_update(None, "mmap_size", 1_i64 << 30)?;
            connection.pragma_update(None, "synchronous", "FULL")?;
            // Without it SQLite plans a statement anew for each new value of LIMIT.
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
            Ok(connection)
        };
        let readers = (0..std::thread::available_parallelism()?.get()).map(|_| open());
        Ok(Self {
            readers: Mutex::new(readers.collect::<Result<_, _>>()?),
            writer: Mutex::new(open()?),
            env: Env::system(),
        })
    }

    /// The newest things of a type, every column read; answers their data.
    pub fn newest(&self, record: Uuid, type_id: Uuid, count: u32) -> anyhow::Result<Vec<String>> {
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        let connection = readers.pop();
        drop(readers);
        // There is one for each of tokio's threads.
        let Some(connection) = connection else { anyhow::bail!("no connection is free") };
        let rows = newest(&connection, record, type_id, count);
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        Ok(rows?)
    }

    /// Inserts a thing in a transaction of its own, on the disk when this returns.
    pub fn insert(&self, thing: &NewThing) -> anyhow::Result<()> {
        let (id, stamp, now) = (self.env.uuid(), self.env.uuid(), self.env.now());
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let size = i64::try_from(thing.data_xml.len())?;
        writer.prepare_cached(INSERT)?.execute(params![
            thing.record.as_bytes(),
            id.as_bytes(),
            stamp.as_bytes(),
            WEIGHT.0.as_bytes(),
            now,
            NO_END,
            thing.app.as_bytes(),
            thing.person.as_bytes(),
            thing.data_xml,
            size,
        ])?;
        Ok(())
    }
}

fn newest(connection: &Connection, record: Uuid, type_id: Uuid, count: u32) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare_cached(NEWEST)?;
    let rows = statement.query_map(params![record.as_bytes(), type_id.as_bytes(), count], |row| {
        std::hint::black_box(beside(row)?);
        row.get(17)
    })?;
    rows.collect()
}

type Beside = ([[u8; 16]; 3], (bool, i64), [i64; 4], [Option<[u8; 16]>; 4], [String; 3], Option<String>);

/// Everything but the data.
fn beside(row: &Row<'_>) -> rusqlite::Result<Beside> {
    Ok((
        [row.get(0)?, row.get(1)?, row.get(2)?],
        (row.get(3)?, row.get(4)?),
        [row.get(5)?, row.get(6)?, row.get(7)?, row.get(11)?],
        [row.get(8)?, row.get(9)?, row.get(12)?, row.get(13)?],
        [row.get(10)?, row.get(14)?, row.get(16)?],
        row.get(15)?,
    ))
}
