//! What an error of PostgreSQL means to us.

use std::error::Error as _;

use tokio_postgres::Error;
use tokio_postgres::error::{DbError, SqlState};

use crate::Outage;

/// Why a statement did not run.
#[derive(Debug)]
pub(super) enum Fault {
    /// A conflict on this unique index.
    Conflict(String),
    /// The server rolled back for another flight's sake; the same flight may pass at the next try.
    Again,
    /// The connection is gone.
    Lost(String),
    /// Another server migrated, and what was prepared before is good for nothing now.
    Stale(String),
    Out(Outage),
}

impl Fault {
    /// Whether the connection may serve the next flight.
    pub(super) fn spares_the_connection(&self) -> bool {
        !matches!(self, Fault::Lost(_) | Fault::Stale(_))
    }
}

impl From<Fault> for Outage {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Conflict(index) => Outage::Unavailable(format!("a conflict on {index}")),
            Fault::Again => Outage::Busy,
            Fault::Lost(why) | Fault::Stale(why) => Outage::Unavailable(format!("PostgreSQL: {why}")),
            Fault::Out(outage) => outage,
        }
    }
}

impl From<Outage> for Fault {
    fn from(outage: Outage) -> Self {
        Fault::Out(outage)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error.as_db_error() {
            Some(answer) => said(answer),
            None if error.is_closed() || error.source().is_some_and(|why| why.is::<std::io::Error>()) => {
                Fault::Lost(error.to_string())
            }
            None => {
                let why = error.source().map(ToString::to_string).unwrap_or_default();
                Fault::Out(Outage::Unavailable(format!("PostgreSQL: {error}: {why}")))
            }
        }
    }
}

/// The detail of an answer is left out: it quotes values, which have no business in a log.
fn said(answer: &DbError) -> Fault {
    let code = answer.code();
    let text = format!("{} ({})", answer.message(), code.code());
    match *code {
        SqlState::UNIQUE_VIOLATION => Fault::Conflict(answer.constraint().unwrap_or_default().to_owned()),
        SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => Fault::Again,
        SqlState::LOCK_NOT_AVAILABLE | SqlState::TOO_MANY_CONNECTIONS => Fault::Out(Outage::Busy),
        SqlState::ADMIN_SHUTDOWN | SqlState::CRASH_SHUTDOWN | SqlState::CANNOT_CONNECT_NOW => {
            Fault::Lost(text)
        }
        SqlState::INVALID_SQL_STATEMENT_NAME => Fault::Stale(text),
        SqlState::FEATURE_NOT_SUPPORTED if answer.message().starts_with("cached plan") => Fault::Stale(text),
        _ if code.code().starts_with("08") => Fault::Lost(text),
        _ => Fault::Out(Outage::Unavailable(format!("PostgreSQL: {text}"))),
    }
}
