//! Expectations hold under parallel load.

use keepwell_store::{Query, Refusal, Store, WriteFlight, params};

use crate::world::*;

/// Starts all at once and answers how many got through.
async fn through<F>(count: u128, flight: impl Fn(u128) -> F, store: &Store) -> usize
where
    F: Future<Output = WriteFlight<Error>>,
{
    let mut tasks = Vec::new();
    for number in 0..count {
        let (flight, store) = (flight(number).await, store.clone());
        tasks.push(tokio::spawn(async move { store.write(flight).await }));
    }
    let mut passed = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => passed += 1,
            Err(refusal) => assert_eq!(refusal, Refusal::Because(Error::First)),
        }
    }
    passed
}

on_both! {
    async fn three_tries_are_three_by_a_row_expected(store: Store) {
        add(&store, 1, "one", 0).await;
        let claim: Query<(i64,)> =
            Query::new("UPDATE item SET amount = amount + 1 WHERE id = $1 AND amount < 3 RETURNING amount");
        let passed = through(100, async |_| {
            let mut flight = WriteFlight::new();
            flight.ask(&claim, params![id(1)]).or(Error::First);
            flight
        }, &store).await;
        assert_eq!((passed, amount(&store, 1).await), (3, Some(3)));
    }

    async fn three_tries_are_three_by_a_count_expected(store: Store) {
        add(&store, 1, "one", 0).await;
        let claim = keepwell_store::Statement::new(
            "UPDATE item SET amount = amount + 1 WHERE id = $1 AND amount < 3");
        let note = keepwell_store::Statement::new("INSERT INTO entry (item, number) VALUES ($1, $2)");
        let passed = through(100, async |number| {
            let mut flight = WriteFlight::new();
            flight.run(note, params![id(1), number as i64]);
            flight.run(claim, params![id(1)]).affects(1, Error::First);
            flight
        }, &store).await;
        assert_eq!((passed, amount(&store, 1).await), (3, Some(3)));
        let noted: Query<(i64,)> = Query::new("SELECT count(*) FROM entry");
        assert_eq!(ask(&store, &noted, params![]).await, Ok(Some((3,))));
    }

    async fn one_of_a_hundred_takes_a_name(store: Store) {
        let passed = through(100, async |number| {
            let mut flight = WriteFlight::new();
            flight.run(ADD, params![id(number), "taken", 0_i64]).unique("item_name", Error::First);
            if number % 2 == 0 {
                flight.run(GROW, params![1_i64, id(number)]).affects(1, Error::Second);
            }
            flight
        }, &store).await;
        assert_eq!((passed, count(&store).await), (1, 1));
    }

    async fn one_of_a_hundred_replaces_a_version(store: Store) {
        add(&store, 1, "one", 7).await;
        let replace = keepwell_store::Statement::new(
            "UPDATE item SET amount = amount + 1, note = $3 WHERE id = $1 AND amount = $2");
        let passed = through(100, async |number| {
            let mut flight = WriteFlight::new();
            flight.run(replace, params![id(1), 7_i64, number.to_string()]).affects(1, Error::First);
            flight
        }, &store).await;
        assert_eq!((passed, amount(&store, 1).await), (1, Some(8)));
    }

    async fn a_flight_that_fails_leaves_its_neighbours(store: Store) {
        add(&store, 1, "one", 0).await;
        add(&store, 999, "taken", 0).await;
        let nonsense = keepwell_store::Statement::new("UPDATE item SET amount = NULL WHERE id = $1");
        let mut tasks = Vec::new();
        for number in 0..100_i64 {
            let store = store.clone();
            let mut flight = WriteFlight::new();
            flight.run(GROW, params![1_i64, id(1)]).affects(1, Error::Second);
            match number % 4 {
                0 => drop(flight.run(ADD, params![id(2), "taken", 0_i64]).unique("item_name", Error::First)),
                1 => drop(flight.run(nonsense, params![id(1)])),
                2 => drop(flight.run(SET, params![id(77), 1_i64]).affects(1, Error::First)),
                _ => {}
            }
            tasks.push((number % 4 == 3, tokio::spawn(async move { store.write(flight).await })));
        }
        for (passes, task) in tasks {
            assert_eq!(task.await.unwrap().is_ok(), passes);
        }
        assert_eq!((amount(&store, 1).await, count(&store).await), (Some(25), 2));
    }

    async fn flights_that_lock_each_other_all_arrive(store: Store) {
        add(&store, 1, "one", 0).await;
        add(&store, 2, "two", 0).await;
        let passed = through(16, async |number| {
            let mut flight = WriteFlight::new();
            let (first, second) = if number % 2 == 0 { (1, 2) } else { (2, 1) };
            flight.run(GROW, params![1_i64, id(first)]).affects(1, Error::First);
            flight.run(GROW, params![1_i64, id(second)]).affects(1, Error::First);
            flight
        }, &store).await;
        assert_eq!(passed, 16);
        assert_eq!((amount(&store, 1).await, amount(&store, 2).await), (Some(16), Some(16)));
    }
}
