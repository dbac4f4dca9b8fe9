//! What can go wrong with objects, in three words.

use std::error::Error;
use std::fmt::Display;
use std::io;

/// As much of a store's answer as goes into a message, in characters.
const SAID: usize = 400;

/// Why an object could not be put, got or deleted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ObjectError {
    /// Nothing is stored under this key.
    #[error("there is no object {0}")]
    Missing(String),
    /// There is no room for more: the disk is full, or what we may use of it.
    #[error("there is no room for more objects")]
    Full,
    /// Anything else, in words for an operator. It says nothing secret.
    #[error("{0}")]
    Unavailable(String),
}

impl ObjectError {
    /// In words, on one line: a store may answer with pages.
    pub(crate) fn unavailable(why: impl Display) -> Self {
        let text = why.to_string();
        let line = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        let line: Vec<_> = line.collect();
        Self::Unavailable(line.join(" ").chars().take(SAID).collect())
    }

    /// What the library says of the object under this key.
    pub(crate) fn of(error: &object_store::Error, key: &str) -> Self {
        let said = error.to_string();
        if lies_beneath(error, is_full) || says_full(&said) {
            return Self::Full;
        }
        match error {
            // A bucket that is not there is not an object that is lost.
            object_store::Error::NotFound { .. } if !said.contains("NoSuchBucket") => {
                Self::Missing(key.to_owned())
            }
            _ => Self::unavailable(in_words(error)),
        }
    }

    /// The same of a put, where what is missing is not the object.
    pub(crate) fn of_put(error: &object_store::Error, key: &str) -> Self {
        match Self::of(error, key) {
            Self::Missing(_) => Self::unavailable(in_words(error)),
            other => other,
        }
    }

    /// What the file system says.
    pub(crate) fn of_io(error: &io::Error, what: impl Display) -> Self {
        if is_full(error) { Self::Full } else { Self::unavailable(format_args!("{what}: {error}")) }
    }
}

/// Whether a file or folder was not there, in whatever the library wrapped it.
pub(crate) fn is_not_found(error: &object_store::Error) -> bool {
    lies_beneath(error, |error| error.kind() == io::ErrorKind::NotFound)
}

/// ENOSPC and EDQUOT.
fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

/// S3 itself is never full; of those that speak like it, some answer 507, some name a quota.
fn says_full(said: &str) -> bool {
    said.contains("status code: 507") || said.contains("<Code>QuotaExceeded</Code>")
}

/// What a store answered, or what lies at the bottom: that a connection was refused, or a file is no
/// file. Without which request it was and how often it was tried.
fn in_words(error: &object_store::Error) -> String {
    let said = error.to_string();
    // The library says "Error performing METHOD URL in TIME - ANSWER".
    let request = said.find("Error performing").and_then(|at| said[at..].split_once(" - "));
    let answer = request.map_or(&*said, |(_, answer)| answer);
    let answer = answer.strip_prefix("Server returned non-2xx status code: ").unwrap_or(answer);
    if let Some(code) = within(answer, "Code") {
        let status = answer.split([':', '<']).next().unwrap_or_default();
        let message = within(answer, "Message").map_or(String::new(), |message| format!(": {message}"));
        return format!("{status}, {code}{message}");
    }
    match beneath(error).last().map(ToString::to_string) {
        Some(cause) if !answer.contains(&cause) && !cause.contains(answer) => format!("{answer}: {cause}"),
        _ => answer.to_owned(),
    }
}

/// The text of an element of a store's answer.
fn within<'a>(page: &'a str, element: &str) -> Option<&'a str> {
    let (_, after) = page.split_once(&format!("<{element}>"))?;
    after.split_once(&format!("</{element}>")).map(|(text, _)| text)
}

fn lies_beneath(error: &object_store::Error, fits: impl Fn(&io::Error) -> bool) -> bool {
    beneath(error).any(|error| error.downcast_ref().is_some_and(&fits))
}

fn beneath(error: &object_store::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    std::iter::successors(error.source(), |&error| error.source())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_one_line_of_bounded_length() {
        let error = ObjectError::unavailable(format!("<a>\n\t<b>\u{7}{}", "x".repeat(10_000)));
        let said = error.to_string();
        assert!(said.starts_with("<a> <b> xxx"), "{said}");
        assert_eq!(said.len(), SAID);
    }

    #[test]
    fn of_a_stores_answer_the_gist_is_told() {
        let says = |answer: &str| {
            let said = format!("Error performing PUT http://h/b/a in 7ms, after 3 retries - {answer}");
            in_words(&object_store::Error::Generic { store: "S3", source: said.into() })
        };
        let page = "<Error><Code>NoSuchBucket</Code>\n<Message>No bucket.</Message><Key>a</Key></Error>";
        let answer =
            format!("Server returned non-2xx status code: 404 Not Found: <?xml version=\"1.0\"?>{page}");
        assert_eq!(says(&answer), "404 Not Found, NoSuchBucket: No bucket.");
        assert_eq!(says("HTTP error: nobody there"), "HTTP error: nobody there");
    }

    #[test]
    fn of_a_file_the_cause_is_told() {
        let source = Box::new(io::Error::other("bad sector"));
        let said = in_words(&object_store::Error::Generic { store: "LocalFileSystem", source });
        assert!(said.contains("LocalFileSystem") && said.ends_with("bad sector"), "{said}");
    }

    #[test]
    fn a_full_disk_is_full_however_it_is_wrapped() {
        for kind in [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded] {
            let wrapped =
                object_store::Error::Generic { store: "a store", source: Box::new(io::Error::from(kind)) };
            assert_eq!(ObjectError::of(&wrapped, "a"), ObjectError::Full);
            assert_eq!(ObjectError::of_io(&kind.into(), "a"), ObjectError::Full);
        }
    }
}
