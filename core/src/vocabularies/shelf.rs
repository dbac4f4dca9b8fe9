//! All vocabularies at one moment: those of the program and those that were loaded.

use std::collections::HashMap;
use std::sync::Arc;

use uuid::Uuid;

use super::builtin;
use super::index::Mode;
use super::vocabulary::Vocabulary;
use super::{FAMILY, VocabularyError};
use crate::applications::Application;

/// Which vocabulary is meant (methods.md 4.6).
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'w> {
    /// Its name.
    pub name: &'w str,
    /// Its family; without one, `wc`.
    pub family: Option<&'w str>,
    /// Its version; without one, the newest.
    pub version: Option<&'w str>,
}

/// All vocabularies at one moment. It never changes; [`super::shelf()`] gives the one that holds now.
#[derive(Default)]
pub struct Shelf {
    pub(super) revision: Option<i64>,
    pub(super) loaded: HashMap<Uuid, Arc<Vocabulary>>,
    /// By family, name and age.
    all: Vec<Arc<Vocabulary>>,
}

impl Shelf {
    pub(super) fn of(revision: i64, loaded: HashMap<Uuid, Arc<Vocabulary>>) -> Self {
        // One that was loaded stands before one of the program with the same key.
        let mut all: Vec<_> = loaded.values().chain(builtin::all()).cloned().collect();
        all.sort_by(|a, b| a.order(b));
        all.dedup_by(|later, earlier| later.key == earlier.key);
        Self { revision: Some(revision), loaded, all }
    }

    /// All vocabularies, by family, name and age.
    pub fn all(&self) -> impl Iterator<Item = &Vocabulary> {
        self.all.iter().map(|vocabulary| &**vocabulary)
    }

    /// All that an application may use.
    pub fn of_app(&self, app: &Application) -> impl Iterator<Item = &Vocabulary> {
        self.all().filter(|vocabulary| may_use(app, vocabulary))
    }

    /// The vocabulary that is meant.
    #[must_use]
    pub fn find(&self, wanted: &Wanted<'_>) -> Option<&Vocabulary> {
        let names = (wanted.family.unwrap_or(FAMILY), wanted.name);
        let first = self.all.partition_point(|v| (v.key.family.as_str(), v.key.name.as_str()) < names);
        let versions =
            self.all().skip(first).take_while(|v| (v.key.family.as_str(), v.key.name.as_str()) == names);
        match wanted.version {
            None => versions.last(),
            Some(version) => { versions }.find(|v| v.key.version == version),
        }
    }

    /// The vocabulary that an application means.
    ///
    /// # Errors
    /// `VocabularyError::Unknown`, or `VocabularyError::Denied` for a restricted one without authorization.
    pub fn find_for(&self, app: &Application, wanted: &Wanted<'_>) -> Result<&Vocabulary, VocabularyError> {
        let said = || format!("{}/{}", wanted.family.unwrap_or(FAMILY), wanted.name);
        let found = self.find(wanted).ok_or_else(|| VocabularyError::Unknown(said()))?;
        match may_use(app, found) {
            true => Ok(found),
            false => Err(VocabularyError::Denied(said())),
        }
    }

    /// The vocabularies whose name or description matches, of those that an application may use; at most
    /// so many.
    #[must_use]
    pub fn search(&self, app: &Application, text: &str, mode: Mode, most: usize) -> Vec<&Vocabulary> {
        self.of_app(app).filter(|vocabulary| vocabulary.is_about(text, mode)).take(most).collect()
    }
}

/// Whether an application may use a vocabulary (connectivity.md 7.2).
fn may_use(app: &Application, vocabulary: &Vocabulary) -> bool {
    let key = &vocabulary.key;
    !vocabulary.restricted || app.vocabularies.iter().any(|v| v.covers(&key.family, &key.name))
}
