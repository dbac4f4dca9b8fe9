//! The XML API, from the bytes of a request to those of the answer, on both engines.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on ends here"
)]
#![allow(missing_docs)]

mod alternate_ids;
mod attaching;
mod audited;
mod blobs;
mod cast;
mod closing;
mod connecting;
mod desk;
mod documents;
mod dropping;
mod following;
mod grants;
mod hostile;
mod messages;
mod mobile;
mod others;
mod people;
mod provisioning;
mod queries;
mod refusals;
mod remembered;
mod repeats;
mod service;
mod settings;
mod signatures;
mod standing;
mod things;
mod type_versions;
mod types;
mod unusual;
mod vocabularies;
mod writing;
