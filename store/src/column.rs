//! A column of an answer, read where the engine has it.

use uuid::Uuid;

use crate::Outage;

/// A column as long as the engine holds its row. A `uuid` is sixteen bytes on either engine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Column<'r> {
    /// SQL NULL, of any type.
    Null,
    /// `boolean` on PostgreSQL.
    Bool(bool),
    /// `bigint`; `boolean` on SQLite.
    Int(i64),
    /// `text`.
    Text(&'r str),
    /// `bytea` or `uuid`.
    Bytes(&'r [u8]),
}

/// A Rust type that a column can be read as.
pub trait FromColumn: Sized + Send + 'static {
    /// Reads the column. An answer of the wrong shape is a fault of ours, never of a caller.
    ///
    /// # Errors
    /// `Outage::Unavailable` when the column holds something else.
    fn from_column(column: Column<'_>) -> Result<Self, Outage>;
}

fn misfit<T>(wanted: &str, column: Column<'_>) -> Result<T, Outage> {
    let kind = match column {
        Column::Null => "NULL",
        Column::Bool(_) => "a boolean",
        Column::Int(_) => "an integer",
        Column::Text(_) => "a text",
        Column::Bytes(_) => "bytes",
    };
    Err(Outage::Unavailable(format!("a column should hold {wanted} but holds {kind}")))
}

impl FromColumn for i64 {
    fn from_column(column: Column<'_>) -> Result<Self, Outage> {
        match column {
            Column::Int(v) => Ok(v),
            other => misfit("an integer", other),
        }
    }
}

impl FromColumn for bool {
    fn from_column(column: Column<'_>) -> Result<Self, Outage> {
        match column {
            Column::Bool(v) => Ok(v),
            Column::Int(0) => Ok(false),
            Column::Int(1) => Ok(true),
            other => misfit("a boolean", other),
        }
    }
}

impl FromColumn for String {
    fn from_column(column: Column<'_>) -> Result<Self, Outage> {
        match column {
            Column::Text(v) => Ok(v.to_owned()),
            other => misfit("a text", other),
        }
    }
}

impl FromColumn for Vec<u8> {
    fn from_column(column: Column<'_>) -> Result<Self, Outage> {
        match column {
            Column::Bytes(v) => Ok(v.to_vec()),
            other => misfit("bytes", other),
        }
    }
}

impl FromColumn for Uuid {
    fn from_column(column: Column<'_>) -> Result<Self, Outage> {
        match column {
            Column::Bytes(bytes) => Uuid::from_slice(bytes).or_else(|_| misfit("a uuid", column)),
            other => misfit("a uuid", other),
        }
    }
}

impl<T: FromColumn> FromColumn for Option<T> {
    fn from_column(column: Column<'_>) -> Result<Self, Outage> {
        match column {
            Column::Null => Ok(None),
            other => T::from_column(other).map(Some),
        }
    }
}
