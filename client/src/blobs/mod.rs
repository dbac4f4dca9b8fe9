//! Attachments, which the protocol calls blobs (things.md 7): bytes beside the data of a thing, too many to
//! stand in it. They go over a channel of their own, whose address is all that it asks for.
//!
//! To attach: [`RecordCaller::upload`](crate::RecordCaller::upload) the bytes, and put a thing
//! [with](crate::NewThing::with_blob) what came of it. To read: ask [for blobs](crate::Query::with_blobs),
//! and [`RecordCaller::download`](crate::RecordCaller::download) one of [`Thing::blobs`](crate::Thing).

mod error;

pub use error::BlobError;
