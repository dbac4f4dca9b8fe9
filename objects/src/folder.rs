//! Objects as files in a folder of this machine.

use std::fmt;
use std::fs::{self, DirBuilder, File};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use async_trait::async_trait;
use bytes::Bytes;
use object_store::ObjectStoreExt as _;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;

use crate::ObjectError;
use crate::busy::Busy;
use crate::error::is_not_found;
use crate::place::Place;
use crate::walk::walk;

/// How often a put begins anew when another process removed the folder that it had just made.
const TRIES: usize = 8;

/// The folder. The library stages, syncs and renames; what it leaves open is closed here: which
/// folders' entries are on the disk, and who may remove a folder.
#[derive(Clone)]
pub(crate) struct Folder {
    root: PathBuf,
    store: LocalFileSystem,
    busy: Busy,
}

impl Folder {
    pub(crate) fn open(folder: &Path) -> Result<Self, ObjectError> {
        let failed = |error: &io::Error| ObjectError::of_io(error, folder.display());
        let root = std::path::absolute(folder).map_err(|error| failed(&error))?;
        make(&root).map_err(|error| failed(&error))?;
        let root = fs::canonicalize(root).map_err(|error| failed(&error))?;
        let store = LocalFileSystem::new_with_prefix(&root).map_err(ObjectError::unavailable)?;
        Ok(Self { root, store: store.with_fsync(true), busy: Busy::default() })
    }

    /// The folders that a key lies in, the nearest first, without the one for all.
    fn folders(&self, key: &Key) -> Vec<PathBuf> {
        let path = self.root.join(key.as_ref());
        path.ancestors().skip(1).take_while(|folder| *folder != self.root).map(Path::to_owned).collect()
    }

    /// A disk that is not mounted must not look like one that lost everything, nor be replaced.
    fn stands(&self) -> Result<(), ObjectError> {
        let gone = |error| ObjectError::of_io(&error, self.root.display());
        fs::metadata(&self.root).map(|_| ()).map_err(gone)
    }

    /// Work that blocks, on a thread for such.
    async fn apart<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, ObjectError> + Send + 'static,
    ) -> Result<T, ObjectError> {
        let this = self.clone();
        tokio::task::spawn_blocking(move || work(&this)).await.map_err(ObjectError::unavailable)?
    }

    /// The library's put syncs the file and the folder that it lies in, and the folders above only if it
    /// was that put which made them: another may have made them and not synced them yet.
    fn sync_above(&self, folders: &[PathBuf]) -> Result<(), ObjectError> {
        for folder in folders.iter().skip(1).chain([&self.root]) {
            match sync_folder(folder) {
                // Whoever removed it deleted the object that was in it.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                done => done.map_err(|error| ObjectError::of_io(&error, folder.display()))?,
            }
        }
        Ok(())
    }

    /// Removes folders that became empty, as far up as they did.
    fn prune(&self, folders: &[PathBuf]) {
        for folder in folders {
            if !self.busy.remove_folder(folder) {
                break;
            }
        }
    }

    async fn put_in(&self, key: &Key, bytes: Bytes) -> Result<(), ObjectError> {
        self.apart(Self::stands).await?;
        let mut tries = 1;
        loop {
            match self.store.put(key, bytes.clone().into()).await {
                Err(error) if is_not_found(&error) && tries < TRIES => tries += 1,
                Err(error) => return Err(ObjectError::of_put(&error, key.as_ref())),
                Ok(_) => return Ok(()),
            }
        }
    }
}

#[async_trait]
impl Place for Folder {
    async fn put(&self, key: &Key, bytes: Bytes) -> Result<(), ObjectError> {
        let folders = self.folders(key);
        let hold = self.busy.hold(folders.clone());
        let put = self.put_in(key, bytes).await;
        self.apart(move |this| match put {
            Ok(()) => {
                let _until_synced = hold;
                this.sync_above(&folders)
            }
            Err(error) => {
                drop(hold);
                this.prune(&folders);
                Err(error)
            }
        })
        .await
    }

    async fn get(&self, key: &Key, range: Range<u64>) -> Result<Bytes, ObjectError> {
        match self.store.get_range(key, range).await {
            Ok(bytes) => Ok(bytes),
            Err(error) => self.unless_gone(&error, key).await,
        }
    }

    async fn size(&self, key: &Key) -> Result<u64, ObjectError> {
        match self.store.head(key).await {
            Ok(found) => Ok(found.size),
            Err(error) => self.unless_gone(&error, key).await,
        }
    }

    async fn keys(&self, prefix: &Key) -> Result<Vec<String>, ObjectError> {
        let (folder, prefix) = (self.root.join(prefix.as_ref()), prefix.to_string());
        self.apart(move |this| {
            this.stands()?;
            let found = walk(&folder).map_err(|error| ObjectError::of_io(&error, folder.display()))?;
            let before = if prefix.is_empty() { prefix } else { prefix + "/" };
            let finished = found.into_iter().filter(|found| !found.is_unfinished);
            Ok(finished.map(|found| format!("{before}{}", found.key)).collect())
        })
        .await
    }

    async fn delete(&self, key: &Key) -> Result<(), ObjectError> {
        let (path, folders) = (self.root.join(key.as_ref()), self.folders(key));
        self.apart(move |this| {
            match fs::remove_file(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => this.stands()?,
                done => done.map_err(|error| ObjectError::of_io(&error, path.display()))?,
            }
            this.prune(&folders);
            Ok(())
        })
        .await
    }

    async fn sweep(&self, before: SystemTime) -> Result<usize, ObjectError> {
        self.apart(move |this| {
            let failed = |error: io::Error| ObjectError::of_io(&error, this.root.display());
            let mut swept = 0;
            for found in walk(&this.root).map_err(failed)? {
                if !found.is_unfinished || !is_from_before(&found.path, before) {
                    continue;
                }
                match fs::remove_file(&found.path) {
                    // Somebody else swept it.
                    Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                    done => done.map_err(failed)?,
                }
                this.prune(&this.folders(&Key::from(found.key)));
                swept += 1;
            }
            Ok(swept)
        })
        .await
    }
}

impl Folder {
    async fn unless_gone<T>(&self, error: &object_store::Error, key: &Key) -> Result<T, ObjectError> {
        let error = ObjectError::of(error, key.as_ref());
        if matches!(error, ObjectError::Missing(_)) {
            self.apart(Self::stands).await?;
        }
        Err(error)
    }
}

/// Whether a file was last written before that time. One that is gone was not.
fn is_from_before(path: &Path, time: SystemTime) -> bool {
    fs::metadata(path).and_then(|metadata| metadata.modified()).is_ok_and(|modified| modified < time)
}

/// Makes a folder, and those that it lies in, for its owner only, so that they are on the disk.
fn make(folder: &Path) -> io::Result<()> {
    let missing: Vec<_> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)?;
    for made in missing {
        made.parent().map_or(Ok(()), sync_folder)?;
    }
    Ok(())
}

/// Syncs what a folder says of the files in it. Elsewhere than on Unix a folder cannot be opened.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

impl fmt::Display for Folder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.display().fmt(f)
    }
}
