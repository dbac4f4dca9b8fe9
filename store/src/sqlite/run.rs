//! Runs one step on a connection.

use std::collections::hash_map::Entry;
use std::rc::Rc;

use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{Connection, PrepFlags, Row, Statement};
use rustc_hash::FxHashMap;

use super::faults::Fault;
use crate::answers::{Columns, RowReader};
use crate::flight::Step;
use crate::judge::Outcome;
use crate::sql::{Dialect, Key, text};
use crate::{Column, Outage, Value};

/// A connection with the statements that it has prepared. A step's are found without its text, which is
/// long; there are as many as the house has.
pub(super) struct Statements<'c> {
    connection: &'c Connection,
    prepared: FxHashMap<Key, Statement<'c>>,
}

impl<'c> Statements<'c> {
    /// None yet, on this connection.
    pub(super) fn on(connection: &'c Connection) -> Self {
        Self { connection, prepared: FxHashMap::default() }
    }

    pub(super) fn connection(&self) -> &'c Connection {
        self.connection
    }

    /// Runs a statement of our own (BEGIN, COMMIT and the like).
    pub(super) fn command(&mut self, sql: &'static str) -> Result<(), Fault> {
        self.prepared(sql, &[])?.raw_execute()?;
        Ok(())
    }

    /// Runs the step with its parameters.
    pub(super) fn run(&mut self, step: &Step) -> Result<Outcome, Fault> {
        carry_out(self.prepared(step.sql, &step.params)?, step)
    }

    fn prepared(&mut self, sql: &'static str, params: &[Value]) -> Result<&mut Statement<'c>, Fault> {
        Ok(match self.prepared.entry(Key::of(sql, params)?) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let text = text(Dialect::Sqlite, sql, params)?;
                let flags = PrepFlags::SQLITE_PREPARE_PERSISTENT;
                place.insert(self.connection.prepare_with_flags(&text, flags)?)
            }
        })
    }
}

/// Runs the step's own statement with its parameters.
pub(super) fn carry_out(statement: &mut Statement<'_>, step: &Step) -> Result<Outcome, Fault> {
    for (index, value) in step.params.iter().enumerate() {
        bind(statement, index + 1, value)?;
    }
    let outcome = outcome(statement, step);
    // A parameter may be long, and would stay in memory until the next one comes.
    statement.clear_bindings();
    outcome
}

fn outcome(statement: &mut Statement<'_>, step: &Step) -> Result<Outcome, Fault> {
    let Some(rows) = step.rows else {
        let affected = statement.raw_execute()?;
        return Ok(Outcome { rows: None, affected: affected as u64 });
    };
    let (mut rows, mut affected) = (rows(), 0);
    let count = statement.column_count();
    let mut answered = statement.raw_query();
    while let Some(row) = answered.next()? {
        rows.take(&mut RowReader::new(&mut RowColumns { row, next: 0, count }))?;
        affected += 1;
    }
    Ok(Outcome { rows: Some(rows), affected })
}

/// The columns of a row, where SQLite has them.
struct RowColumns<'r> {
    row: &'r Row<'r>,
    next: usize,
    count: usize,
}

impl Columns for RowColumns<'_> {
    fn next(&mut self) -> Result<Option<Column<'_>>, Outage> {
        if self.next == self.count {
            return Ok(None);
        }
        let column = self.row.get_ref(self.next).map_err(|error| super::faults::outage(&error))?;
        self.next += 1;
        match column {
            ValueRef::Null => Ok(Some(Column::Null)),
            ValueRef::Integer(value) => Ok(Some(Column::Int(value))),
            ValueRef::Text(text) => match std::str::from_utf8(text) {
                Ok(text) => Ok(Some(Column::Text(text))),
                Err(_) => misfit("a text that is not UTF-8"),
            },
            ValueRef::Blob(bytes) => Ok(Some(Column::Bytes(bytes))),
            ValueRef::Real(_) => misfit("a floating-point number"),
        }
    }
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
        // A list of one has a text without a list (see `sql::rewrite`).
        Value::Uuids(list) if list.len() == 1 => {
            statement.raw_bind_parameter(number, list[0].as_bytes().as_slice())
        }
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

fn misfit<T>(what: &str) -> Result<T, Outage> {
    Err(Outage::Unavailable(format!("a column holds {what}")))
}
