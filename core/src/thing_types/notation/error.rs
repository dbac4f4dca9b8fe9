//! What is wrong with a file of the catalogue.

/// Where a file of the catalogue is wrong, and how.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: expected {expected}, found {found}")]
pub struct NotationError {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What could stand there.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

/// A file that is being read, for its errors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source {
    pub(crate) file: &'static str,
}

impl Source {
    pub(crate) fn error(
        self,
        line: usize,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> NotationError {
        let found = found.into();
        let found = if found.is_empty() { "nothing".to_owned() } else { found };
        NotationError { file: self.file.to_owned(), line, expected: expected.into(), found }
    }
}
