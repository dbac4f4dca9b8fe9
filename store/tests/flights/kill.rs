//! What was answered as written survives the death of the process.
//!
//! The test starts itself as a child, which writes and says what was acknowledged until it is killed.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use keepwell_store::testing::{TestEngine, fresh};
use keepwell_store::{Database, Settings, Store, WriteFlight, params};

use crate::world::*;

const CHILD: &str = "KEEPWELL_STORE_CHILD";
const WRITERS: u128 = 8;

#[tokio::test]
async fn an_acknowledged_write_survives_a_killed_process_on_sqlite() {
    survive(TestEngine::Sqlite, "kill::an_acknowledged_write_survives_a_killed_process_on_sqlite").await;
}

#[tokio::test]
async fn an_acknowledged_write_survives_a_killed_process_on_postgres() {
    survive(TestEngine::Postgres, "kill::an_acknowledged_write_survives_a_killed_process_on_postgres").await;
}

async fn survive(engine: TestEngine, this_test: &str) {
    if let Ok(target) = std::env::var(CHILD) {
        let database = match engine {
            TestEngine::Sqlite => Database::Sqlite(target.into()),
            TestEngine::Postgres => Database::Postgres(target),
        };
        return write_until_killed(&Settings::new(database)).await;
    }
    let Some((settings, _guard)) = fresh(engine) else { return };
    let target = match &settings.database {
        Database::Sqlite(path) => path.display().to_string(),
        Database::Postgres(url) => url.clone(),
    };
    for round in 1..=3 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([this_test, "--exact", "--nocapture", "--test-threads=1"])
            .env(CHILD, &target)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut acknowledged = Vec::new();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        for line in &mut lines {
            if let Some(number) = line.strip_prefix("written ").and_then(|rest| rest.strip_suffix('.')) {
                acknowledged.push(number.parse::<u128>().unwrap());
            }
            if acknowledged.len() == 150 * round {
                child.kill().unwrap();
                break;
            }
        }
        child.wait().unwrap();
        // What it said between the last line read and its end counts as well.
        for line in lines {
            // The last line may be cut off.
            if let Some(number) = line.strip_prefix("written ").and_then(|rest| rest.strip_suffix('.')) {
                acknowledged.push(number.parse().unwrap());
            }
        }
        assert!(acknowledged.len() >= 150 * round, "the child ended too early");
        let store = Store::open(&settings, SCHEMA).await.unwrap();
        for number in acknowledged {
            // Both statements of the flight, or it was not atomic.
            assert_eq!(amount(&store, number).await, Some(1), "{number} was acknowledged and is lost");
        }
        let torn: keepwell_store::Query<(i64,)> =
            keepwell_store::Query::new("SELECT count(*) FROM item WHERE amount <> 1");
        assert_eq!(ask(&store, &torn, params![]).await, Ok(Some((0,))));
    }
}

async fn write_until_killed(settings: &Settings) {
    let store = Store::open(settings, SCHEMA).await.unwrap();
    let before = count(&store).await as u128;
    let tasks: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let store = store.clone();
            tokio::spawn(async move {
                // The parent kills it long before.
                for round in 0..100_000 {
                    // Apart from those of the rounds before.
                    let number = (before << 32) + round * WRITERS + writer;
                    let mut flight = WriteFlight::new();
                    flight.run(ADD, params![id(number), number.to_string(), 0_i64]).affects(1, Error::First);
                    flight.run(GROW, params![1_i64, id(number)]).affects(1, Error::Second);
                    store.write(flight).await.unwrap();
                    let mut out = std::io::stdout().lock();
                    writeln!(out, "written {number}.").unwrap();
                    out.flush().unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}
