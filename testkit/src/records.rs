use std::sync::Arc;

use keepwell_core::applications::Application;
use keepwell_core::authorizations::{self, Caller, Consent};
use keepwell_core::connections::{self, Answered};
use keepwell_core::ids::{PersonId, RecordId};
use keepwell_store::{Outage, Query, ReadFlight, Statement, Store, WriteFlight, params};

use crate::World;

const LIMIT: Statement = Statement::new("UPDATE record SET max_size_bytes = $2 WHERE record_id = $1");

const LOOKS: Statement = Statement::new(
    "INSERT INTO record_person (record_id, person_id, custodian, relationship, display_name, expires, created, \
     updated) VALUES ($1, $2, FALSE, 99, 'Shared', $3, 1, 1)",
);
const LOOKS_AT: Statement =
    Statement::new("INSERT INTO person_record (person_id, record_id, created) VALUES ($1, $2, 1)");

impl World {
    /// The person may look at the record from now on, and is no custodian of it. Until records can be shared, nobody
    /// becomes that: the rows are made by hand.
    pub async fn lets_look(&self, record: RecordId, person: PersonId) {
        let settings = keepwell_store::Settings { beside: true, ..self.settings.clone() };
        let store = Store::open(&settings, keepwell_core::MIGRATIONS).await.expect("a store");
        let mut flight = WriteFlight::<Outage>::new();
        flight.run(LOOKS, params![record, person, keepwell_core::env::NEVER]);
        flight.run(LOOKS_AT, params![person, record]);
        store.write(flight).await.expect("shared");
    }

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

    /// The person uses a code that an application gave them, and allows it all that it requires.
    pub async fn pick_up(
        &self,
        app: &Application,
        person: PersonId,
        record: RecordId,
        code: &str,
        answer: &str,
    ) {
        let found = connections::find(&self.domain, person, None, code).await.expect("found");
        let answered = connections::answer(&self.domain, person, found.id, answer).await.expect("answered");
        assert!(matches!(answered, Answered::Right(_)), "{answered:?}");
        let consent = Consent::to_required(person, record);
        authorizations::allow_by_code(&self.domain, app, &consent, found.id).await.expect("allowed");
    }

    /// What stands in the tables that a clinic's asking could leave anything in.
    pub async fn everything(&self) -> Vec<String> {
        const TABLES: [Query<(String,)>; 4] = [
            Query::new(
                "SELECT external_id || friendly_name || question || COALESCE(answer_hash, '') FROM connection",
            ),
            Query::new("SELECT COALESCE(body, '') FROM audit_entry"),
            Query::new("SELECT document FROM visit"),
            Query::new("SELECT online || offline FROM record_grant"),
        ];
        let settings = keepwell_store::Settings { beside: true, ..self.settings.clone() };
        let store = Store::open(&settings, keepwell_core::MIGRATIONS).await.expect("a store");
        let mut flight = ReadFlight::new();
        let slots = TABLES.map(|query| flight.ask(&query, Vec::new()));
        let mut answers = store.read(flight).await.expect("read");
        let rows = slots.map(|slot| answers.all(slot).expect("rows"));
        rows.into_iter().flatten().map(|(text,)| text).collect()
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
