//! What ends a flight rests on what the flight has read.

use std::collections::BTreeSet;

use keepwell_store::{
    Answers, Ending, Outage, Query, Refusal, Slot, Statement, Store, Value, WriteFlight, params,
};

use crate::world::*;

const CLAIM: Query<(i64,)> = Query::new("UPDATE item SET amount = amount + 1 WHERE id = $1 RETURNING amount");
const ENTER: Statement = Statement::new("INSERT INTO entry (item, number, text) VALUES ($1, $2, $3)");
const ENTRIES: Query<(i64, String)> =
    Query::new("SELECT number, text FROM entry WHERE item = $1 ORDER BY number");

/// Enters these texts from the number on that was claimed.
struct Enter {
    claimed: Slot<(i64,)>,
    texts: Vec<&'static str>,
}

impl Ending for Enter {
    fn statements(&self, answers: &mut Answers) -> Result<Vec<(Statement, Vec<Value>)>, Outage> {
        let (first,) = answers.one(self.claimed)?;
        let numbered = (first..).zip(&self.texts);
        Ok(numbered.map(|(number, text)| (ENTER, params![id(1), number, *text])).collect())
    }
}

fn entering(texts: &[&'static str]) -> WriteFlight<Error> {
    let mut flight = WriteFlight::new();
    let claimed = flight.ask(&CLAIM, params![id(1)]).slot();
    flight.end_with(Enter { claimed, texts: texts.to_vec() });
    flight
}

async fn entries(store: &Store) -> Vec<(i64, String)> {
    let mut flight = keepwell_store::ReadFlight::new();
    let slot = flight.ask(&ENTRIES, params![id(1)]);
    store.read(flight).await.unwrap().all(slot).unwrap()
}

on_both! {
    async fn an_ending_writes_what_the_flight_has_read(store: Store) {
        add(&store, 1, "one", 6).await;
        let mut flight = entering(&["seven", "eight"]);
        flight.ending::<Enter>(|_| true).unwrap().texts.push("nine");
        assert!(flight.ending::<Enter>(|enter| enter.texts.is_empty()).is_none());
        store.write(flight).await.unwrap();
        let expected = [(7, "seven"), (8, "eight"), (9, "nine")].map(|(number, text)| (number, text.to_owned()));
        assert_eq!(entries(&store).await, expected);
        assert_eq!(amount(&store, 1).await, Some(7));
    }

    async fn flights_that_end_at_once_see_each_other(store: Store) {
        add(&store, 1, "one", 0).await;
        let ending = (0..60).map(|number| {
            let store = store.clone();
            tokio::spawn(async move {
                let flight = entering(&["an entry"]);
                store.write(if number % 3 == 0 { flight.patient() } else { flight }).await.unwrap();
            })
        });
        for done in ending.collect::<Vec<_>>() {
            done.await.unwrap();
        }
        let numbers: BTreeSet<_> = entries(&store).await.into_iter().map(|(number, _)| number).collect();
        assert_eq!(numbers, (1..=60).collect());
    }

    async fn what_refuses_a_flight_keeps_its_ending_away(store: Store) {
        add(&store, 1, "one", 0).await;
        let mut flight = entering(&["an entry"]);
        flight.run(SET, params![id(2), 1_i64]).affects(1, Error::First);
        assert_eq!(store.write(flight).await.unwrap_err(), Refusal::Because(Error::First));
        assert_eq!((entries(&store).await.len(), amount(&store, 1).await), (0, Some(0)));
    }

    async fn an_ending_that_fails_leaves_nothing_of_its_flight(store: Store) {
        add(&store, 1, "one", 0).await;
        run(&store, ENTER, params![id(1), 2_i64, "there"]).await;
        for texts in [&["one", "in conflict"][..], &["a NUL: \0"]] {
            let refused = store.write(entering(texts)).await.unwrap_err();
            assert!(matches!(refused, Refusal::Out(Outage::Unavailable(_))), "{refused:?}");
        }
        // Nothing was claimed, for there is no such item.
        let mut flight = WriteFlight::<Error>::new();
        flight.run(SET, params![id(1), 9_i64]);
        let claimed = flight.ask(&CLAIM, params![id(5)]).slot();
        flight.end_with(Enter { claimed, texts: vec!["nowhere"] });
        assert!(matches!(store.write(flight).await.unwrap_err(), Refusal::Out(_)));
        assert_eq!((entries(&store).await.len(), amount(&store, 1).await), (1, Some(0)));
        store.write(entering(&["one"])).await.unwrap();
        assert_eq!((entries(&store).await.len(), amount(&store, 1).await), (2, Some(1)));
    }
}
