//! Small flights a second, on both engines: rough numbers, for a comparison on one machine.
//!
//! `cargo run --release -p keepwell-store --features testing --example measure [connections]`

#![expect(clippy::unwrap_used, reason = "a measurement that fails is none")]

use std::time::{Duration, Instant};

use keepwell_store::testing::{TestEngine, fresh};
use keepwell_store::{Migration, Query, ReadFlight, Statement, Store, WriteFlight, params};
use uuid::Uuid;

const SCHEMA: &[Migration] = &[Migration {
    number: 1,
    name: "things",
    sql: "CREATE TABLE thing (record uuid NOT NULL, id uuid NOT NULL, version bigint NOT NULL, body text NOT NULL,
              PRIMARY KEY (record, id));
          CREATE TABLE entry (record uuid NOT NULL, id uuid NOT NULL, said text NOT NULL, PRIMARY KEY (record, id))",
}];
const PUT: Statement = Statement::new("INSERT INTO thing (record, id, version, body) VALUES ($1, $2, 1, $3)");
const GET: Query<(i64, String)> = Query::new("SELECT version, body FROM thing WHERE record = $1 AND id = $2");
const NOTE: Statement = Statement::new("INSERT INTO entry (record, id, said) VALUES ($1, $2, $3)");
const FOR: Duration = Duration::from_secs(2);

#[derive(Clone, Copy, Debug)]
enum Kind {
    Read,
    ReadTwo,
    Write,
}

#[tokio::main]
async fn main() {
    for engine in TestEngine::ALL {
        let Some((mut settings, _guard)) = fresh(engine) else { continue };
        settings.connections =
            std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(settings.connections);
        let store = Store::open(&settings, SCHEMA).await.unwrap();
        for number in 0..1000 {
            write(&store, 0, number).await;
        }
        for kind in [Kind::Read, Kind::ReadTwo, Kind::Write] {
            for tasks in [1, 16, 64] {
                let each = measure(&store, kind, tasks).await;
                println!("{engine:?} {kind:?} {tasks:2} tasks: {each} flights a second");
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "it measures the time that passes")]
async fn measure(store: &Store, kind: Kind, tasks: u128) -> u128 {
    let start = Instant::now();
    let tasks: Vec<_> = (1..=tasks)
        .map(|task| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut done = 0;
                while start.elapsed() < FOR {
                    match kind {
                        Kind::Read => read(&store, done % 1000, 1).await,
                        Kind::ReadTwo => read(&store, done % 1000, 2).await,
                        Kind::Write => write(&store, start.elapsed().as_nanos() << 16 | task, done).await,
                    }
                    done += 1;
                }
                done
            })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        done += task.await.unwrap();
    }
    done * 1000 / start.elapsed().as_millis()
}

async fn read(store: &Store, number: u128, statements: usize) {
    let mut flight = ReadFlight::new();
    for _ in 0..statements {
        flight.ask(&GET, params![Uuid::nil(), Uuid::from_u128(number)]);
    }
    store.read(flight).await.unwrap();
}

async fn write(store: &Store, record: u128, number: u128) {
    let (record, id) = (Uuid::from_u128(record), Uuid::from_u128(number));
    let mut flight = WriteFlight::new();
    flight.run(PUT, params![record, id, "x".repeat(500)]).unique("thing_pkey", ()).affects(1, ());
    flight.run(NOTE, params![record, id, "written"]).affects(1, ());
    store.write(flight).await.unwrap();
}
