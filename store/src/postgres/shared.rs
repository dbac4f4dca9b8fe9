//! Connections that several reads use at once.
//!
//! A read flight is mostly one statement, which is a transaction in itself, so nothing keeps the next one from
//! being sent before it is answered. On a busy server few processes of PostgreSQL then always have something to
//! do, instead of many that are woken for each statement.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use deadpool_postgres::Object;
use tokio::sync::Mutex;

use super::connect::Connections;
use crate::Outage;

/// So many reads at most are under way on one of them; who comes then has a connection to itself. What takes long holds
/// up those behind it, and they should not become ever more.
const MOST: usize = 64;

/// Places for connections, each opened when it is first wanted, and again when it was lost.
pub(super) struct Shared(Box<[Place]>);

#[derive(Default)]
struct Place {
    client: RwLock<Option<Arc<Object>>>,
    opening: Mutex<()>,
    /// Reads that are under way or wait for the connection.
    reads: AtomicUsize,
}

/// A read's part in a connection.
pub(super) struct Part<'s> {
    turn: Turn<'s>,
    client: Arc<Object>,
}

/// Counts a read at its place for as long as it lives.
struct Turn<'s>(&'s Place);

impl Shared {
    pub(super) fn new(count: usize) -> Self {
        Self((0..count.max(1)).map(|_| Place::default()).collect())
    }

    /// A part in the connection with the fewest reads; `None` when all have enough.
    pub(super) async fn part(&self, connections: &Connections) -> Result<Option<Part<'_>>, Outage> {
        let reads = |place: &&Place| place.reads.load(Ordering::Relaxed);
        let Some(least) = self.0.iter().min_by_key(reads).filter(|place| reads(place) < MOST) else {
            return Ok(None);
        };
        let turn = Turn::at(least);
        let client = least.client(connections).await?;
        Ok(Some(Part { turn, client }))
    }
}

impl Place {
    /// The connection, which is opened once for all who wait for it.
    async fn client(&self, connections: &Connections) -> Result<Arc<Object>, Outage> {
        if let Some(client) = self.open() {
            return Ok(client);
        }
        let _alone = self.opening.lock().await;
        if let Some(client) = self.open() {
            return Ok(client);
        }
        let client = Arc::new(connections.object().await?);
        *self.client.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&client));
        Ok(client)
    }

    fn open(&self) -> Option<Arc<Object>> {
        let client = self.client.read().unwrap_or_else(PoisonError::into_inner);
        client.as_ref().filter(|client| !client.is_closed()).cloned()
    }
}

impl Part<'_> {
    pub(super) fn client(&self) -> &Object {
        &self.client
    }

    /// The connection is good for nothing any more; the next read opens another.
    pub(super) fn lose(self) {
        let mut kept = self.turn.0.client.write().unwrap_or_else(PoisonError::into_inner);
        if kept.as_ref().is_some_and(|kept| Arc::ptr_eq(kept, &self.client)) {
            *kept = None;
        }
    }
}

impl<'s> Turn<'s> {
    fn at(place: &'s Place) -> Self {
        place.reads.fetch_add(1, Ordering::Relaxed);
        Self(place)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.reads.fetch_sub(1, Ordering::Relaxed);
    }
}
