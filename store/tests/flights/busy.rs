//! More than may wait is told so.

use futures_util::future::join_all;
use keepwell_store::testing::{TestEngine, fresh};
use keepwell_store::{Outage, ReadFlight, Refusal, Store, WriteFlight, params};

use crate::world::*;

async fn a_full_queue_says_busy(engine: TestEngine) {
    let Some((mut settings, _guard)) = fresh(engine) else { return };
    settings.connections = 1;
    settings.queue = 5;
    let store = Store::open(&settings, SCHEMA).await.unwrap();
    let writes = join_all((0..500).map(|number: u128| {
        let mut flight = WriteFlight::<Error>::new();
        flight.run(ADD, params![id(number), number.to_string(), 1_i64]).affects(1, Error::First);
        store.write(flight)
    }))
    .await;
    let done = writes.iter().filter(|answer| answer.is_ok()).count();
    let busy = writes.iter().filter(|answer| matches!(answer, Err(Refusal::Out(Outage::Busy)))).count();
    assert_eq!(done + busy, 500);
    assert!(done > 0 && busy > 0, "{done} done, {busy} busy");
    assert_eq!(count(&store).await, done as i64);

    let reads = join_all((0..500).map(|number: u128| {
        let mut flight = ReadFlight::new();
        flight.ask(&AMOUNT, params![id(number)]);
        store.read(flight)
    }))
    .await;
    assert!(reads.iter().any(Result::is_ok));
    assert!(reads.iter().any(|answer| matches!(answer, Err(Outage::Busy))));
    // It passes.
    assert_eq!(count(&store).await, done as i64);
}

#[tokio::test]
async fn a_full_queue_says_busy_on_sqlite() {
    a_full_queue_says_busy(TestEngine::Sqlite).await;
}

#[tokio::test]
async fn a_full_queue_says_busy_on_postgres() {
    a_full_queue_says_busy(TestEngine::Postgres).await;
}
