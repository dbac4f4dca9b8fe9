//! Vocabularies: sets of codes with what they mean in a language (methods.md 7).
//!
//! Some come with the program, a file each in `builtin/`; others are loaded into the database. All are
//! answered from memory, from a [`Shelf`] that never changes and is made anew when the database says so.

mod builtin;
pub mod code_system;
mod culture;
mod fold;
mod index;
mod load;
mod sheet;
mod shelf;
mod shelves;
mod store;
mod text_file;
mod version;
mod vocabulary;

pub(crate) use fold::fold;
pub use index::Mode;
pub use load::{load, remove};
pub use sheet::{Key, MOST_ROWS, Row, Sheet, check_key};
pub use shelf::{Shelf, Wanted};
pub(crate) use shelves::Shelves;
pub use shelves::shelf;
pub use text_file::{FileError, parse};
pub use vocabulary::{Item, Origin, Page, Reading, Vocabulary};

use crate::{Domain, Outage};

/// The family of the original service's own vocabularies, which is meant where none is said.
pub const FAMILY: &str = "wc";

/// Items of one vocabulary in one answer (methods.md 2.10, `maxVocabularyItems`).
pub const MOST_ITEMS: usize = 5_000;

/// What one search finds at most (methods.md 2.10, `MaxResultsVocabularyRetrieval`).
pub const MOST_RESULTS: usize = 500;

/// Why a vocabulary cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum VocabularyError {
    /// There is none.
    #[error("there is no vocabulary {0}")]
    Unknown(String),
    /// It is restricted, and the application has no authorization for it.
    #[error("this application may not use the vocabulary {0}")]
    Denied(String),
    /// It does not have this code.
    #[error("the vocabulary has no item {0:?}")]
    UnknownCode(String),
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Family and name of every vocabulary that comes with the program.
pub fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    builtin::all().iter().map(|v| (v.key.family.as_str(), v.key.name.as_str()))
}

/// The newest of the program's own vocabularies of this name.
#[must_use]
pub fn built_in(family: &str, name: &str) -> Option<&'static Vocabulary> {
    builtin::all().iter().rfind(|v| v.key.family == family && v.key.name == name).map(|v| &**v)
}

/// What people read for a code of a vocabulary, in the culture (`de-CH`) or the default language.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn display(
    domain: &Domain,
    family: &str,
    name: &str,
    code: &str,
    culture: &str,
) -> Result<Option<String>, Outage> {
    let shelf = shelf(domain).await?;
    let found = shelf.find(&Wanted { name, family: Some(family), version: None });
    Ok(found.and_then(|vocabulary| vocabulary.read(culture).display(code)).map(str::to_owned))
}
