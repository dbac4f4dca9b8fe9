//! Unique indexes are told apart, on both engines by the same names.

use keepwell_store::{Outage, Refusal, Statement, WriteFlight, params};

use crate::world::*;

on_both! {
    async fn a_conflict_is_told_by_its_index(store: Store) {
        run(&store, ADD_FLAGGED, params![id(1), "one", "note"]).await;
        for (number, name, note, expected) in [
            (1, "other", "other", Error::First),
            (2, "one", "other", Error::Second),
            (2, "other", "note", Error::Third),
        ] {
            let mut flight = WriteFlight::new();
            flight
                .run(ADD_FLAGGED, params![id(number), name, note])
                .unique("item_pkey", Error::First)
                .unique("item_name", Error::Second)
                .unique("item_flagged_note", Error::Third);
            assert_eq!(store.write(flight).await.unwrap_err(), Refusal::Because(expected));
        }
        assert_eq!(count(&store).await, 1);
    }

    async fn a_key_of_several_columns_is_the_tables_pkey(store: Store) {
        let add = Statement::new("INSERT INTO entry (item, number) VALUES ($1, $2)");
        run(&store, add, params![id(1), 1_i64]).await;
        run(&store, add, params![id(1), 2_i64]).await;
        let mut flight = WriteFlight::new();
        flight.run(add, params![id(1), 2_i64]).unique("entry_pkey", Error::First);
        assert_eq!(store.write(flight).await.unwrap_err(), Refusal::Because(Error::First));
    }

    async fn a_conflict_that_nobody_expected_names_its_index(store: Store) {
        add(&store, 1, "one", 1).await;
        let mut flight = WriteFlight::new();
        flight.run(ADD, params![id(2), "one", 1_i64]).unique("item_pkey", Error::First);
        flight.run(SET, params![id(9), 1_i64]).affects(1, Error::Second);
        match store.write(flight).await.unwrap_err() {
            Refusal::Out(Outage::Unavailable(why)) => assert!(why.contains("item_name"), "{why}"),
            other => panic!("{other:?}"),
        }
        assert_eq!(count(&store).await, 1);
    }

    async fn a_conflict_that_the_statement_resolves_is_none(store: Store) {
        add(&store, 1, "one", 1).await;
        let put = Statement::new(
            "INSERT INTO item (id, name, amount) VALUES ($1, $2, $3)
             ON CONFLICT (id) DO UPDATE SET amount = excluded.amount");
        let mut flight = WriteFlight::new();
        flight.run(put, params![id(1), "one", 7_i64]).unique("item_pkey", Error::First).affects(1, Error::Second);
        store.write(flight).await.unwrap();
        assert_eq!(amount(&store, 1).await, Some(7));
    }

    async fn a_fault_of_ours_is_an_outage_and_quotes_no_value(store: Store) {
        let mut flight = WriteFlight::<Error>::new();
        flight.run(ADD, params![id(1), None::<String>, 4242_i64]);
        match store.write(flight).await.unwrap_err() {
            Refusal::Out(Outage::Unavailable(why)) => {
                assert!(why.contains("name"), "{why}");
                assert!(!why.contains("4242"), "{why}");
            }
            other => panic!("{other:?}"),
        }
    }
}
