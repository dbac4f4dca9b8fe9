//! Values to and from PostgreSQL's binary format.

use std::error::Error;

use bytes::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use uuid::Uuid;

use crate::Value;

type Failure = Box<dyn Error + Sync + Send>;

/// A parameter. The server says its type; that of the value must be the same.
#[derive(Debug)]
pub(super) struct Parameter<'v>(pub(super) &'v Value);

impl ToSql for Parameter<'_> {
    fn to_sql(&self, to: &Type, out: &mut BytesMut) -> Result<IsNull, Failure> {
        match (self.0, to) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Bool(value), &Type::BOOL) => value.to_sql(to, out),
            (Value::Int(value), &Type::INT8) => value.to_sql(to, out),
            (Value::Int(value), &Type::INT4) => i32::try_from(*value)?.to_sql(to, out),
            (Value::Int(value), &Type::INT2) => i16::try_from(*value)?.to_sql(to, out),
            (Value::Text(value), &Type::TEXT | &Type::VARCHAR) => value.to_sql(to, out),
            (Value::Bytes(value), &Type::BYTEA) => value.to_sql(to, out),
            (Value::Uuid(value), &Type::UUID) => value.to_sql(to, out),
            // A list of one has a text without a list (see `sql::rewrite`).
            (Value::Uuids(list), &Type::UUID) if list.len() == 1 => list[0].to_sql(to, out),
            (Value::Ints(list), &Type::INT8) if list.len() == 1 => list[0].to_sql(to, out),
            (Value::Texts(list), &Type::TEXT) if list.len() == 1 => list[0].to_sql(to, out),
            (Value::Uuids(list), &Type::UUID_ARRAY) => list.to_sql(to, out),
            (Value::Ints(list), &Type::INT8_ARRAY) => list.to_sql(to, out),
            (Value::Texts(list), &Type::TEXT_ARRAY) => list.to_sql(to, out),
            (_, to) => Err(format!("the server takes this parameter for {to}").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A column of an answer.
pub(super) struct Field(pub(super) Value);

impl<'a> FromSql<'a> for Field {
    fn from_sql(from: &Type, raw: &'a [u8]) -> Result<Self, Failure> {
        Ok(Field(match *from {
            Type::BOOL => Value::Bool(bool::from_sql(from, raw)?),
            Type::INT8 => Value::Int(i64::from_sql(from, raw)?),
            // What `length()` and literals are.
            Type::INT4 => Value::Int(i32::from_sql(from, raw)?.into()),
            Type::INT2 => Value::Int(i16::from_sql(from, raw)?.into()),
            Type::TEXT | Type::VARCHAR | Type::NAME => Value::Text(String::from_sql(from, raw)?),
            Type::BYTEA => Value::Bytes(raw.to_vec()),
            Type::UUID => Value::Uuid(Uuid::from_sql(from, raw)?),
            // `sum()` of bigints is one.
            Type::NUMERIC => return Err("a numeric: write CAST(… AS bigint)".into()),
            ref other => return Err(format!("a column of type {other}").into()),
        }))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Failure> {
        Ok(Field(Value::Null))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}
