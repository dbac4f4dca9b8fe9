//! The floor's reading on PostgreSQL, with the driver directly.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Context as _;
use tokio_postgres::{Client, NoTls, Row, Statement};
use uuid::Uuid;

const NEWEST: &str = "SELECT thing_id, version_stamp, type_id, deleted, flags, eff_date, end_date, created_at, \
    created_app, created_person, created_avenue, updated_at, updated_app, updated_person, updated_avenue, \
    client_thing_id, tags, data_xml FROM thing \
    WHERE record_id = $1 AND type_id = $2 AND deleted = FALSE \
    ORDER BY eff_date DESC, created_at DESC, thing_id DESC LIMIT $3";

/// As many connections as Keepwell opens, each used by several requests at once.
pub struct Postgres {
    connections: Vec<(Client, Statement)>,
    next: AtomicUsize,
}

impl Postgres {
    /// Connects.
    pub async fn open(url: &str, count: usize) -> anyhow::Result<Arc<Self>> {
        let mut connections = Vec::with_capacity(count);
        for _ in 0..count {
            let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
            tokio::spawn(connection);
            let statement = client.prepare(NEWEST).await?;
            connections.push((client, statement));
        }
        Ok(Arc::new(Self { connections, next: AtomicUsize::new(0) }))
    }

    /// The newest things of a type, every column read; answers their data.
    pub async fn newest(&self, record: Uuid, type_id: Uuid, count: u32) -> anyhow::Result<Vec<String>> {
        let turn = self.next.fetch_add(1, Ordering::Relaxed) % self.connections.len().max(1);
        let (client, statement) = self.connections.get(turn).context("no connection")?;
        let rows = client.query(statement, &[&record, &type_id, &i64::from(count)]).await?;
        let data = |row: &Row| -> Result<String, tokio_postgres::Error> {
            std::hint::black_box(beside(row)?);
            row.try_get(17)
        };
        Ok(rows.iter().map(data).collect::<Result<_, _>>()?)
    }
}

type Beside = ([Uuid; 3], (bool, i64), [i64; 4], [Option<Uuid>; 4], [String; 3], Option<String>);

/// Everything but the data.
fn beside(row: &Row) -> Result<Beside, tokio_postgres::Error> {
    Ok((
        [row.try_get(0)?, row.try_get(1)?, row.try_get(2)?],
        (row.try_get(3)?, row.try_get(4)?),
        [row.try_get(5)?, row.try_get(6)?, row.try_get(7)?, row.try_get(11)?],
        [row.try_get(8)?, row.try_get(9)?, row.try_get(12)?, row.try_get(13)?],
        [row.try_get(10)?, row.try_get(14)?, row.try_get(16)?],
        row.try_get(15)?,
    ))
}
