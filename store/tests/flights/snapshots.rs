//! A read flight sees one moment.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use keepwell_store::{ReadFlight, WriteFlight, params};

use crate::world::*;

on_both! {
    async fn two_statements_of_a_flight_see_one_moment(store: Store) {
        add(&store, 1, "one", 500).await;
        add(&store, 2, "two", 500).await;
        let over = Arc::new(AtomicBool::new(false));
        let writers: Vec<_> = (1..=2).map(|amount: i64| {
            let (store, over) = (store.clone(), over.clone());
            tokio::spawn(async move {
                let mut moved = 0;
                while !over.load(Ordering::Relaxed) {
                    let mut flight = WriteFlight::new();
                    flight.run(GROW, params![-amount, id(1)]).affects(1, Error::First);
                    flight.run(GROW, params![amount, id(2)]).affects(1, Error::First);
                    store.write(flight).await.unwrap();
                    moved += 1;
                }
                moved
            })
        }).collect();
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..500 {
            let mut flight = ReadFlight::new();
            let (one, two) = (flight.ask(&AMOUNT, params![id(1)]), flight.ask(&AMOUNT, params![id(2)]));
            let mut answers = store.read(flight).await.unwrap();
            let ((one,), (two,)) = (answers.one(one).unwrap(), answers.one(two).unwrap());
            assert_eq!(one + two, 1000);
            seen.insert(one);
        }
        over.store(true, Ordering::Relaxed);
        for writer in writers {
            assert!(writer.await.unwrap() > 0);
        }
        assert!(seen.len() > 1, "nothing was written while it was read");
    }

    async fn a_read_sees_what_was_answered_as_written(store: Store) {
        for number in 0..200 {
            add(&store, number, &number.to_string(), 1).await;
            assert_eq!(amount(&store, number).await, Some(1));
        }
    }
}
