//! Work that a page does not wait for, because how long it takes would tell something.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::task::JoinSet;

/// What is under way beside the pages; cheap to clone.
#[derive(Clone, Default)]
pub struct Beside(Arc<Mutex<JoinSet<()>>>);

impl Beside {
    /// Begins some work.
    pub fn start(&self, work: impl Future<Output = ()> + Send + 'static) {
        let mut under_way = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while under_way.try_join_next().is_some() {}
        under_way.spawn(work);
    }

    /// Done when all work that was begun so far is.
    pub async fn settle(&self) {
        let under_way = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        under_way.join_all().await;
    }
}
