//! All that a database holds, to see that nothing changed.

use std::collections::BTreeMap;

use keepwell_store::{Column, FromColumn, FromRow, Outage, Query, ReadFlight, RowReader, Store};

use crate::World;

/// Every row of every table, by the table's name. Two that are equal hold the same.
pub type Snapshot = BTreeMap<&'static str, Vec<String>>;

/// A row of any table.
struct Any(String);

/// A column of any type.
struct Cell(String);

impl FromColumn for Cell {
    fn from_column(column: Column<'_>) -> Result<Self, Outage> {
        Ok(Self(format!("{column:?}")))
    }
}

impl FromRow for Any {
    fn from_row(row: &mut RowReader<'_>) -> Result<Self, Outage> {
        let mut text = String::new();
        // The last column is the one after which there is none.
        while let Ok(Cell(value)) = row.column() {
            text.push_str(&value);
            text.push(' ');
        }
        Ok(Self(text))
    }
}

impl World {
    /// What the database holds now, the entries of reads that are on their way included.
    pub async fn snapshot(&self) -> Snapshot {
        self.domain.settle().await;
        let settings = keepwell_store::Settings { beside: true, ..self.settings.clone() };
        let store = Store::open(&settings, keepwell_core::MIGRATIONS).await.expect("a store");
        let mut flight = ReadFlight::new();
        let slots: Vec<_> = tables()
            .into_iter()
            .map(|table| {
                // A statement lives as long as the program; a test makes few.
                let sql: &'static str = Box::leak(format!("SELECT * FROM {table}").into_boxed_str());
                (table, flight.ask(&Query::<Any>::new(sql), Vec::new()))
            })
            .collect();
        let mut answers = store.read(flight).await.expect("read");
        let mut rows = |slot| {
            let mut rows: Vec<_> = answers.all(slot).expect("rows").into_iter().map(|Any(row)| row).collect();
            rows.sort();
            rows
        };
        slots.into_iter().map(|(table, slot)| (table, rows(slot))).collect()
    }
}

/// The names of all tables, as the schema has them.
fn tables() -> Vec<&'static str> {
    let after = |words| {
        let all = keepwell_core::MIGRATIONS.iter().flat_map(move |step| step.sql.split(words).skip(1));
        all.filter_map(|rest| rest.split([' ', '(', ';']).next())
    };
    let dropped: Vec<_> = after("DROP TABLE ").collect();
    let named: Vec<_> = after("CREATE TABLE ").filter(|name| !dropped.contains(name)).collect();
    assert!(named.len() > 30, "the schema was read");
    named
}
