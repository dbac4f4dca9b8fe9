//! Short reads, and writes that nobody waits for: done in another way, with the same outcome.

use futures_util::future::join_all;
use keepwell_store::{Query, ReadFlight, Refusal, Store, WriteFlight, params};

use crate::world::*;

/// The amounts of two items, read together.
async fn two(store: &Store) -> (i64, i64) {
    let mut flight = ReadFlight::new().short();
    let (one, two) = (flight.ask(&AMOUNT, params![id(1)]), flight.ask(&AMOUNT, params![id(2)]));
    let mut answers = store.read(flight).await.unwrap();
    (answers.one(one).unwrap().0, answers.one(two).unwrap().0)
}

on_both! {
    async fn a_short_read_sees_one_moment_and_what_was_answered_as_written(store: Store) {
        add(&store, 1, "one", 0).await;
        add(&store, 2, "two", 0).await;
        let theirs = store.clone();
        let writer = tokio::spawn(async move {
            for written in 1..=200 {
                let mut flight = WriteFlight::new();
                flight.run(GROW, params![1_i64, id(1)]).affects(1, Error::First);
                flight.run(GROW, params![-1_i64, id(2)]).affects(1, Error::Second);
                theirs.write(flight).await.unwrap();
                let (one, two) = two(&theirs).await;
                assert_eq!((one, two), (written, -written));
            }
        });
        while !writer.is_finished() {
            let (one, two) = two(&store).await;
            assert_eq!(one + two, 0);
        }
        writer.await.unwrap();
    }

    async fn more_short_reads_than_there_are_connections_are_all_answered(store: Store) {
        for number in 0..50 {
            add(&store, number, &number.to_string(), i64::try_from(number).unwrap()).await;
        }
        let reads = join_all((0..400_u128).map(|read| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut flight = ReadFlight::new().short();
                let slot = flight.ask(&AMOUNT, params![id(read % 50)]);
                let (amount,) = store.read(flight).await.unwrap().one(slot).unwrap();
                assert_eq!(amount, i64::try_from(read % 50).unwrap());
            })
        }));
        for read in reads.await {
            read.unwrap();
        }
    }

    async fn a_short_read_that_fails_leaves_nothing_open(store: Store) {
        add(&store, 1, "one", 1).await;
        let nowhere: Query<(i64,)> = Query::new("SELECT amount FROM nowhere WHERE amount = $1");
        for round in 0..20 {
            let mut flight = ReadFlight::new().short();
            flight.ask(&COUNT, params![]);
            flight.ask(&nowhere, params![1_i64]);
            assert!(store.read(flight).await.is_err());
            run(&store, SET, params![id(1), i64::from(round)]).await;
            let mut flight = ReadFlight::new().short();
            let slot = flight.ask(&AMOUNT, params![id(1)]);
            assert_eq!(store.read(flight).await.unwrap().one(slot), Ok((i64::from(round),)));
        }
    }

    async fn what_nobody_waits_for_is_written_whole_or_not_at_all(store: Store) {
        let flight = |end: u128| {
            let mut flight = WriteFlight::new().patient();
            for (place, number) in (0..100).chain([end]).enumerate() {
                flight.run(ADD, params![id(number), place.to_string(), 1_i64]).unique("item_pkey", Error::First);
            }
            flight
        };
        assert!(matches!(store.write(flight(7)).await, Err(Refusal::Because(Error::First))));
        assert_eq!(count(&store).await, 0);
        store.write(flight(100)).await.unwrap();
        assert_eq!(count(&store).await, 101);
    }
}
