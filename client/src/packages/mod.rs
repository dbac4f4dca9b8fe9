//! Packages of Drop-Off/Pick-Up (connectivity.md 4, 5): things that are sealed here under the answer to a
//! question, left with the server, and taken into a record by the person who answers it.

mod draft;
mod error;
mod sealing;
mod sending;
#[cfg(test)]
mod tests;

pub use draft::{NewPackage, PackageDraft};
pub use error::PackageError;
