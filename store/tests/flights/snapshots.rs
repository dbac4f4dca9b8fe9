//! A read flight sees one moment.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use keepwell_store::{Query, ReadFlight, WriteFlight, params};

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
        // However quickly it reads, it is read while something is written.
        for read in 0.. {
            if read >= 500 && seen.len() > 1 {
                break;
            }
            assert!(read < 1_000_000, "nothing was written while it was read");
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
    }

    async fn each_query_of_a_flight_has_its_own_rows_in_its_own_order(store: Store) {
        for number in 0..50 {
            add(&store, number, &format!("{number:02}"), i64::try_from(number).unwrap()).await;
        }
        let up: Query<(String,)> = Query::new("SELECT name FROM item WHERE amount >= $1 ORDER BY name");
        let down: Query<(i64, Option<String>)> =
            Query::new("SELECT amount, note FROM item WHERE amount < $1 ORDER BY amount DESC LIMIT $2 -- the last");
        // Few go to PostgreSQL as one statement, many as several.
        for times in [1_u16, 2, 7] {
            let mut flight = ReadFlight::new();
            let slots: Vec<_> = (0..times).map(|time| {
                let (from, most) = (i64::from(time) * 7, i64::from(time) * 3);
                (from, most, flight.ask(&up, params![from]), flight.ask(&down, params![from, most]))
            }).collect();
            let mut answers = store.read(flight).await.unwrap();
            for (from, most, up, down) in slots.into_iter().rev() {
                let expected: Vec<_> = (from..50).map(|n| (format!("{n:02}"),)).collect();
                assert_eq!(answers.all(up).unwrap(), expected);
                let expected: Vec<_> = (from - most..from).rev().map(|n| (n, None)).collect();
                assert_eq!(answers.all(down).unwrap(), expected);
            }
        }
    }

    async fn a_read_sees_what_was_answered_as_written(store: Store) {
        for number in 0..200 {
            add(&store, number, &number.to_string(), 1).await;
            assert_eq!(amount(&store, number).await, Some(1));
        }
    }
}
