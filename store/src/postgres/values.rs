//! Values to and from PostgreSQL's binary format.

use std::error::Error;

use bytes::BytesMut;
use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use crate::answers::Columns;
use crate::{Column, Outage, Value};

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

/// A row of the driver's.
pub(super) struct RowColumns<'r> {
    row: &'r Row,
    next: usize,
}

impl<'r> RowColumns<'r> {
    pub(super) fn of(row: &'r Row) -> Self {
        Self { row, next: 0 }
    }
}

impl Columns for RowColumns<'_> {
    fn next(&mut self) -> Result<Option<Column<'_>>, Outage> {
        let Some(column) = self.row.columns().get(self.next) else { return Ok(None) };
        let Raw(raw) = self.row.try_get(self.next).map_err(|error| misfit(&error.to_string()))?;
        self.next += 1;
        read(column.type_(), raw).map(Some)
    }
}

/// A column as it was sent.
struct Raw<'r>(Option<&'r [u8]>);

impl<'r> FromSql<'r> for Raw<'r> {
    fn from_sql(_: &Type, raw: &'r [u8]) -> Result<Self, Failure> {
        Ok(Self(Some(raw)))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Failure> {
        Ok(Self(None))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// A row that came as one column: the number of its fields, and for each its type, length and bytes.
pub(super) struct Record<'r> {
    left: u32,
    rest: &'r [u8],
}

impl<'r> FromSql<'r> for Record<'r> {
    fn from_sql(_: &Type, raw: &'r [u8]) -> Result<Self, Failure> {
        let (left, rest) = raw.split_first_chunk().ok_or("a record without a beginning")?;
        Ok(Self { left: u32::from_be_bytes(*left), rest })
    }

    fn accepts(of: &Type) -> bool {
        *of == Type::RECORD
    }
}

impl Record<'_> {
    fn number(&mut self) -> Option<[u8; 4]> {
        let (number, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*number)
    }

    fn field(&mut self) -> Option<(u32, Option<&[u8]>)> {
        let of = u32::from_be_bytes(self.number()?);
        // NULL has the length -1.
        let Ok(length) = usize::try_from(i32::from_be_bytes(self.number()?)) else { return Some((of, None)) };
        let (raw, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some((of, Some(raw)))
    }
}

impl Columns for Record<'_> {
    fn next(&mut self) -> Result<Option<Column<'_>>, Outage> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        let (of, raw) = self.field().ok_or_else(|| misfit("a record that breaks off"))?;
        let of = Type::from_oid(of).ok_or_else(|| misfit("a column of a type that nobody knows"))?;
        read(&of, raw).map(Some)
    }
}

fn read<'r>(of: &Type, raw: Option<&'r [u8]>) -> Result<Column<'r>, Outage> {
    let Some(raw) = raw else { return Ok(Column::Null) };
    let column = match *of {
        Type::BYTEA | Type::UUID => return Ok(Column::Bytes(raw)),
        Type::TEXT | Type::VARCHAR | Type::NAME => <&str>::from_sql(of, raw).map(Column::Text),
        Type::BOOL => bool::from_sql(of, raw).map(Column::Bool),
        Type::INT8 => i64::from_sql(of, raw).map(Column::Int),
        // What `length()` and literals are.
        Type::INT4 => i32::from_sql(of, raw).map(|value| Column::Int(value.into())),
        Type::INT2 => i16::from_sql(of, raw).map(|value| Column::Int(value.into())),
        // `sum()` of bigints is one.
        Type::NUMERIC => return Err(misfit("a numeric: write CAST(… AS bigint)")),
        ref other => return Err(misfit(&format!("a column of type {other}"))),
    };
    column.map_err(|error| misfit(&error.to_string()))
}

fn misfit(what: &str) -> Outage {
    Outage::Unavailable(format!("PostgreSQL answered {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A record of a bigint 7, a NULL text and a text.
    const RAW: &[u8] = b"\0\0\0\x03\0\0\0\x14\0\0\0\x08\0\0\0\0\0\0\0\x07\
        \0\0\0\x19\xff\xff\xff\xff\0\0\0\x19\0\0\0\x02hi";

    #[test]
    fn a_record_is_read_field_by_field() {
        let mut record = Record::from_sql(&Type::RECORD, RAW).unwrap();
        assert_eq!(record.next(), Ok(Some(Column::Int(7))));
        assert_eq!(record.next(), Ok(Some(Column::Null)));
        assert_eq!(record.next(), Ok(Some(Column::Text("hi"))));
        assert_eq!(record.next(), Ok(None));
    }

    #[test]
    fn a_record_that_breaks_off_is_no_row() {
        for length in 0..RAW.len() {
            let Ok(mut record) = Record::from_sql(&Type::RECORD, &RAW[..length]) else { continue };
            assert!((0..3).any(|_| record.next().is_err()), "{length}");
        }
    }
}
