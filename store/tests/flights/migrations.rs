//! The schema and its history.

use keepwell_store::testing::{TestEngine, fresh};
use keepwell_store::{Migration, Outage, Query, Store, params};

use crate::world::{ask, on_both};

const ONE: Migration = Migration {
    number: 1,
    name: "one",
    sql: "CREATE TABLE a (b text); -- a comment; with a semicolon\nINSERT INTO a VALUES ('x;y');",
};
const TWO: Migration = Migration { number: 2, name: "two", sql: "INSERT INTO a VALUES ('z')" };
const BROKEN: Migration = Migration {
    number: 2,
    name: "broken",
    sql: "INSERT INTO a VALUES ('half'); INSERT INTO nowhere VALUES (1)",
};
const ALL: Query<(i64,)> = Query::new("SELECT count(*) FROM a");

async fn rows(store: &Store) -> i64 {
    ask(store, &ALL, params![]).await.unwrap().unwrap().0
}

async fn history(engine: TestEngine) {
    let Some((settings, _guard)) = fresh(engine) else { return };
    let open = async |migrations: &[Migration]| Store::open(&settings, migrations).await;
    let why = async |migrations: &[Migration]| match open(migrations).await {
        Err(Outage::Unavailable(why)) => why,
        Err(Outage::Busy) => panic!("busy"),
        Ok(_) => panic!("opened"),
    };
    assert_eq!(rows(&open(&[ONE]).await.unwrap()).await, 1);
    assert_eq!(rows(&open(&[ONE]).await.unwrap()).await, 1);

    let broken = why(&[ONE, BROKEN]).await;
    assert!(broken.contains("migration 2 (broken) failed"), "{broken}");
    // Nothing of it is there, nor is it recorded.
    assert_eq!(rows(&open(&[ONE]).await.unwrap()).await, 1);

    assert_eq!(rows(&open(&[ONE, TWO]).await.unwrap()).await, 2);
    let newer = why(&[ONE]).await;
    assert!(newer.contains("made by a newer version"), "{newer}");
    let changed = why(&[ONE, Migration { sql: "INSERT INTO a VALUES ('Z')", ..TWO }]).await;
    assert!(changed.contains("migration 2 (two) has changed"), "{changed}");
    assert_eq!(rows(&open(&[ONE, TWO]).await.unwrap()).await, 2);
}

#[tokio::test]
async fn each_migration_is_applied_once_and_a_foreign_history_is_refused_on_sqlite() {
    history(TestEngine::Sqlite).await;
}

#[tokio::test]
async fn each_migration_is_applied_once_and_a_foreign_history_is_refused_on_postgres() {
    history(TestEngine::Postgres).await;
}

#[tokio::test]
async fn servers_that_start_at_once_migrate_once_on_postgres() {
    let Some((settings, _guard)) = fresh(TestEngine::Postgres) else { return };
    let opening = (0..8).map(|_| {
        let settings = settings.clone();
        tokio::spawn(async move { Store::open(&settings, &[ONE, TWO]).await })
    });
    for store in futures_util::future::join_all(opening).await {
        assert_eq!(rows(&store.unwrap().unwrap()).await, 2);
    }
}

#[tokio::test]
async fn two_schemas_on_one_server_know_nothing_of_each_other_on_postgres() {
    let Some((one, _kept)) = fresh(TestEngine::Postgres) else { return };
    let Some((other, _kept_too)) = fresh(TestEngine::Postgres) else { return };
    let changed = Migration { sql: "INSERT INTO a VALUES ('Z'), ('Y')", ..TWO };
    assert_eq!(rows(&Store::open(&one, &[ONE, TWO]).await.unwrap()).await, 2);
    assert_eq!(rows(&Store::open(&other, &[ONE, changed]).await.unwrap()).await, 3);
    assert_eq!(rows(&Store::open(&one, &[ONE, TWO]).await.unwrap()).await, 2);
}

on_both! {
    async fn the_record_of_migrations_names_them(store: Store) {
        let recorded: Query<(i64, String)> = Query::new("SELECT number, name FROM migration");
        assert_eq!(ask(&store, &recorded, params![]).await, Ok(Some((1, "items".to_owned()))));
    }
}
