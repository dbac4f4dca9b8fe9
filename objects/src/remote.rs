//! Objects in a store that keeps them by itself: S3, or this process's memory.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::TryStreamExt as _;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt as _};

use crate::place::Place;
use crate::{ObjectError, S3Settings, key};

pub(crate) struct Remote {
    store: Arc<dyn ObjectStore>,
    whereabouts: String,
}

impl Remote {
    pub(crate) fn s3(settings: &S3Settings) -> Result<Self, ObjectError> {
        Ok(Self { store: Arc::new(settings.store()?), whereabouts: settings.to_string() })
    }

    pub(crate) fn in_memory() -> Self {
        Self { store: Arc::new(InMemory::new()), whereabouts: "in memory".to_owned() }
    }
}

#[async_trait]
impl Place for Remote {
    async fn put(&self, key: &Path, bytes: Bytes) -> Result<(), ObjectError> {
        match self.store.put(key, bytes.into()).await {
            Ok(_) => Ok(()),
            Err(error) => Err(ObjectError::of_put(&error, key.as_ref())),
        }
    }

    async fn get(&self, key: &Path, range: Range<u64>) -> Result<Bytes, ObjectError> {
        self.store.get_range(key, range).await.map_err(|error| ObjectError::of(&error, key.as_ref()))
    }

    async fn size(&self, key: &Path) -> Result<u64, ObjectError> {
        let found = self.store.head(key).await.map_err(|error| ObjectError::of(&error, key.as_ref()))?;
        Ok(found.size)
    }

    async fn keys(&self, prefix: &Path) -> Result<Vec<String>, ObjectError> {
        let found = self.store.list(Some(prefix)).map_ok(|object| object.location.to_string());
        let mut keys: Vec<_> =
            found.try_collect().await.map_err(|error| ObjectError::of(&error, prefix.as_ref()))?;
        // Somebody else's objects may lie in the bucket too.
        keys.retain(|found| key::path(found).is_ok());
        Ok(keys)
    }

    async fn delete(&self, key: &Path) -> Result<(), ObjectError> {
        self.store.delete(key).await.map_err(|error| ObjectError::of(&error, key.as_ref()))
    }
}

impl fmt::Display for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.whereabouts)
    }
}
