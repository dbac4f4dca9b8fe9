//! What goes in comes out.

use keepwell_store::{Outage, Query, ReadFlight, Refusal, Statement, Value, WriteFlight, params, row};
use uuid::Uuid;

use crate::world::*;

const PUT: Statement =
    Statement::new("INSERT INTO item (id, name, amount, note, body, flag) VALUES ($1, $2, $3, $4, $5, $6)");
const GET: Query<Item> = Query::new("SELECT id, name, amount, note, body, flag FROM item WHERE id = $1");

row! {
    #[derive(Debug, PartialEq)]
    struct Item {
        id: Uuid,
        name: String,
        amount: i64,
        note: Option<String>,
        body: Option<Vec<u8>>,
        flag: Option<bool>,
    }
}

on_both! {
    async fn values_come_back_as_they_were(store: Store) {
        let big = (0..3_000_000_u32).map(|n| (n % 251) as u8).collect::<Vec<_>>();
        let items = [
            Item { id: id(1), name: String::new(), amount: i64::MIN, note: None, body: None, flag: None },
            Item {
                id: Uuid::max(),
                name: "12".to_owned(),
                amount: i64::MAX,
                note: Some(String::new()),
                body: Some(Vec::new()),
                flag: Some(false),
            },
            Item {
                id: Uuid::nil(),
                name: "1e3 äöü 𝄞 'quoted' \\ \"".to_owned(),
                amount: 0,
                note: Some("x".repeat(1_000_000)),
                body: Some(big),
                // Not flagged: PostgreSQL has no index entry so long.
                flag: Some(false),
            },
            // Bytes that look like a number or a text stay bytes.
            Item { id: id(0x3132_3334), name: " 7".to_owned(), amount: -1, note: Some("NULL".to_owned()),
                body: Some(b"42".to_vec()), flag: Some(true) },
        ];
        for item in items {
            run(&store, PUT, params![
                item.id, &item.name, item.amount, item.note.clone(), item.body.clone(), item.flag
            ]).await;
            assert_eq!(ask(&store, &GET, params![item.id]).await, Ok(Some(item)));
        }
    }

    async fn a_parameter_may_serve_twice_and_in_any_order(store: Store) {
        run(&store, Statement::new(
            "INSERT INTO item (note, amount, name, id) VALUES ($3, $2, $3, $1) -- not '$4'"),
            params![id(1), 5_i64, "$1 and ?2"]).await;
        let twice: Query<(i64, String)> = Query::new("SELECT amount, note FROM item WHERE name = $2 AND note = $2 AND id = $1");
        assert_eq!(ask(&store, &twice, params![id(1), "$1 and ?2"]).await, Ok(Some((5, "$1 and ?2".to_owned()))));
    }

    async fn parameters_are_known_by_the_column_that_they_go_to(store: Store) {
        add(&store, 1, "one", 1).await;
        let copy = Statement::new(
            "INSERT INTO item (id, name, amount, note, body, flag)
             SELECT $1, $2, amount + $3, $4, $5, $6 FROM item WHERE id = $7");
        run(&store, copy, params![id(2), "two", 1_i64, None::<String>, vec![1_u8], true, id(1)]).await;
        let page: Query<(String,)> = Query::new("SELECT name FROM item WHERE amount >= $1 ORDER BY name LIMIT $2 OFFSET $3");
        assert_eq!(ask(&store, &page, params![1_i64, 1_i64, 1_i64]).await, Ok(Some(("two".to_owned(),))));
        let either: Query<(i64,)> = Query::new("SELECT count(*) FROM item WHERE name = $1 OR $1 IS NULL");
        assert_eq!(ask(&store, &either, params![None::<String>]).await, Ok(Some((2,))));
        assert_eq!(ask(&store, &either, params!["two"]).await, Ok(Some((1,))));
        let flagged: Query<(bool, i64)> = Query::new("SELECT EXISTS (SELECT 1 FROM item WHERE flag = $1), 7");
        assert_eq!(ask(&store, &flagged, params![true]).await, Ok(Some((true, 7))));
    }

    async fn keys_are_ordered_alike(store: Store) {
        for (number, name) in [(255, "B"), (1 << 127, "a"), (1, "é"), (256, "b")] {
            add(&store, number, name, 0).await;
        }
        let by_id: Query<(Uuid,)> = Query::new("SELECT id FROM item ORDER BY id");
        let by_name: Query<(String,)> = Query::new("SELECT name FROM item ORDER BY name");
        let like: Query<(i64,)> = Query::new("SELECT count(*) FROM item WHERE name LIKE $1");
        let mut flight = ReadFlight::new();
        let (by_id, by_name) = (flight.ask(&by_id, params![]), flight.ask(&by_name, params![]));
        let like = flight.ask(&like, params!["B%"]);
        let mut answers = store.read(flight).await.unwrap();
        assert_eq!(answers.all(by_id).unwrap(), [1, 255, 256, 1 << 127].map(|number| (id(number),)));
        assert_eq!(answers.all(by_name).unwrap(), ["B", "a", "b", "é"].map(|name| (name.to_owned(),)));
        assert_eq!(answers.one(like), Ok((1,)));
    }

    async fn a_text_with_a_nul_is_refused(store: Store) {
        let mut flight = WriteFlight::<Error>::new();
        flight.run(ADD, params![id(1), "a\0b", 1_i64]);
        assert!(matches!(store.write(flight).await, Err(Refusal::Out(Outage::Unavailable(_)))));
        assert!(ask(&store, &COUNT, params![]).await.is_ok());
    }

    async fn a_misfit_is_an_outage_and_harms_no_later_flight(store: Store) {
        let nonsense: Query<(i64,)> = Query::new("SELECT nonsense FROM nowhere");
        let quoted: Query<(String,)> = Query::new("SELECT \"nonsense\" FROM item");
        for _ in 0..20 {
            assert!(ask(&store, &nonsense, params![]).await.is_err());
            assert!(ask(&store, &quoted, params![]).await.is_err());
            assert!(ask(&store, &AMOUNT, params![]).await.is_err());
            assert!(ask(&store, &AMOUNT, params![id(1), 1_i64]).await.is_err());
            assert!(ask(&store, &AMOUNT, params![vec![id(1)]]).await.is_err());
            let mut flight = ReadFlight::new();
            flight.ask(&AMOUNT, params![id(1)]);
            flight.ask(&AMOUNT, params![Value::Uuids(Vec::new())]);
            assert!(store.read(flight).await.is_err());
        }
        add(&store, 1, "one", 1).await;
        assert_eq!(amount(&store, 1).await, Some(1));
        let wrong: Query<(String,)> = Query::new("SELECT amount FROM item");
        assert!(matches!(ask(&store, &wrong, params![]).await, Err(Outage::Unavailable(_))));
    }
}
