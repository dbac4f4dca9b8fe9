//! Which folders are being put into, so that a deletion does not take one away meanwhile.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many puts go into each folder or below it. Those of this process: another one's are not known.
#[derive(Clone, Default)]
pub(crate) struct Busy(Arc<Mutex<HashMap<PathBuf, usize>>>);

/// As long as this lives, its folders are not removed.
pub(crate) struct Hold {
    busy: Busy,
    folders: Vec<PathBuf>,
}

impl Busy {
    pub(crate) fn hold(&self, folders: Vec<PathBuf>) -> Hold {
        let mut counts = self.counts();
        for folder in &folders {
            *counts.entry(folder.clone()).or_default() += 1;
        }
        drop(counts);
        Hold { busy: self.clone(), folders }
    }

    /// Removes a folder that is empty and that nobody holds, and says whether it did.
    pub(crate) fn remove_folder(&self, folder: &Path) -> bool {
        let counts = self.counts();
        !counts.contains_key(folder) && std::fs::remove_dir(folder).is_ok()
    }

    fn counts(&self) -> MutexGuard<'_, HashMap<PathBuf, usize>> {
        // Nothing within can break off half way.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let mut counts = self.busy.counts();
        for folder in &self.folders {
            if let Some(count) = counts.get_mut(folder) {
                *count -= 1;
                if *count == 0 {
                    counts.remove(folder);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_removed_when_nobody_holds_it_any_more() {
        let kept = tempfile::tempdir().expect("a folder");
        let folder = kept.path().join("one");
        std::fs::create_dir(&folder).expect("a folder");
        let busy = Busy::default();
        let (one, other) = (busy.hold(vec![folder.clone()]), busy.clone().hold(vec![folder.clone()]));
        assert!(!busy.remove_folder(&folder));
        drop(one);
        assert!(!busy.remove_folder(&folder) && folder.exists());
        drop(other);
        assert!(busy.remove_folder(&folder) && !folder.exists());
    }

    #[test]
    fn a_folder_with_something_in_it_stays() {
        let kept = tempfile::tempdir().expect("a folder");
        std::fs::write(kept.path().join("x"), "x").expect("a file");
        assert!(!Busy::default().remove_folder(kept.path()));
    }
}
