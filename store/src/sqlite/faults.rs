//! What an error of SQLite means to us.

use rusqlite::{Error, ErrorCode};

use crate::Outage;

/// An error that no expectation names. SQLite's texts name tables and columns, never values.
pub(super) fn outage(error: &Error) -> Outage {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Outage::Busy,
        _ => Outage::Unavailable(format!("SQLite: {error}")),
    }
}

/// Why a step did not run.
pub(super) enum Fault {
    Sql(Error),
    Out(Outage),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Fault::Sql(error)
    }
}

impl From<Outage> for Fault {
    fn from(outage: Outage) -> Self {
        Fault::Out(outage)
    }
}

impl From<Fault> for Outage {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Sql(error) => outage(&error),
            Fault::Out(outage) => outage,
        }
    }
}
