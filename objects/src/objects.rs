//! The place where objects lie, wherever that is.

use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;

use crate::folder::Folder;
use crate::place::Place;
use crate::remote::Remote;
use crate::{ObjectError, S3Settings, key};

/// Objects under keys. A key is parts of ASCII letters, digits and hyphens with a slash between them;
/// any other is refused. Cheap to clone.
///
/// As text it says where the objects lie, without anything secret.
#[derive(Clone)]
pub struct Objects(pub(crate) Arc<dyn Place>);

impl Objects {
    /// Objects as files in a folder, which is made, for its owner only, if it is not there.
    ///
    /// # Errors
    /// When the folder cannot be made, or is none.
    pub fn local(folder: &Path) -> Result<Self, ObjectError> {
        Ok(Self(Arc::new(Folder::open(folder)?)))
    }

    /// Objects in a bucket of an S3 store. Nothing is asked of it before the first use; see
    /// [`Self::check`].
    ///
    /// # Errors
    /// When the settings cannot be.
    pub fn s3(settings: &S3Settings) -> Result<Self, ObjectError> {
        Ok(Self(Arc::new(Remote::s3(settings)?)))
    }

    /// Objects in memory: for tests, and where nothing is kept.
    #[must_use]
    pub fn in_memory() -> Self {
        Self(Arc::new(Remote::in_memory()))
    }

    /// Stores the bytes (at most some 8 MiB) under the key. When it answers they are durable: in a
    /// folder the file and its entry are synced. Nobody ever sees half of it. If the call is dropped
    /// before it answers, the object may come to be there later.
    ///
    /// # Errors
    /// [`ObjectError::Full`] and [`ObjectError::Unavailable`]. The object may be there all the same: an
    /// answer can get lost.
    pub async fn put(&self, key: &str, bytes: Bytes) -> Result<(), ObjectError> {
        self.0.put(&key::path(key)?, bytes).await
    }

    /// Exactly these bytes of the object.
    ///
    /// # Errors
    /// [`ObjectError::Missing`] when there is no such object, [`ObjectError::Unavailable`] also when it
    /// ends within the range.
    pub async fn get(&self, key: &str, range: Range<u64>) -> Result<Bytes, ObjectError> {
        let path = key::path(key)?;
        let Some(wanted) = range.end.checked_sub(range.start) else {
            return Err(ObjectError::unavailable(format_args!("{range:?} is no range of an object")));
        };
        // Stores know no empty range.
        let bytes = match wanted {
            0 if self.0.size(&path).await? >= range.end => Bytes::new(),
            0 => return Err(too_short(key, &range)),
            _ => self.0.get(&path, range.clone()).await.map_err(|error| match error {
                ObjectError::Unavailable(why) => {
                    ObjectError::unavailable(format_args!("the object {key} cannot be read: {why}"))
                }
                other => other,
            })?,
        };
        if bytes.len() as u64 == wanted { Ok(bytes) } else { Err(too_short(key, &range)) }
    }

    /// All keys below this one, in order; all there are for the empty one. A folder of a million objects
    /// takes seconds.
    ///
    /// # Errors
    /// [`ObjectError::Unavailable`].
    pub async fn keys(&self, prefix: &str) -> Result<Vec<String>, ObjectError> {
        let mut keys = self.0.keys(&key::prefix(prefix)?).await?;
        keys.sort_unstable();
        Ok(keys)
    }

    /// Deletes an object. One that is not there is fine. In a folder this is not synced: after a power
    /// cut the object may be there again.
    ///
    /// # Errors
    /// [`ObjectError::Unavailable`].
    pub async fn delete(&self, key: &str) -> Result<(), ObjectError> {
        match self.0.delete(&key::path(key)?).await {
            Err(ObjectError::Missing(_)) => Ok(()),
            done => done,
        }
    }

    /// Removes what killed processes left of unfinished puts and nobody touched since this time, and
    /// says how many. It must be longer ago than a put may take: other processes may be at work.
    ///
    /// # Errors
    /// [`ObjectError::Unavailable`].
    pub async fn sweep(&self, before: SystemTime) -> Result<usize, ObjectError> {
        self.0.sweep(before).await
    }

    /// Puts a small object below `check/`, gets it and deletes it: a server does so at its start, so
    /// that a wrong bucket or a folder that cannot be written is told at once.
    ///
    /// # Errors
    /// What went wrong, and at which of the three.
    pub async fn check(&self) -> Result<(), ObjectError> {
        // Several processes may start at a time. Which name it is decides nothing.
        #[expect(clippy::disallowed_methods, reason = "a name for a moment")]
        let key = format!("check/{}", uuid::Uuid::new_v4());
        let probe = Bytes::from_static(b"Keepwell was here.");
        let at = |step: &'static str| {
            move |error| match error {
                ObjectError::Full => ObjectError::Full,
                other => ObjectError::unavailable(format_args!("{step}: {other}")),
            }
        };
        self.put(&key, probe.clone()).await.map_err(at("an object cannot be written"))?;
        let got = self.get(&key, 0..probe.len() as u64).await.map_err(at("an object cannot be read"));
        self.delete(&key).await.map_err(at("an object cannot be deleted"))?;
        if got? == probe { Ok(()) } else { Err(ObjectError::unavailable("an object came back as another")) }
    }
}

fn too_short(key: &str, range: &Range<u64>) -> ObjectError {
    ObjectError::unavailable(format_args!("the object {key} ends before byte {}", range.end))
}

impl fmt::Display for Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Objects({})", self.0)
    }
}
