//! What a database still holds: every row of every table as text.

use keepwell_core::MIGRATIONS;
use keepwell_store::{
    Column, FromColumn, FromRow, Outage, Query, ReadFlight, RowReader, Settings, Statement, Store, Value,
    WriteFlight,
};
use keepwell_testkit::World;

/// A row of any table.
struct Row(String);

/// A column of any type.
struct Cell(String);

impl FromColumn for Cell {
    fn from_column(column: Column<'_>) -> Result<Self, Outage> {
        Ok(Self(match column {
            Column::Text(text) => text.to_owned(),
            Column::Bytes(bytes) => match uuid::Uuid::from_slice(bytes) {
                // An id, or a digest of its length.
                Ok(id) => format!("{id} {}", String::from_utf8_lossy(bytes)),
                Err(_) => String::from_utf8_lossy(bytes).into_owned(),
            },
            other => format!("{other:?}"),
        }))
    }
}

impl FromRow for Row {
    fn from_row(row: &mut RowReader<'_>) -> Result<Self, Outage> {
        let mut text = String::new();
        while let Ok(Cell(column)) = row.column() {
            text.push_str(&column);
            text.push('\n');
        }
        Ok(Self(text))
    }
}

/// Each table with the columns of its migration.
pub fn tables() -> Vec<(&'static str, &'static str)> {
    let all = MIGRATIONS.iter().flat_map(|step| step.sql.split("CREATE TABLE ").skip(1));
    let is_dropped =
        |name: &str| MIGRATIONS.iter().any(|step| step.sql.contains(&format!("DROP TABLE {name};")));
    all.map(|text| text.split_once(" (").unwrap())
        .filter(|(name, _)| !is_dropped(name))
        .map(|(name, rest)| (name, rest.split("\n);").next().unwrap()))
        .collect()
}

pub async fn store(world: &World) -> Store {
    let settings = Settings { beside: true, ..world.settings().clone() };
    Store::open(&settings, MIGRATIONS).await.unwrap()
}

/// Where this stands: `table: the row`.
pub async fn where_is(world: &World, words: &[String]) -> Vec<String> {
    world.domain.settle().await;
    let mut flight = ReadFlight::new();
    let slots: Vec<_> = tables()
        .into_iter()
        .map(|(table, _)| {
            // A statement lives as long as the program; a test makes few.
            let sql: &'static str = Box::leak(format!("SELECT * FROM {table}").into_boxed_str());
            (table, flight.ask(&Query::<Row>::new(sql), Vec::new()))
        })
        .collect();
    let mut answers = store(world).await.read(flight).await.unwrap();
    let mut found = Vec::new();
    for (table, slot) in slots {
        for Row(row) in answers.all(slot).unwrap() {
            let folded = row.to_lowercase();
            if words.iter().any(|word| folded.contains(&word.to_lowercase())) {
                found.push(format!("{table}: {row}"));
            }
        }
    }
    found
}

/// Does this to the database behind the server's back.
pub async fn tamper(world: &World, statement: &'static str, params: Vec<Value>) {
    let mut flight = WriteFlight::<()>::new();
    flight.run(Statement::new(statement), params);
    store(world).await.write(flight).await.unwrap();
}
