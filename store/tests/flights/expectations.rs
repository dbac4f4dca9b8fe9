//! Each kind of expectation, failing and holding.

use keepwell_store::{Query, Refusal, WriteFlight, params};

use crate::world::*;

const CLAIM: Query<(i64,)> =
    Query::new("UPDATE item SET amount = amount + 1 WHERE id = $1 AND amount < $2 RETURNING amount");

on_both! {
    async fn a_count_that_falls_short_refuses_the_flight(store: Store) {
        add(&store, 1, "one", 1).await;
        let mut flight = WriteFlight::new();
        flight.run(SET, params![id(1), 5_i64]).affects(1, Error::First);
        flight.run(SET, params![id(2), 5_i64]).affects(1, Error::Second);
        assert_eq!(store.write(flight).await.unwrap_err(), Refusal::Because(Error::Second));
        assert_eq!(amount(&store, 1).await, Some(1));
    }

    async fn a_count_that_is_exceeded_refuses_the_flight(store: Store) {
        add(&store, 1, "one", 1).await;
        add(&store, 2, "two", 2).await;
        let all = keepwell_store::Statement::new("UPDATE item SET amount = $1");
        let mut flight = WriteFlight::new();
        flight.run(all, params![0_i64]).affects(1, Error::First);
        assert_eq!(store.write(flight).await.unwrap_err(), Refusal::Because(Error::First));
        assert_eq!((amount(&store, 1).await, amount(&store, 2).await), (Some(1), Some(2)));
    }

    async fn no_row_refuses_the_flight(store: Store) {
        add(&store, 1, "one", 3).await;
        let mut flight = WriteFlight::new();
        flight.run(ADD, params![id(2), "two", 0_i64]);
        flight.ask(&CLAIM, params![id(1), 3_i64]).or(Error::First);
        assert_eq!(store.write(flight).await.unwrap_err(), Refusal::Because(Error::First));
        assert_eq!(count(&store).await, 1);
        // By itself too.
        let mut flight = WriteFlight::new();
        flight.ask(&CLAIM, params![id(1), 3_i64]).or(Error::Second);
        assert_eq!(store.write(flight).await.unwrap_err(), Refusal::Because(Error::Second));
        assert_eq!(amount(&store, 1).await, Some(3));
    }

    async fn a_row_that_comes_is_answered(store: Store) {
        add(&store, 1, "one", 2).await;
        let mut flight = WriteFlight::new();
        let claimed = flight.ask(&CLAIM, params![id(1), 3_i64]).or(Error::First).slot();
        assert_eq!(store.write(flight).await.unwrap().one(claimed), Ok((3,)));
        assert_eq!(amount(&store, 1).await, Some(3));
    }

    async fn a_query_counts_the_rows_that_it_answers(store: Store) {
        add(&store, 1, "one", 1).await;
        add(&store, 2, "two", 1).await;
        let gone: Query<(uuid::Uuid,)> = Query::new("DELETE FROM item WHERE amount = $1 RETURNING id");
        let mut flight = WriteFlight::new();
        flight.ask(&gone, params![1_i64]).affects(1, Error::First);
        assert_eq!(store.write(flight).await.unwrap_err(), Refusal::Because(Error::First));
        let mut flight = WriteFlight::new();
        let gone = flight.ask(&gone, params![1_i64]).affects(2, Error::First).slot();
        assert_eq!(store.write(flight).await.unwrap().all(gone).unwrap().len(), 2);
    }

    async fn the_first_expectation_that_fails_gives_the_error(store: Store) {
        add(&store, 1, "one", 1).await;
        let mut flight = WriteFlight::new();
        flight.run(ADD, params![id(2), "two", 1_i64]).unique("item_name", Error::Third).affects(1, Error::Third);
        flight.run(SET, params![id(9), 1_i64]).affects(0, Error::Third).affects(1, Error::First);
        flight.run(ADD, params![id(3), "one", 1_i64]).unique("item_name", Error::Second);
        assert_eq!(store.write(flight).await.unwrap_err(), Refusal::Because(Error::First));
        assert_eq!(count(&store).await, 1);
    }

    async fn a_statement_may_use_what_the_one_before_changed(store: Store) {
        add(&store, 1, "one", 1).await;
        let log = keepwell_store::Statement::new(
            "INSERT INTO entry (item, number, text) SELECT id, amount, $2 FROM item WHERE id = $1");
        let logged: Query<(i64, Option<String>)> = Query::new("SELECT number, text FROM entry WHERE item = $1");
        let mut flight = WriteFlight::new();
        flight.run(GROW, params![41_i64, id(1)]).affects(1, Error::First);
        flight.run(log, params![id(1), "grown"]).affects(1, Error::Second);
        let seen = flight.ask(&logged, params![id(1)]).or(Error::Third).slot();
        let mut answers = store.write(flight).await.unwrap();
        assert_eq!(answers.one(seen), Ok((42, Some("grown".to_owned()))));
    }

    async fn an_empty_flight_is_nothing(store: Store) {
        assert!(store.write(WriteFlight::<Error>::new()).await.is_ok());
        assert!(store.read(keepwell_store::ReadFlight::new()).await.is_ok());
    }
}
