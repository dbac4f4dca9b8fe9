//! Application documents as they were read, kept by revision: the row decides which one holds.

use std::sync::Arc;

use moka::sync::Cache;

use super::store::Row;
use super::{Application, Kind, Registered, State};
use crate::Outage;
use crate::ids::AppId;

/// Parsed application documents; cheap to clone.
#[derive(Clone)]
pub struct Registry {
    parsed: Cache<(AppId, i64), Arc<Application>>,
}

impl Registry {
    pub(crate) fn new() -> Self {
        Self { parsed: Cache::new(10_000) }
    }

    pub(crate) fn kept(&self, id: AppId, revision: i64) -> Option<Arc<Application>> {
        self.parsed.get(&(id, revision))
    }

    pub(super) fn read(&self, row: Row) -> Result<Registered, Outage> {
        let application = match self.kept(row.id, row.revision) {
            Some(application) => application,
            None => {
                let parsed = Arc::new(parse(&row)?);
                self.parsed.insert((row.id, row.revision), Arc::clone(&parsed));
                parsed
            }
        };
        // Nothing is installed of what is no application for devices any more.
        let state = match application.kind {
            Kind::Child { .. } if row.master.is_some() => State::Suspended,
            _ => State::read(&row.state),
        };
        Ok(Registered {
            application,
            state,
            created: row.created,
            updated: row.updated,
            revision: row.revision,
        })
    }
}

/// What a row says. An installation on a device says its name only, and is else what is installed.
fn parse(row: &Row) -> Result<Application, Outage> {
    let read = |document: &str| -> Result<Application, Outage> {
        serde_json::from_str(document)
            .map_err(|e| Outage::Unavailable(format!("application {} cannot be read: {e}", row.id)))
    };
    let own = read(&row.document)?;
    let Some(master) = &row.master else { return Ok(own) };
    let installed = read(master)?;
    match (&installed.kind, own.device()) {
        (Kind::Mobile, Some(name)) => Ok(installed.on_device(own.id, name)),
        _ => Ok(Application {
            id: own.id,
            kind: Kind::Child { master: installed.id },
            ..Application::default()
        }),
    }
}
