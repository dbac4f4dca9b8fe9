//! HealthVault on the wire: what arrives in a request, what leaves in an answer, and nothing else.
//!
//! The crate is pure. It does no I/O, reads no clock and draws no random numbers; whoever calls it
//! passes bytes, keys and times. The order in which a server uses it:
//!
//! 1. [`inflate::inflate`] undoes the `Content-Encoding` within [`limits::Limits`];
//! 2. [`envelope::RequestText::check`] bounds the text, refuses a DTD, and gives a document to read;
//! 3. [`envelope::Envelope::read`] takes the typed header and cuts the bytes of header and info;
//! 4. [`integrity`] verifies the two against the key of the session;
//! 5. a parser in [`methods`] turns the info element into a plain struct;
//! 6. the same file writes the answer, and [`answer`] wraps it or an error.
//!
//! "Chapter" in the comments of this crate means a chapter of the protocol reference, such as
//! `wire.md` or `methods.md`.

pub mod answer;
pub mod cast;
pub mod envelope;
pub mod error;
pub mod inflate;
pub mod integrity;
pub mod limits;
pub mod methods;
pub mod shapes;
pub mod status;
pub mod things;
pub mod time;
pub mod xml;

pub use roxmltree;
