//! What a flight brought back.

use crate::{FromValue, Outage, Slot, Value};

/// A row as the engine answered it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row(pub(crate) Vec<Value>);

/// Reads a row's columns from left to right.
pub struct RowReader {
    columns: std::vec::IntoIter<Value>,
}

impl RowReader {
    /// The next column.
    ///
    /// # Errors
    /// `Outage::Unavailable` when there is none, or it holds another type.
    pub fn column<T: FromValue>(&mut self) -> Result<T, Outage> {
        match self.columns.next() {
            Some(value) => T::from_value(value),
            None => Err(Outage::Unavailable("a row has fewer columns than its reader wants".to_owned())),
        }
    }
}

/// A Rust type that a row can be read as, column by column.
pub trait FromRow: Sized {
    /// Reads the row.
    ///
    /// # Errors
    /// `Outage::Unavailable` when the row has another shape.
    fn from_row(row: &mut RowReader) -> Result<Self, Outage>;
}

macro_rules! tuple_from_row {
    ($($name:ident)*) => {
        impl<$($name: FromValue),*> FromRow for ($($name,)*) {
            fn from_row(row: &mut RowReader) -> Result<Self, Outage> {
                Ok(($(row.column::<$name>()?,)*))
            }
        }
    };
}
tuple_from_row!(A);
tuple_from_row!(A B);
tuple_from_row!(A B C);
tuple_from_row!(A B C D);
tuple_from_row!(A B C D E);
tuple_from_row!(A B C D E F);
tuple_from_row!(A B C D E F G);

/// Declares a struct whose fields are the columns of a row, in order.
#[macro_export]
macro_rules! row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$fmeta:meta])* $fvis:vis $field:ident : $type:ty),* $(,)? }) => {
        $(#[$meta])* $vis struct $name { $($(#[$fmeta])* $fvis $field: $type),* }
        impl $crate::FromRow for $name {
            fn from_row(row: &mut $crate::RowReader) -> Result<Self, $crate::Outage> {
                Ok(Self { $($field: row.column()?),* })
            }
        }
    };
}

/// The rows of every statement of a flight. A `Slot` says which.
#[derive(Debug)]
pub struct Answers {
    steps: Vec<Vec<Row>>,
}

impl Answers {
    pub(crate) fn new(steps: Vec<Vec<Row>>) -> Self {
        Self { steps }
    }

    /// All rows that the slot's statement answered; a slot is read once.
    ///
    /// # Errors
    /// `Outage::Unavailable` when a row has another shape than the query's type.
    pub fn all<R: FromRow>(&mut self, slot: Slot<R>) -> Result<Vec<R>, Outage> {
        let rows = self.steps.get_mut(slot.index).map(std::mem::take).unwrap_or_default();
        rows.into_iter().map(|row| R::from_row(&mut RowReader { columns: row.0.into_iter() })).collect()
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// As [`Answers::all`].
    pub fn first<R: FromRow>(&mut self, slot: Slot<R>) -> Result<Option<R>, Outage> {
        Ok(self.all(slot)?.into_iter().next())
    }

    /// The first row of a statement that always answers one (a count, an expected `RETURNING`).
    ///
    /// # Errors
    /// As [`Answers::all`], and when there is no row.
    pub fn one<R: FromRow>(&mut self, slot: Slot<R>) -> Result<R, Outage> {
        self.first(slot)?.ok_or_else(|| Outage::Unavailable("a statement answered no row".to_owned()))
    }
}
