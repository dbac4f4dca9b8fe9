//! What the tests stand on: a schema, a noun's error and a test that runs on both engines.

use keepwell_store::testing::{TestEngine, fresh_store};
use keepwell_store::{Migration, Outage, Query, Statement, Store, params};
use uuid::Uuid;

pub const SCHEMA: &[Migration] = &[Migration {
    number: 1,
    name: "items",
    sql: "
        CREATE TABLE item (
            id uuid NOT NULL PRIMARY KEY,
            name text NOT NULL,
            amount bigint NOT NULL,
            note text,
            body bytea,
            flag boolean
        );
        CREATE UNIQUE INDEX item_name ON item (name);
        -- A conflict among the flagged; they may share their note with others.
        CREATE UNIQUE INDEX item_flagged_note ON item (note) WHERE flag;
        CREATE TABLE entry (item uuid NOT NULL, number bigint NOT NULL, text text, PRIMARY KEY (item, number));
    ",
}];

pub const ADD: Statement = Statement::new("INSERT INTO item (id, name, amount) VALUES ($1, $2, $3)");
pub const ADD_FLAGGED: Statement =
    Statement::new("INSERT INTO item (id, name, amount, note, flag) VALUES ($1, $2, 0, $3, TRUE)");
pub const AMOUNT: Query<(i64,)> = Query::new("SELECT amount FROM item WHERE id = $1");
pub const COUNT: Query<(i64,)> = Query::new("SELECT count(*) FROM item");
/// The order of the numbers is not that of their appearance.
pub const SET: Statement = Statement::new("UPDATE item SET amount = $2 WHERE id = $1");
pub const GROW: Statement = Statement::new("UPDATE item SET amount = amount + $1 WHERE id = $2");

/// A noun's error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    First,
    Second,
    Third,
}

pub fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub async fn run(store: &Store, statement: Statement, params: Vec<keepwell_store::Value>) {
    let mut flight = keepwell_store::WriteFlight::<()>::new();
    flight.run(statement, params);
    store.write(flight).await.unwrap();
}

pub async fn add(store: &Store, number: u128, name: &str, amount: i64) {
    run(store, ADD, params![id(number), name, amount]).await;
}

pub async fn amount(store: &Store, number: u128) -> Option<i64> {
    ask(store, &AMOUNT, params![id(number)]).await.unwrap().map(|(amount,)| amount)
}

pub async fn count(store: &Store) -> i64 {
    ask(store, &COUNT, params![]).await.unwrap().unwrap().0
}

pub async fn ask<R: keepwell_store::FromRow>(
    store: &Store,
    query: &Query<R>,
    params: Vec<keepwell_store::Value>,
) -> Result<Option<R>, Outage> {
    let mut flight = keepwell_store::ReadFlight::new();
    let slot = flight.ask(query, params);
    store.read(flight).await?.first(slot)
}

/// Runs a test on an engine, or says aloud that it cannot.
pub async fn on<F: Future<Output = ()>>(engine: TestEngine, test: impl FnOnce(Store) -> F) {
    if let Some((store, _guard)) = fresh_store(engine, SCHEMA).await {
        test(store).await;
    }
}

/// Declares tests of a store with the schema above, each for both engines.
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($store:ident: Store) $body:block)*) => { $(
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            $(#[$meta])*
            async fn test($store: keepwell_store::Store) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                crate::world::on(keepwell_store::testing::TestEngine::Sqlite, test).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                crate::world::on(keepwell_store::testing::TestEngine::Postgres, test).await;
            }
        }
    )* };
}
pub(crate) use on_both;
