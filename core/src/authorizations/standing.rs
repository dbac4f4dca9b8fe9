//! How a record stands with an application: is there something to ask the person?
//! (connectivity.md 8.6)

use super::grant::Grant;
use crate::applications::{Application, Rule};
use crate::records::{Record, State};

/// `app-record-auth-action` on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// All current required rules are granted.
    NoActionRequired,
    /// Never granted.
    AuthorizationRequired,
    /// The application asks for more than was granted.
    ReauthorizationRequired,
    /// The person cannot grant what it asks for.
    ReauthorizationNotPossible,
    /// The application is not meant for where the record's subject lives.
    RecordLocationNotSupported,
}

impl Standing {
    /// Its name on the wire.
    #[must_use]
    pub fn wire_name(self) -> &'static str {
        match self {
            Self::NoActionRequired => "NoActionRequired",
            Self::AuthorizationRequired => "AuthorizationRequired",
            Self::ReauthorizationRequired => "ReauthorizationRequired",
            Self::ReauthorizationNotPossible => "ReauthorizationNotPossible",
            Self::RecordLocationNotSupported => "RecordLocationNotSupported",
        }
    }
}

/// How the record stands with the application.
#[must_use]
pub fn standing(app: &Application, record: &Record, grant: Option<&Grant>, now: i64) -> Standing {
    if record.state != State::Active || record.rights.expires <= now {
        return Standing::ReauthorizationNotPossible;
    }
    if !app.supports(&record.country) {
        return Standing::RecordLocationNotSupported;
    }
    match grant.filter(|g| g.expires > now) {
        None => Standing::AuthorizationRequired,
        Some(grant) => {
            let required = covers(&grant.online, &app.online) && covers(&grant.offline, &app.offline);
            if required { Standing::NoActionRequired } else { Standing::ReauthorizationRequired }
        }
    }
}

/// Whether the granted rules allow all that the required ones ask for. A rule is held against what
/// was granted under its own name first, then against any.
fn covers(granted: &[Rule], asked: &[Rule]) -> bool {
    asked.iter().filter(|r| !r.optional).all(|rule| granted.iter().any(|g| g.covers(rule)))
}
