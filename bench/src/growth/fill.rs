//! Fills tables past the domain: a million things would take it an hour, and what is measured is how they
//! are found.

use std::path::Path;

use keepwell_core::Env;
use keepwell_core::thing_types::WEIGHT;
use keepwell_testkit::weight_xml;
use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::fixture::Fixture;
use crate::servers::floor::{INSERT, NO_END};
use crate::servers::keepwell;

/// Things of each record that is there only to fill the database.
const EACH: u64 = 1_000;
/// 2020-01-01, wall clock in microseconds: older than what the records have.
const LONG_AGO: i64 = 1_577_836_800_000_000;
const MINUTE: i64 = 60_000_000;

/// Adds records of strangers until the database has so many things.
pub fn database(folder: &Path, things: u64) -> anyhow::Result<()> {
    let env = Env::system();
    let fill = Fill::open(folder)?;
    let mut there = fill.count("SELECT count(*) FROM thing")?;
    while there < things {
        let count = EACH.min(things - there);
        fill.add(&env, env.uuid(), count)?;
        there += count;
    }
    fill.done()
}

/// Makes the record that is read one of so many things: the oldest go, or older ones come.
pub fn record(folder: &Path, things: u64) -> anyhow::Result<()> {
    let env = Env::system();
    let fill = Fill::open(folder)?;
    let record = Fixture::read(folder)?.records.first().map(|(_, id)| *id).unwrap_or_default();
    fill.connection.execute(
        "DELETE FROM thing WHERE record_id = ?1 AND thing_id NOT IN (SELECT thing_id FROM thing \
         WHERE record_id = ?1 ORDER BY eff_date DESC, created_at DESC, thing_id DESC LIMIT ?2)",
        params![record.as_bytes(), i64::try_from(things)?],
    )?;
    let text = format!("SELECT count(*) FROM thing WHERE record_id = x'{}'", record.simple());
    let there = fill.count(&text)?;
    fill.add(&env, record, things.saturating_sub(there))?;
    fill.done()
}

struct Fill {
    connection: Connection,
    person: Uuid,
    app: Uuid,
}

impl Fill {
    fn open(folder: &Path) -> anyhow::Result<Self> {
        let fixture = Fixture::read(folder)?;
        let connection = Connection::open(keepwell::database(folder))?;
        connection.pragma_update(None, "synchronous", "OFF")?;
        connection.pragma_update(None, "cache_size", -256_000)?;
        connection.execute_batch("BEGIN")?;
        Ok(Self { connection, person: fixture.person, app: fixture.app })
    }

    fn count(&self, text: &str) -> anyhow::Result<u64> {
        let count: i64 = self.connection.query_row(text, [], |row| row.get(0))?;
        Ok(count.try_into()?)
    }

    fn add(&self, env: &Env, record: Uuid, count: u64) -> anyhow::Result<()> {
        let mut insert = self.connection.prepare_cached(INSERT)?;
        for number in 0..count {
            let at = LONG_AGO - i64::try_from(number)? * MINUTE;
            let data = weight_xml(60.0, u32::try_from(1 + number % 30)?);
            insert.execute(params![
                record.as_bytes(),
                env.uuid().as_bytes(),
                env.uuid().as_bytes(),
                WEIGHT.0.as_bytes(),
                at,
                NO_END,
                self.app.as_bytes(),
                self.person.as_bytes(),
                data,
                i64::try_from(data.len())?,
            ])?;
        }
        Ok(())
    }

    /// On the disk, with the log written back.
    fn done(self) -> anyhow::Result<()> {
        self.connection.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")?;
        self.connection.close().map_err(|(_, error)| error)?;
        Ok(())
    }
}
