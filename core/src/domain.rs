//! What every operation works with.

use std::sync::Arc;

use keepwell_objects::Objects;
use keepwell_store::{Outage, Settings, Store};
use tokio::sync::Notify;

use crate::applications::Registry;
use crate::audit::ReadLog;
use crate::connections::Limits;
use crate::credentials::Hasher;
use crate::keys::{self, KeyRing};
use crate::sessions::identity::Visitors;
use crate::vocabularies::Shelves;
use crate::{Env, MIGRATIONS, erasure, installations, thing_types};

/// The store, the keys and the environment; cheap to clone.
#[derive(Clone)]
pub struct Domain {
    pub(crate) store: Store,
    /// Where the bytes of large attachments lie.
    pub(crate) objects: Objects,
    pub(crate) keys: Arc<KeyRing>,
    pub(crate) registry: Registry,
    pub(crate) hasher: Hasher,
    pub(crate) reads: ReadLog,
    pub(crate) visitors: Visitors,
    pub(crate) shelves: Shelves,
    pub(crate) limits: Limits,
    /// Limits of installations on devices.
    pub(crate) devices: installations::Limits,
    pub(crate) uses: installations::Uses,
    /// Attachments are taken whatever hash their sender made.
    pub(crate) any_hash: bool,
    /// How long after it was closed an account, or a record, is erased; microseconds.
    pub(crate) grace: i64,
    /// Told when there is a letter to deliver.
    pub(crate) post: Arc<Notify>,
    /// Time and randomness.
    pub env: Env,
}

impl Domain {
    /// Opens the database; large attachments lie in `objects`. It brings its schema up to date and starts the writer of read audits.
    ///
    /// # Errors
    /// `Outage` when the database cannot be opened, or belongs to another key, or when the catalogue of
    /// thing types is not what it should be.
    pub async fn open(
        settings: &Settings,
        keys: KeyRing,
        env: Env,
        objects: Objects,
    ) -> Result<Self, Outage> {
        thing_types::check().map_err(|error| Outage::Unavailable(format!("the catalogue: {error}")))?;
        let store = Store::open(settings, MIGRATIONS).await?;
        keys::check(&store, &keys).await?;
        let keys = Arc::new(keys);
        let reads = ReadLog::start(store.clone(), keys.clone(), env.clone());
        Ok(Self {
            store,
            objects,
            keys,
            registry: Registry::new(),
            hasher: Hasher::new(),
            reads,
            visitors: Visitors::new(),
            shelves: Shelves::default(),
            limits: Limits::default(),
            devices: installations::Limits::default(),
            uses: installations::Uses::new(),
            any_hash: false,
            grace: erasure::GRACE,
            post: Arc::new(Notify::new()),
            env,
        })
    }

    /// The same with other limits for what clinics ask and leave.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The same with other limits for phones and tablets.
    #[must_use]
    pub fn with_device_limits(self, devices: installations::Limits) -> Self {
        Self { devices, ..self }
    }

    /// The same, taking attachments whose sender hashes them in another way than it says (things.md 7.5).
    #[must_use]
    pub fn with_any_hash(self, any_hash: bool) -> Self {
        Self { any_hash, ..self }
    }

    /// The same, in which who reads gets an answer only when the read's audit entry is committed. While the
    /// database takes no entries, nothing is read then.
    #[must_use]
    pub fn with_audit_before_answer(self, before_answer: bool) -> Self {
        Self { reads: self.reads.before_answer(before_answer), ..self }
    }

    /// The same, erasing what was closed after another time (microseconds).
    #[must_use]
    pub fn with_grace(self, grace: i64) -> Self {
        Self { grace, ..self }
    }

    /// How long after it was closed an account, or a record, is erased; microseconds.
    #[must_use]
    pub fn grace(&self) -> i64 {
        self.grace
    }

    /// Waits until every audit entry of a read so far is committed.
    pub async fn settle(&self) {
        self.reads.settle().await;
    }
}
