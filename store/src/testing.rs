//! Fresh databases for tests, on both engines.

use std::env;

use tokio_postgres::NoTls;

use crate::{Database, Migration, Settings, Store};

/// Where the tests find a PostgreSQL server; `postgres-for-tests` in this crate's folder starts one.
pub const SERVER: &str = "KEEPWELL_TEST_POSTGRES";

/// An engine to test on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestEngine {
    /// A file in a folder of its own.
    Sqlite,
    /// A schema of its own on the server for tests (a database of its own takes 30 times as long).
    Postgres,
}

impl TestEngine {
    /// Both.
    pub const ALL: [TestEngine; 2] = [TestEngine::Sqlite, TestEngine::Postgres];
}

/// Keeps a fresh database; dropping it deletes the database.
#[derive(Debug)]
pub struct Guard(Kept);

#[derive(Debug)]
enum Kept {
    Folder { _folder: tempfile::TempDir },
    Schema { server: String, name: String },
}

/// An empty database, and what keeps it. `None`, said aloud, when there is no server for tests.
///
/// # Panics
/// When it cannot be made.
#[must_use]
pub fn fresh(engine: TestEngine) -> Option<(Settings, Guard)> {
    let (database, kept) = match engine {
        TestEngine::Sqlite => {
            let folder = must(tempfile::tempdir(), "a folder");
            (Database::Sqlite(folder.path().join("keepwell.db")), Kept::Folder { _folder: folder })
        }
        TestEngine::Postgres => {
            let Ok(server) = env::var(SERVER) else {
                // Past the capture of output, which hides what a passing test says.
                use std::io::Write as _;
                let _ = writeln!(std::io::stderr(), "SKIPPED on PostgreSQL: {SERVER} is not set");
                return None;
            };
            // Not the house's randomness: which name it is decides nothing.
            #[expect(clippy::disallowed_methods, reason = "a name for a test's database")]
            let name = format!("kw_{}", uuid::Uuid::new_v4().simple());
            order(&server, &format!("CREATE SCHEMA {name}"));
            (Database::Postgres(within(&server, &name)), Kept::Schema { server, name })
        }
    };
    let mut settings = Settings::new(database);
    // Many tests share one server.
    settings.connections = 4;
    Some((settings, Guard(kept)))
}

/// A store on an empty database with this schema. The guard must outlive the store.
///
/// # Panics
/// When it cannot be made.
pub async fn fresh_store(engine: TestEngine, migrations: &[Migration]) -> Option<(Store, Guard)> {
    let (settings, guard) = fresh(engine)?;
    Some((must(Store::open(&settings, migrations).await, "a store"), guard))
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Kept::Schema { server, name } = &self.0 {
            order(server, &format!("DROP SCHEMA IF EXISTS {name} CASCADE"));
        }
    }
}

#[expect(clippy::panic, reason = "a test that has no database cannot go on")]
fn must<T, E: std::fmt::Display>(result: Result<T, E>, what: &str) -> T {
    result.unwrap_or_else(|error| panic!("{what} for a test: {error}"))
}

/// The URL of a schema within the server's database.
fn within(url: &str, name: &str) -> String {
    let more = if url.contains('?') { '&' } else { '?' };
    format!("{url}{more}options=-csearch_path={name}")
}

/// Tells the server to do something, from a thread of its own: the test may be on a runtime.
fn order(server: &str, statement: &str) {
    let done = std::thread::scope(|scope| {
        let thread = scope.spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let (client, connection) = tokio_postgres::connect(server, NoTls).await?;
                let connection = tokio::spawn(connection);
                client.batch_execute(statement).await?;
                drop(client);
                connection.await??;
                Ok::<_, Box<dyn std::error::Error + Send + Sync>>(())
            })
        });
        thread.join()
    });
    match done {
        Ok(done) => must(done, statement),
        Err(panic) => std::panic::resume_unwind(panic),
    }
}
