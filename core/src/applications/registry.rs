//! Application documents as they were read, kept by revision: the row decides which one holds.

use std::sync::Arc;

use moka::sync::Cache;

use super::store::Row;
use super::{Application, Registered, State};
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
                let parsed: Application = serde_json::from_str(&row.document).map_err(|e| {
                    Outage::Unavailable(format!("application {} cannot be read: {e}", row.id))
                })?;
                let parsed = Arc::new(parsed);
                self.parsed.insert((row.id, row.revision), Arc::clone(&parsed));
                parsed
            }
        };
        let state = State::read(&row.state);
        Ok(Registered {
            application,
            state,
            created: row.created,
            updated: row.updated,
            revision: row.revision,
        })
    }
}
