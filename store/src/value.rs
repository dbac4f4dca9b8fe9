//! What goes into a statement and what comes out of a row.

use uuid::Uuid;

use crate::Outage;

/// A parameter of a statement or a column of a row.
///
/// Columns are `bigint`, `boolean`, `text`, `bytea` and `uuid`, on both engines. The lists serve
/// `IN $n[]` only.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// SQL NULL, of any type.
    Null,
    /// `boolean`.
    Bool(bool),
    /// `bigint`; times are microseconds UTC.
    Int(i64),
    /// `text`.
    Text(String),
    /// `bytea`.
    Bytes(Vec<u8>),
    /// `uuid` (16 bytes on SQLite).
    Uuid(Uuid),
    /// A list for `IN $n[]` on a `uuid` column.
    Uuids(Vec<Uuid>),
    /// A list for `IN $n[]` on a `bigint` column.
    Ints(Vec<i64>),
    /// A list for `IN $n[]` on a `text` column.
    Texts(Vec<String>),
}

macro_rules! value_from {
    ($($from:ty => |$v:ident| $to:expr),* $(,)?) => {
        $(impl From<$from> for Value { fn from($v: $from) -> Self { $to } })*
    };
}

value_from! {
    bool => |v| Value::Bool(v),
    i64 => |v| Value::Int(v),
    i32 => |v| Value::Int(v.into()),
    u32 => |v| Value::Int(v.into()),
    &str => |v| Value::Text(v.to_owned()),
    String => |v| Value::Text(v),
    &String => |v| Value::Text(v.clone()),
    Vec<u8> => |v| Value::Bytes(v),
    &[u8] => |v| Value::Bytes(v.to_vec()),
    [u8; 32] => |v| Value::Bytes(v.to_vec()),
    &[u8; 32] => |v| Value::Bytes(v.to_vec()),
    Uuid => |v| Value::Uuid(v),
    Vec<Uuid> => |v| Value::Uuids(v),
    Vec<i64> => |v| Value::Ints(v),
    Vec<String> => |v| Value::Texts(v),
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

/// A Rust type that a column can be read as.
pub trait FromValue: Sized {
    /// Reads the column. An answer of the wrong shape is a fault of ours, never of a caller.
    ///
    /// # Errors
    /// `Outage::Unavailable` when the column holds something else.
    fn from_value(value: Value) -> Result<Self, Outage>;
}

fn misfit<T>(wanted: &str, value: &Value) -> Result<T, Outage> {
    let kind = match value {
        Value::Null => "NULL",
        Value::Bool(_) => "a boolean",
        Value::Int(_) => "an integer",
        Value::Text(_) => "a text",
        Value::Bytes(_) => "bytes",
        Value::Uuid(_) => "a uuid",
        Value::Uuids(_) | Value::Ints(_) | Value::Texts(_) => "a list",
    };
    Err(Outage::Unavailable(format!("a column should hold {wanted} but holds {kind}")))
}

impl FromValue for i64 {
    fn from_value(value: Value) -> Result<Self, Outage> {
        match value {
            Value::Int(v) => Ok(v),
            other => misfit("an integer", &other),
        }
    }
}

impl FromValue for bool {
    fn from_value(value: Value) -> Result<Self, Outage> {
        match value {
            Value::Bool(v) => Ok(v),
            Value::Int(0) => Ok(false),
            Value::Int(1) => Ok(true),
            other => misfit("a boolean", &other),
        }
    }
}

impl FromValue for String {
    fn from_value(value: Value) -> Result<Self, Outage> {
        match value {
            Value::Text(v) => Ok(v),
            other => misfit("a text", &other),
        }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: Value) -> Result<Self, Outage> {
        match value {
            Value::Bytes(v) => Ok(v),
            // SQLite does not tell a `uuid` from sixteen bytes.
            Value::Uuid(v) => Ok(v.as_bytes().to_vec()),
            other => misfit("bytes", &other),
        }
    }
}

impl FromValue for Uuid {
    fn from_value(value: Value) -> Result<Self, Outage> {
        match value {
            Value::Uuid(v) => Ok(v),
            Value::Bytes(ref bytes) => match Uuid::from_slice(bytes) {
                Ok(v) => Ok(v),
                Err(_) => misfit("a uuid", &value),
            },
            other => misfit("a uuid", &other),
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value) -> Result<Self, Outage> {
        match value {
            Value::Null => Ok(None),
            other => T::from_value(other).map(Some),
        }
    }
}

/// The parameters of a statement, in the order of `$1`, `$2`, …
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { vec![$($crate::Value::from($value)),*] };
}
