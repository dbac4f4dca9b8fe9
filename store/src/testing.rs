//! Fresh databases for tests, on both engines.

use std::env;
use std::sync::{Mutex, PoisonError};

use tokio_postgres::NoTls;

use crate::{Database, Migration, Settings, Store};

/// Where the tests find a PostgreSQL server that is theirs: they leave schemas there. `postgres-for-tests` in this
/// crate's folder starts one, and throws it away.
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

/// Keeps a fresh database; dropping it deletes the database, or leaves it to the next test.
#[derive(Debug)]
pub struct Guard(Kept);

#[derive(Debug)]
enum Kept {
    Folder { _folder: tempfile::TempDir },
    Schema { server: String, name: String },
    Lent { name: String },
}

/// Schemas that tests of this process are done with. To make one with all of the house's tables takes PostgreSQL
/// longer than most tests do.
static LEFT: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// An empty database, and what keeps it. `None`, said aloud, when there is no server for tests.
///
/// # Panics
/// When it cannot be made.
#[must_use]
pub fn fresh(engine: TestEngine) -> Option<(Settings, Guard)> {
    let (database, kept) = match engine {
        TestEngine::Sqlite => folder(),
        TestEngine::Postgres => {
            let (server, name) = (server()?, name());
            order(&server, &format!("CREATE SCHEMA {name}"));
            (Database::Postgres(within(&server, &name)), Kept::Schema { server, name })
        }
    };
    Some((settings(database), Guard(kept)))
}

/// A database with no rows, and what keeps it. On PostgreSQL it may have its tables from another test: all who ask for
/// one in this process bring the same migrations, and drop the guard when nothing of theirs is under way any more.
/// `None`, said aloud, when there is no server for tests.
///
/// # Panics
/// When it cannot be made.
#[must_use]
pub fn lent(engine: TestEngine) -> Option<(Settings, Guard)> {
    let (database, kept) = match engine {
        TestEngine::Sqlite => folder(),
        TestEngine::Postgres => {
            let server = server()?;
            let left = LEFT.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let name = match left {
                Some(name) => {
                    order(&server, &emptied(&name));
                    name
                }
                None => {
                    let name = name();
                    order(&server, &format!("CREATE SCHEMA {name}"));
                    name
                }
            };
            let url = format!("{}&application_name={name}", within(&server, &name));
            (Database::Postgres(url), Kept::Lent { name })
        }
    };
    Some((settings(database), Guard(kept)))
}

fn folder() -> (Database, Kept) {
    let folder = must(tempfile::tempdir(), "a folder");
    (Database::Sqlite(folder.path().join("keepwell.db")), Kept::Folder { _folder: folder })
}

fn server() -> Option<String> {
    let server = env::var(SERVER).ok();
    if server.is_none() {
        // Past the capture of output, which hides what a passing test says.
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), "SKIPPED on PostgreSQL: {SERVER} is not set");
    }
    server
}

/// Not the house's randomness: which name it is decides nothing.
#[expect(clippy::disallowed_methods, reason = "a name for a test's database")]
fn name() -> String {
    format!("kw_{}", uuid::Uuid::new_v4().simple())
}

fn settings(database: Database) -> Settings {
    // Many tests share one server.
    Settings { connections: 4, ..Settings::new(database) }
}

/// Ends the connections that the test before may have left, and then deletes its rows.
fn emptied(name: &str) -> String {
    format!(
        "DO $$ DECLARE found text; BEGIN \
         PERFORM pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = '{name}'; \
         FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = '{name}' AND tablename <> 'migration' \
         LOOP EXECUTE format('DELETE FROM {name}.%I', found); END LOOP; END $$"
    )
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
        match &mut self.0 {
            Kept::Folder { .. } => {}
            Kept::Schema { server, name } => order(server, &format!("DROP SCHEMA IF EXISTS {name} CASCADE")),
            Kept::Lent { name } => {
                LEFT.lock().unwrap_or_else(PoisonError::into_inner).push(std::mem::take(name));
            }
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
