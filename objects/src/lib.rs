//! Where the bytes of large attachments lie: a folder on this machine, or a bucket of an S3 store.
//!
//! An object is written once under a key of our own and never changed. What was put is on the disk
//! when [`Objects::put`] answers, whole or not at all. No type of the library beneath leaves this crate.

mod busy;
mod error;
mod folder;
mod key;
mod objects;
mod place;
mod remote;
mod s3;
#[cfg(feature = "testing")]
pub mod testing;
mod walk;

pub use error::ObjectError;
pub use objects::Objects;
pub use s3::S3Settings;
