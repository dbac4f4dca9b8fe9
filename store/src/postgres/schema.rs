//! Migrations on PostgreSQL. Several servers may start at once.

use tokio_postgres::Client;
use tokio_postgres::error::SqlState;

use super::connect::Connections;
use super::faults::Fault;
use crate::migration::{self, RECORD, RECORDED, TABLE};
use crate::sql::statements;
use crate::{Migration, Outage};

/// Whoever starts a migration locks the record of them, and waits there for one that is under way.
const BEGIN: &str = "BEGIN; SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0; \
     LOCK TABLE migration IN SHARE ROW EXCLUSIVE MODE";

/// Applies the missing migrations, each in a transaction of its own.
pub(super) async fn migrate(connections: &Connections, migrations: &[Migration]) -> Result<(), Outage> {
    // What fails leaves the lease unclean, which ends the connection and its transaction.
    let mut lease = connections.lease().await?;
    let client = lease.client()?;
    create_record(client).await?;
    loop {
        client.batch_execute(BEGIN).await.map_err(Fault::from)?;
        let recorded = recorded(client).await?;
        let Some(step) = migration::missing(migrations, &recorded)?.first() else { break };
        apply(client, step).await?;
        tracing::info!(number = step.number, name = step.name, "migrated");
    }
    client.batch_execute("COMMIT").await.map_err(Fault::from)?;
    lease.is_clean();
    Ok(())
}

/// `IF NOT EXISTS` does not see what another server is creating in this moment.
async fn create_record(client: &Client) -> Result<(), Fault> {
    let mut tries = 0;
    loop {
        let Err(error) = client.batch_execute(TABLE).await else { return Ok(()) };
        let raced = matches!(
            error.code(),
            Some(&SqlState::UNIQUE_VIOLATION | &SqlState::DUPLICATE_TABLE | &SqlState::DUPLICATE_OBJECT)
        );
        if !raced || tries == 5 {
            return Err(error.into());
        }
        tries += 1;
    }
}

async fn recorded(client: &Client) -> Result<Vec<(i64, String)>, Fault> {
    let rows = client.query(RECORDED, &[]).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

async fn apply(client: &Client, step: &Migration) -> Result<(), Outage> {
    let named = |error: tokio_postgres::Error| {
        let why = match Fault::from(error) {
            Fault::Conflict(index) => format!("a conflict on {index}"),
            fault => Outage::from(fault).to_string(),
        };
        migration::failed(step, &why)
    };
    for statement in statements(step.sql) {
        client.batch_execute(statement).await.map_err(named)?;
    }
    let digest = migration::digest(step.sql);
    client.execute(RECORD, &[&step.number, &step.name, &digest]).await.map_err(named)?;
    client.batch_execute("COMMIT").await.map_err(named)
}
