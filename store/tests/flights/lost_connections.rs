//! PostgreSQL connections that end under a flight, and a schema that changes under one.

use keepwell_store::testing::{TestEngine, fresh};
use keepwell_store::{Database, Query, ReadFlight, Settings, Store, WriteFlight, params};
use tokio_postgres::NoTls;

use crate::world::*;

/// Somebody else on the same database.
struct Operator(tokio_postgres::Client);

impl Operator {
    async fn of(settings: &Settings) -> Self {
        let Database::Postgres(url) = &settings.database else { panic!("not PostgreSQL") };
        let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
        tokio::spawn(connection);
        Self(client)
    }

    /// Ends the connections of this application.
    async fn end(&self, application: &str) -> i64 {
        let end = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = $1";
        self.0.query_one(end, &[&application]).await.unwrap().get(0)
    }
}

/// A store that the operator can tell from those of the other tests.
async fn named(settings: &Settings, application: &str) -> Store {
    let Database::Postgres(url) = &settings.database else { panic!("not PostgreSQL") };
    let database = Database::Postgres(format!("{url}&application_name={application}"));
    Store::open(&Settings { database, ..settings.clone() }, SCHEMA).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reads_go_on_over_lost_connections_on_postgres() {
    let Some((settings, _guard)) = fresh(TestEngine::Postgres) else { return };
    let operator = Operator::of(&settings).await;
    let store = named(&settings, "kw_lost_reads").await;
    add(&store, 1, "one", 1).await;
    for _ in 0..20 {
        assert!(operator.end("kw_lost_reads").await > 0);
        assert_eq!(amount(&store, 1).await, Some(1));
        let mut flight = ReadFlight::new();
        let (one, all) = (flight.ask(&AMOUNT, params![id(1)]), flight.ask(&COUNT, params![]));
        let mut answers = store.read(flight).await.unwrap();
        assert_eq!((answers.one(one), answers.one(all)), (Ok((1,)), Ok((1,))));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_over_lost_connections_is_done_once_or_told_on_postgres() {
    let Some((settings, _guard)) = fresh(TestEngine::Postgres) else { return };
    let operator = Operator::of(&settings).await;
    let store = named(&settings, "kw_lost_writes").await;
    add(&store, 1, "one", 0).await;
    add(&store, 2, "two", 0).await;
    let writers: Vec<_> = (0..4)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let (mut done, mut told) = (0_i64, 0_i64);
                for _ in 0..150 {
                    let mut flight = WriteFlight::new();
                    flight.run(GROW, params![1_i64, id(1)]).affects(1, Error::First);
                    flight.run(GROW, params![1_i64, id(2)]).affects(1, Error::Second);
                    match store.write(flight).await {
                        Ok(_) => done += 1,
                        Err(_) => told += 1,
                    }
                }
                (done, told)
            })
        })
        .collect();
    while writers.iter().any(|writer| !writer.is_finished()) {
        operator.end("kw_lost_writes").await;
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let (mut done, mut told) = (0, 0);
    for writer in writers {
        let (theirs_done, theirs_told) = writer.await.unwrap();
        done += theirs_done;
        told += theirs_told;
    }
    let (one, two) = (amount(&store, 1).await.unwrap(), amount(&store, 2).await.unwrap());
    assert_eq!(one, two);
    // A flight lost while committing may have been done.
    assert!(done <= one && one <= done + told, "{one} after {done} done and {told} told");
    assert!(done > told, "{done} done, {told} told");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn statements_are_prepared_anew_after_another_server_migrated_on_postgres() {
    let Some((settings, _guard)) = fresh(TestEngine::Postgres) else { return };
    let operator = Operator::of(&settings).await;
    let store = Store::open(&settings, SCHEMA).await.unwrap();
    add(&store, 1, "one", 1).await;
    let all: Query<(uuid::Uuid, String, i64)> = Query::new("SELECT * FROM item");
    for round in 0..4 {
        // On every connection of the pool.
        let reads = (0..8).map(|_| ask(&store, &all, params![]));
        for row in futures_util::future::join_all(reads).await {
            assert_eq!(row, Ok(Some((id(1), "one".to_owned(), 1))));
        }
        let another = format!("ALTER TABLE item ADD COLUMN more_{round} bigint");
        operator.0.batch_execute(&another).await.unwrap();
    }
}
