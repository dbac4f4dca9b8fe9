//! What goes into a statement.

use uuid::Uuid;

/// A parameter of a statement.
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
    /// `uuid`.
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

/// The parameters of a statement, in the order of `$1`, `$2`, …
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { vec![$($crate::Value::from($value)),*] };
}
