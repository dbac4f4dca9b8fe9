//! Migrations on SQLite.

use rusqlite::{Connection, TransactionBehavior};

use super::faults::outage;
use crate::migration::{self, RECORD, RECORDED, TABLE};
use crate::sql::statements;
use crate::{Migration, Outage};

/// Applies the missing migrations, each in a transaction of its own.
pub(super) fn migrate(connection: &mut Connection, migrations: &[Migration]) -> Result<(), Outage> {
    connection.execute_batch(TABLE).map_err(|error| outage(&error))?;
    let recorded = recorded(connection).map_err(|error| outage(&error))?;
    for step in migration::missing(migrations, &recorded)? {
        apply(connection, step)?;
        tracing::info!(number = step.number, name = step.name, "migrated");
    }
    Ok(())
}

fn recorded(connection: &Connection) -> rusqlite::Result<Vec<(i64, String)>> {
    let mut statement = connection.prepare(RECORDED)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

fn apply(connection: &mut Connection, step: &Migration) -> Result<(), Outage> {
    let named = |error: rusqlite::Error| migration::failed(step, &error.to_string());
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(named)?;
    for statement in statements(step.sql) {
        transaction.execute_batch(statement).map_err(named)?;
    }
    let (name, digest) = (step.name, migration::digest(step.sql));
    // SQLite would number `$n` by first appearance, which here is their order.
    transaction.execute(RECORD, rusqlite::params![step.number, name, digest]).map_err(named)?;
    transaction.commit().map_err(named)
}
