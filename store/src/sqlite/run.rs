//! Runs one step on a connection.

use std::rc::Rc;

use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{Connection, Statement};

use super::faults::Fault;
use crate::flight::Step;
use crate::judge::Outcome;
use crate::sql::Texts;
use crate::{Outage, Row, Value};

/// Runs the step with its parameters.
pub(super) fn run(connection: &Connection, texts: &Texts, step: &Step) -> Result<Outcome, Fault> {
    let text = texts.text(step.sql, &step.params)?;
    let mut statement = connection.prepare_cached(&text)?;
    for (index, value) in step.params.iter().enumerate() {
        bind(&mut statement, index + 1, value)?;
    }
    if !step.rows {
        let affected = statement.raw_execute()?;
        return Ok(Outcome { rows: Vec::new(), affected: affected as u64 });
    }
    let columns = statement.column_count();
    let mut found = Vec::new();
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        let values = (0..columns).map(|column| value(row.get_ref(column)?));
        found.push(Row(values.collect::<Result<_, Fault>>()?));
    }
    Ok(Outcome { affected: found.len() as u64, rows: found })
}

/// Runs a statement of our own (BEGIN, COMMIT and the like).
pub(super) fn command(connection: &Connection, text: &'static str) -> rusqlite::Result<()> {
    connection.prepare_cached(text)?.raw_execute().map(drop)
}

fn bind(statement: &mut Statement<'_>, number: usize, value: &Value) -> rusqlite::Result<()> {
    let uuid = |id: &uuid::Uuid| Sql::Blob(id.as_bytes().to_vec());
    match value {
        Value::Null => statement.raw_bind_parameter(number, rusqlite::types::Null),
        Value::Bool(value) => statement.raw_bind_parameter(number, value),
        Value::Int(value) => statement.raw_bind_parameter(number, value),
        Value::Text(value) => statement.raw_bind_parameter(number, value),
        Value::Bytes(value) => statement.raw_bind_parameter(number, value),
        Value::Uuid(id) => statement.raw_bind_parameter(number, id.as_bytes().as_slice()),
        Value::Uuids(list) => bind_list(statement, number, list.iter().map(uuid)),
        Value::Ints(list) => bind_list(statement, number, list.iter().map(|value| Sql::Integer(*value))),
        Value::Texts(list) => bind_list(statement, number, list.iter().map(|value| Sql::Text(value.clone()))),
    }
}

/// A list of one has a text without a list (see `sql::rewrite`).
fn bind_list(
    statement: &mut Statement<'_>,
    number: usize,
    mut list: impl ExactSizeIterator<Item = Sql>,
) -> rusqlite::Result<()> {
    match (list.len(), list.next()) {
        (1, Some(value)) => statement.raw_bind_parameter(number, value),
        (_, first) => {
            let all: Vec<Sql> = first.into_iter().chain(list).collect();
            statement.raw_bind_parameter(number, Rc::new(all))
        }
    }
}

fn value(column: ValueRef<'_>) -> Result<Value, Fault> {
    Ok(match column {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(value) => Value::Int(value),
        ValueRef::Text(text) => match std::str::from_utf8(text) {
            Ok(text) => Value::Text(text.to_owned()),
            Err(_) => return Err(misfit("a text that is not UTF-8")),
        },
        // Most of what has this length is a `uuid`, which needs no memory of its own; a reader of bytes
        // takes it as well.
        ValueRef::Blob(bytes) => match <[u8; 16]>::try_from(bytes) {
            Ok(bytes) => Value::Uuid(uuid::Uuid::from_bytes(bytes)),
            Err(_) => Value::Bytes(bytes.to_vec()),
        },
        ValueRef::Real(_) => return Err(misfit("a floating-point number")),
    })
}

fn misfit(what: &str) -> Fault {
    Outage::Unavailable(format!("a column holds {what}")).into()
}
