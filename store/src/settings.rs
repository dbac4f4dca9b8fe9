//! Which database, and how much of it.

use std::path::PathBuf;

/// The database behind a store.
#[derive(Clone, Debug)]
pub enum Database {
    /// An embedded file (SQLite); its folder must exist.
    Sqlite(PathBuf),
    /// A PostgreSQL server, `postgres://user@host/name`. The connection is not encrypted. A schema may be
    /// named with `?options=-csearch_path=…`.
    Postgres(String),
}

/// How a store is opened.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The database.
    pub database: Database,
    /// Reader threads (SQLite) or connections (PostgreSQL).
    pub connections: usize,
    /// Flights that may wait before a further one is told *busy*.
    pub queue: usize,
    /// Whether this is a short-lived command beside a running server: on SQLite it works without the
    /// lock that keeps a second server out.
    pub beside: bool,
}

impl Settings {
    /// Settings with room for 1,024 waiting flights, and with a reader a core (SQLite, at least two) or
    /// eight connections a core (PostgreSQL, where a connection waits for the disk at each commit).
    #[must_use]
    pub fn new(database: Database) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let connections = match database {
            Database::Sqlite(_) => cores.max(2),
            Database::Postgres(_) => (cores * 8).clamp(16, 64),
        };
        Self { database, connections, queue: 1024, beside: false }
    }
}
