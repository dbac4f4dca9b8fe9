//! A place with faults: a store that is full, slow, or fails half way, when a test says so.

use std::collections::VecDeque;
use std::fmt;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use async_trait::async_trait;
use bytes::Bytes;
use object_store::path::Path;
use tokio::sync::Notify;

use crate::place::Place;
use crate::{ObjectError, Objects};

/// What goes wrong, from when a test says so. Faults of puts are for one put each, in order.
#[derive(Debug, Default)]
pub struct Faults {
    puts: Mutex<VecDeque<PutFault>>,
    gets_fail: AtomicBool,
    deletes_fail: AtomicBool,
}

#[derive(Debug)]
enum PutFault {
    Full,
    AnswerLost,
    Held(Held),
}

/// A put that waits.
#[derive(Clone, Debug, Default)]
pub struct Held {
    came: Arc<Notify>,
    released: Arc<Notify>,
}

impl Held {
    /// Waits until the put has come. Nothing is written then.
    pub async fn came(&self) {
        self.came.notified().await;
    }

    /// Lets the put go on, also one that has not come yet.
    pub fn release(&self) {
        self.released.notify_one();
    }
}

impl Faults {
    /// The next put finds no room and writes nothing.
    pub fn next_put_is_full(&self) {
        self.add(PutFault::Full);
    }

    /// The next put writes the object and fails all the same, as when the answer is lost.
    pub fn next_put_fails_after_writing(&self) {
        self.add(PutFault::AnswerLost);
    }

    /// The next put waits.
    pub fn next_put_waits(&self) -> Held {
        let held = Held::default();
        self.add(PutFault::Held(held.clone()));
        held
    }

    /// The next puts go well, whatever was said of them.
    pub fn there_is_room(&self) {
        self.puts.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// All gets fail from now on, or no more.
    pub fn gets_fail(&self, fail: bool) {
        self.gets_fail.store(fail, Ordering::SeqCst);
    }

    /// All deletions fail from now on, or no more.
    pub fn deletes_fail(&self, fail: bool) {
        self.deletes_fail.store(fail, Ordering::SeqCst);
    }

    fn add(&self, fault: PutFault) {
        self.puts.lock().unwrap_or_else(PoisonError::into_inner).push_back(fault);
    }

    fn next(&self) -> Option<PutFault> {
        self.puts.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }
}

impl Objects {
    /// These objects, with faults.
    #[must_use]
    pub fn faulty(inner: Self, faults: Arc<Faults>) -> Self {
        Self(Arc::new(Faulty { inner: inner.0, faults }))
    }
}

struct Faulty {
    inner: Arc<dyn Place>,
    faults: Arc<Faults>,
}

fn failed() -> ObjectError {
    ObjectError::unavailable("a test wants this to fail")
}

#[async_trait]
impl Place for Faulty {
    async fn put(&self, key: &Path, bytes: Bytes) -> Result<(), ObjectError> {
        match self.faults.next() {
            Some(PutFault::Full) => return Err(ObjectError::Full),
            Some(PutFault::AnswerLost) => {
                self.inner.put(key, bytes).await?;
                return Err(failed());
            }
            Some(PutFault::Held(held)) => {
                held.came.notify_one();
                held.released.notified().await;
            }
            None => {}
        }
        self.inner.put(key, bytes).await
    }

    async fn get(&self, key: &Path, range: Range<u64>) -> Result<Bytes, ObjectError> {
        if self.faults.gets_fail.load(Ordering::SeqCst) {
            return Err(failed());
        }
        self.inner.get(key, range).await
    }

    async fn size(&self, key: &Path) -> Result<u64, ObjectError> {
        if self.faults.gets_fail.load(Ordering::SeqCst) {
            return Err(failed());
        }
        self.inner.size(key).await
    }

    async fn keys(&self, prefix: &Path) -> Result<Vec<String>, ObjectError> {
        self.inner.keys(prefix).await
    }

    async fn delete(&self, key: &Path) -> Result<(), ObjectError> {
        if self.faults.deletes_fail.load(Ordering::SeqCst) {
            return Err(failed());
        }
        self.inner.delete(key).await
    }

    async fn sweep(&self, before: SystemTime) -> Result<usize, ObjectError> {
        self.inner.sweep(before).await
    }
}

impl fmt::Display for Faulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}
