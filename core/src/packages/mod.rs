//! Packages: what a clinic or a lab leaves for a person, encrypted under the answer to a question, to be picked
//! up once (connectivity.md 4, 5).
//!
//! An application makes one (`create`), with blobs that were streamed before (`blobs::begin_for_package`). Who
//! holds the code and answers its question gets the key of it (`unlock`), sees what is inside (`contents`) and takes it
//! into a record (`take`). The answer reaches us only from the person, and is kept nowhere; the key goes to
//! their browser, sealed. Nobody is authorized to anything.

mod contents;
mod create;
mod delete;
mod error;
mod sealed;
mod store;
mod streamed;
mod sweep;
mod take;
mod unlock;

pub use contents::{Contents, contents};
pub use create::{NewPackage, allocate, create};
pub use delete::delete_pending;
pub use error::{PackageError, TakeError};
pub use keepwell_dopu::{Algorithm, Parameters, UnsupportedParameters};
pub(crate) use sweep::sweep;
pub use take::take;
pub(crate) use unlock::unlock;
pub use unlock::{UNLOCKED_LIFE, Unlocked};
