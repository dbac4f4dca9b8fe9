use std::sync::Arc;

use keepwell_core::authorizations::{self, Caller};
use keepwell_core::ids::{PersonId, RecordId};
use keepwell_store::{Outage, Statement, Store, WriteFlight, params};

use crate::World;

const LIMIT: Statement = Statement::new("UPDATE record SET max_size_bytes = $2 WHERE record_id = $1");

impl World {
    /// The same world for another desk.
    #[must_use]
    pub fn beside(&self) -> Self {
        Self {
            domain: self.domain.clone(),
            clock: Arc::clone(&self.clock),
            settings: self.settings.clone(),
            objects: self.objects.clone(),
            faults: Arc::clone(&self.faults),
            keys: self.keys.clone(),
            guard: Arc::clone(&self.guard),
        }
    }

    /// The text of its key file.
    #[must_use]
    pub fn key_file(&self) -> &str {
        &self.keys
    }

    /// Bytes that a record of this person has in use.
    pub async fn record_size(&self, person: PersonId, record: RecordId) -> i64 {
        let access = authorizations::open(&self.domain, &Caller::person(person), record).await;
        access.expect("open").about().size_bytes
    }

    /// Lets a record hold so many bytes and no more.
    pub async fn limit_record(&self, record: RecordId, bytes: i64) {
        let settings = keepwell_store::Settings { beside: true, ..self.settings.clone() };
        let store = Store::open(&settings, keepwell_core::MIGRATIONS).await.expect("a store");
        let mut flight = WriteFlight::<Outage>::new();
        flight.run(LIMIT, params![record, bytes]);
        store.write(flight).await.expect("limited");
    }
}
