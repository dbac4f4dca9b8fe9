//! What a place for objects must do.

use std::fmt;
use std::ops::Range;
use std::time::SystemTime;

use async_trait::async_trait;
use bytes::Bytes;
use object_store::path::Path;

use crate::ObjectError;

/// Keys were checked before. [`crate::Objects`] says what each function promises; as text a place says
/// where it is.
#[async_trait]
pub(crate) trait Place: fmt::Display + Send + Sync {
    async fn put(&self, key: &Path, bytes: Bytes) -> Result<(), ObjectError>;

    /// The range is not empty. Fewer bytes where the object ends within it.
    async fn get(&self, key: &Path, range: Range<u64>) -> Result<Bytes, ObjectError>;

    /// How long the object is, in bytes.
    async fn size(&self, key: &Path) -> Result<u64, ObjectError>;

    /// In any order.
    async fn keys(&self, prefix: &Path) -> Result<Vec<String>, ObjectError>;

    /// One that is not there may be called missing.
    async fn delete(&self, key: &Path) -> Result<(), ObjectError>;

    /// Nothing, where a put leaves nothing unfinished.
    async fn sweep(&self, _before: SystemTime) -> Result<usize, ObjectError> {
        Ok(0)
    }
}
