//! `IN $n[]` with none, one and many.

use keepwell_store::{Query, Statement, WriteFlight, params};
use uuid::Uuid;

use crate::world::*;

const BY_ID: Query<(String,)> =
    Query::new("SELECT name FROM item WHERE amount >= $1 AND id IN $2[] ORDER BY name");
const BY_NAME: Query<(String,)> = Query::new("SELECT name FROM item WHERE name IN $1[] ORDER BY name");
const BY_AMOUNT: Query<(String,)> = Query::new("SELECT name FROM item WHERE amount IN $1[] ORDER BY name");
const BUT: Query<(String,)> = Query::new("SELECT name FROM item WHERE id NOT IN $1[] ORDER BY name");

async fn names(
    store: &keepwell_store::Store,
    query: &Query<(String,)>,
    params: Vec<keepwell_store::Value>,
) -> String {
    let mut flight = keepwell_store::ReadFlight::new();
    let slot = flight.ask(query, params);
    let rows = store.read(flight).await.unwrap().all(slot).unwrap();
    rows.into_iter().map(|(name,)| name).collect()
}

on_both! {
    async fn a_list_matches_its_elements(store: Store) {
        for (number, name) in ["a", "b", "c", "d"].into_iter().enumerate() {
            add(&store, number as u128, name, number as i64).await;
        }
        // Twice, for the remembered texts.
        for _ in 0..2 {
            for (numbers, expected) in
                [(vec![], ""), (vec![2], "c"), (vec![3, 9, 1], "bd"), (vec![9], ""), (vec![0, 0], "a")]
            {
                let ids: Vec<Uuid> = numbers.iter().map(|number| id(*number)).collect();
                assert_eq!(names(&store, &BY_ID, params![0_i64, ids]).await, expected);
                let amounts: Vec<i64> = numbers.iter().map(|number| *number as i64).collect();
                assert_eq!(names(&store, &BY_AMOUNT, params![amounts]).await, expected);
                let texts: Vec<String> =
                    numbers.iter().map(|number| ["a", "b", "c", "d"].get(*number as usize).unwrap_or(&"x"))
                    .map(|name| (*name).to_owned()).collect();
                assert_eq!(names(&store, &BY_NAME, params![texts]).await, expected);
            }
        }
    }

    async fn a_list_excludes_its_elements(store: Store) {
        for (number, name) in ["a", "b", "c"].into_iter().enumerate() {
            add(&store, number as u128, name, 0).await;
        }
        for (numbers, expected) in [(vec![], "abc"), (vec![1], "ac"), (vec![0, 2], "b")] {
            let ids: Vec<Uuid> = numbers.iter().map(|number| id(*number)).collect();
            assert_eq!(names(&store, &BUT, params![ids]).await, expected);
        }
    }

    async fn a_long_list_is_no_trouble_in_a_write(store: Store) {
        for number in 0..50 {
            add(&store, number, &number.to_string(), 0).await;
        }
        let mut flight = WriteFlight::new();
        let all: Vec<Uuid> = (0..20_000).map(id).collect();
        flight
            .run(Statement::new("UPDATE item SET amount = $2 WHERE id IN $1[]"), params![all, 1_i64])
            .affects(50, Error::First);
        store.write(flight).await.unwrap();
    }
}
