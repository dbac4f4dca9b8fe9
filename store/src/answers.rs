//! What a flight brought back.

use std::any::Any;

use crate::{Column, FromColumn, Outage, Slot};

/// The columns of a row, from left to right, where an engine has them.
pub(crate) trait Columns {
    /// The next column; none when there are no more.
    fn next(&mut self) -> Result<Option<Column<'_>>, Outage>;
}

/// Reads a row's columns from left to right.
pub struct RowReader<'r> {
    columns: &'r mut dyn Columns,
}

impl<'r> RowReader<'r> {
    pub(crate) fn new(columns: &'r mut dyn Columns) -> Self {
        Self { columns }
    }

    /// The next column.
    ///
    /// # Errors
    /// `Outage::Unavailable` when there is none, or it holds another type.
    pub fn column<T: FromColumn>(&mut self) -> Result<T, Outage> {
        match self.columns.next()? {
            Some(column) => T::from_column(column),
            None => Err(Outage::Unavailable("a row has fewer columns than its reader wants".to_owned())),
        }
    }
}

/// A Rust type that a row can be read as, column by column.
pub trait FromRow: Sized + Send + 'static {
    /// Reads the row.
    ///
    /// # Errors
    /// `Outage::Unavailable` when the row has another shape.
    fn from_row(row: &mut RowReader<'_>) -> Result<Self, Outage>;
}

/// The rows of one statement, read into what they are for while the engine steps through them.
pub(crate) trait Collect: Any + Send {
    /// Takes the next row.
    fn take(&mut self, row: &mut RowReader<'_>) -> Result<(), Outage>;
}

/// The rows of a statement that answers any.
pub(crate) type Rows = Option<Box<dyn Collect>>;

struct Collected<R>(Vec<R>);

impl<R: FromRow> Collect for Collected<R> {
    fn take(&mut self, row: &mut RowReader<'_>) -> Result<(), Outage> {
        self.0.push(R::from_row(row)?);
        Ok(())
    }
}

/// No rows yet, of this type.
pub(crate) fn collected<R: FromRow>() -> Box<dyn Collect> {
    Box::new(Collected::<R>(Vec::new()))
}

macro_rules! tuple_from_row {
    ($($name:ident)*) => {
        impl<$($name: FromColumn),*> FromRow for ($($name,)*) {
            fn from_row(row: &mut RowReader<'_>) -> Result<Self, Outage> {
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
            fn from_row(row: &mut $crate::RowReader<'_>) -> Result<Self, $crate::Outage> {
                Ok(Self { $($field: row.column()?),* })
            }
        }
    };
}

/// The rows of every statement of a flight. A `Slot` says which.
pub struct Answers {
    steps: Vec<Rows>,
}

impl std::fmt::Debug for Answers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answers").field("steps", &self.steps.len()).finish_non_exhaustive()
    }
}

impl Answers {
    pub(crate) fn new(steps: Vec<Rows>) -> Self {
        Self { steps }
    }

    /// What has not been read.
    pub(crate) fn left(self) -> Vec<Rows> {
        self.steps
    }

    /// All rows that the slot's statement answered; a slot is read once.
    ///
    /// # Errors
    /// `Outage::Unavailable` when the slot is another flight's.
    pub fn all<R: FromRow>(&mut self, slot: Slot<R>) -> Result<Vec<R>, Outage> {
        let Some(rows) = self.steps.get_mut(slot.index).and_then(Option::take) else { return Ok(Vec::new()) };
        let rows: Box<dyn Any> = rows;
        match rows.downcast::<Collected<R>>() {
            Ok(rows) => Ok(rows.0),
            Err(_) => Err(Outage::Unavailable("a slot of another flight was read".to_owned())),
        }
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
