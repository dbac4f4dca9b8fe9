//! The pool, and a connection lent from it.

use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod};
use tokio_postgres::{Config, NoTls};

use super::faults::Fault;
use crate::Outage;

/// Said to the server for each connection; the URL's own options come after and may say otherwise.
/// A commit is on the disk before it is answered; and nothing of ours waits or hangs for ever, should
/// a server of ours vanish in the middle of a flight. Our queries are short: no workers for a query, whose
/// rows might come in another order then (see `sql::Texts`).
const OPTIONS: &str = "-c synchronous_commit=on -c idle_in_transaction_session_timeout=30000 \
     -c lock_timeout=10000 -c statement_timeout=60000 -c max_parallel_workers_per_gather=0";

#[derive(Clone)]
pub(super) struct Connections(Pool);

impl Connections {
    /// Connects once, to see whether this database will do.
    pub(super) async fn open(url: &str, count: usize) -> Result<Self, Outage> {
        let config = config(url)?;
        let manager =
            Manager::from_config(config, NoTls, ManagerConfig { recycling_method: RecyclingMethod::Fast });
        let pool = Pool::builder(manager).max_size(count).build();
        let connections = Self(pool.map_err(|error| unavailable(&error.to_string()))?);
        let mut lease = connections.lease().await?;
        check(&lease).await?;
        lease.is_clean();
        drop(lease);
        Ok(connections)
    }

    /// Waits for a connection, for one flight.
    pub(super) async fn lease(&self) -> Result<Lease, Outage> {
        Ok(Lease { connection: Some(self.object().await?), clean: false })
    }

    /// Waits for a connection, to keep it.
    pub(super) async fn object(&self) -> Result<Object, Outage> {
        match self.0.get().await {
            Ok(connection) => Ok(connection),
            Err(PoolError::Backend(error)) => Err(Fault::from(error).into()),
            Err(error) => Err(unavailable(&error.to_string())),
        }
    }

    /// Has every connection prepare its statements anew.
    pub(super) fn forget_statements(&self) {
        self.0.manager().statement_caches.clear();
    }
}

/// A connection on loan. Unless it is known to be clean it does not go back to the pool, be it that a
/// flight failed, panicked or was given up: the next one would find itself in a stranger's
/// transaction.
pub(super) struct Lease {
    connection: Option<Object>,
    clean: bool,
}

impl Lease {
    pub(super) fn client(&self) -> Result<&Object, Fault> {
        self.connection.as_ref().ok_or_else(|| Fault::Lost("the connection was given back".to_owned()))
    }

    /// No transaction is open on it.
    pub(super) fn is_clean(&mut self) {
        self.clean = true;
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take()
            && !self.clean
        {
            drop(Object::take(connection));
        }
    }
}

fn unavailable(why: &str) -> Outage {
    Outage::Unavailable(format!("PostgreSQL: {why}"))
}

fn config(url: &str) -> Result<Config, Outage> {
    let mut config: Config = url.parse().map_err(|error| unavailable(&format!("the URL: {error}")))?;
    let options = config.get_options().map_or(OPTIONS.to_owned(), |theirs| format!("{OPTIONS} {theirs}"));
    config.options(options);
    if config.get_application_name().is_none() {
        config.application_name("keepwell");
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(Duration::from_secs(5));
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(Duration::from_secs(30));
    }
    config.keepalives_idle(Duration::from_secs(30));
    Ok(config)
}

async fn check(lease: &Lease) -> Result<(), Outage> {
    let asked = lease.client()?.query_one(
        "SELECT current_setting('server_encoding'), current_setting('synchronous_commit'),
                current_setting('fsync')",
        &[],
    );
    let row = asked.await.map_err(Fault::from)?;
    let setting = |column| row.try_get::<_, String>(column).map_err(Fault::from);
    if setting(0)? != "UTF8" {
        return Err(unavailable("the database's encoding must be UTF8"));
    }
    if setting(1)? == "off" {
        return Err(unavailable("synchronous_commit is off, so an answer would not mean that it is kept"));
    }
    if setting(2)? == "off" {
        tracing::warn!("the PostgreSQL server runs with fsync=off: a power cut may destroy the database");
    }
    Ok(())
}
