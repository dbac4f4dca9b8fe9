//! Which database, and how much of it.

use std::path::PathBuf;

/// The database behind a store.
#[derive(Clone, Debug)]
pub enum Database {
    /// An embedded file (SQLite); its folder must exist.
    Sqlite(PathBuf),
    /// A PostgreSQL server, `postgres://user@host/name`.
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
}

impl Settings {
    /// Settings with a connection a core (at least two) and room for 1,024 waiting flights.
    #[must_use]
    pub fn new(database: Database) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self { database, connections: cores.max(2), queue: 1024 }
    }
}
