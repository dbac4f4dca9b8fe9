//! The engine seam: flights of statements on SQLite or PostgreSQL.
//!
//! A *read flight* is answered from one snapshot in one hop. A *write flight* is a list of
//! statements, each with what it must achieve; all hold or none does. Its *endings* are statements that rest on what it
//! has read. One SQL text serves both
//! engines, and no database driver's type leaves this crate.

mod answers;
mod column;
mod engine;
mod flight;
mod judge;
mod migration;
mod outage;
mod postgres;
mod query;
mod settings;
mod sql;
mod sqlite;
#[cfg(feature = "testing")]
pub mod testing;
mod value;

pub use answers::{Answers, FromRow, RowReader};
pub use column::{Column, FromColumn};
pub use engine::Store;
pub use flight::{Ending, Pending, ReadFlight, Slot, WriteFlight};
pub use migration::Migration;
pub use outage::{Outage, Refusal};
pub use query::{Query, Statement};
pub use settings::{Database, Settings};
pub use value::Value;
