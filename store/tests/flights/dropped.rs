//! Callers who give up.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use keepwell_store::{ReadFlight, WriteFlight, params};

use crate::world::*;

/// Polls a future a few times and drops it.
async fn give_up<T>(future: impl Future<Output = T>, polls: u128) {
    let mut future = pin!(future);
    for _ in 0..polls {
        let ready = poll_fn(|context| Poll::Ready(future.as_mut().poll(context).is_ready())).await;
        if ready {
            return;
        }
        tokio::task::yield_now().await;
    }
}

on_both! {
    async fn a_dropped_flight_is_done_or_not_but_never_in_part(store: Store) {
        add(&store, 1, "one", 0).await;
        add(&store, 2, "two", 0).await;
        for round in 0..100 {
            let mut flight = WriteFlight::new();
            flight.run(GROW, params![1_i64, id(1)]).affects(1, Error::First);
            flight.run(GROW, params![1_i64, id(2)]).affects(1, Error::First);
            give_up(store.write(flight), round % 7).await;
            let mut flight = ReadFlight::new();
            let (one, two) = (flight.ask(&AMOUNT, params![id(1)]), flight.ask(&AMOUNT, params![id(2)]));
            give_up(store.read(flight.clone()), round % 5).await;
            let mut answers = store.read(flight).await.unwrap();
            assert_eq!(answers.one(one), answers.one(two));
        }
        // No connection was left in the middle of anything: a write is seen by every one.
        add(&store, 3, "three", 3).await;
        for _ in 0..40 {
            assert_eq!(amount(&store, 3).await, Some(3));
        }
    }
}
