//! Closing, and who else has the file.

use keepwell_store::testing::{TestEngine, fresh};
use keepwell_store::{Database, Outage, Store};

use crate::world::*;

#[tokio::test]
async fn a_second_store_on_the_same_file_is_refused() {
    let (settings, _guard) = fresh(TestEngine::Sqlite).unwrap();
    let store = Store::open(&settings, SCHEMA).await.unwrap();
    match Store::open(&settings, SCHEMA).await {
        Err(Outage::Unavailable(why)) => assert!(why.contains("another process"), "{why}"),
        Err(Outage::Busy) => panic!("busy"),
        Ok(_) => panic!("opened twice"),
    }
    add(&store, 1, "one", 1).await;
    let other = store.clone();
    drop(store);
    assert_eq!(count(&other).await, 1);
    drop(other);
    assert_eq!(count(&Store::open(&settings, SCHEMA).await.unwrap()).await, 1);
}

#[tokio::test]
async fn a_closed_file_has_no_log() {
    let (settings, _guard) = fresh(TestEngine::Sqlite).unwrap();
    let store = Store::open(&settings, SCHEMA).await.unwrap();
    add(&store, 1, "one", 1).await;
    let Database::Sqlite(path) = &settings.database else { panic!("not SQLite") };
    let log = path.with_extension("db-wal");
    assert!(log.exists());
    drop(store);
    assert!(!log.exists());
}

#[tokio::test]
async fn a_database_that_is_not_there_is_an_outage() {
    for (database, says) in [
        (Database::Sqlite("/nowhere/at/all.db".into()), "/nowhere/at/all.db"),
        (Database::Postgres("postgres://nobody:secret@127.0.0.1:1/none".to_owned()), "PostgreSQL"),
        (Database::Postgres("what is this".to_owned()), "PostgreSQL"),
    ] {
        match Store::open(&keepwell_store::Settings::new(database), SCHEMA).await {
            Err(Outage::Unavailable(why)) => assert!(why.contains(says) && !why.contains("secret"), "{why}"),
            Err(Outage::Busy) => panic!("busy"),
            Ok(_) => panic!("opened"),
        }
    }
}
