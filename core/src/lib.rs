//! The domain of Keepwell: a folder a noun.
//!
//! Each noun has its rules as pure functions, its tables in `schema.sql` and its SQL in a private
//! `store.rs`. An operation reads what it needs in as few flights as it can, decides in a pure
//! function and writes its changes in one flight. Record data is reachable only through a
//! [`authorizations::RecordAccess`].

pub mod alternate_ids;
pub mod app_settings;
pub mod applications;
pub mod audit;
pub mod authorizations;
pub mod blobs;
pub mod connections;
pub mod credentials;
mod domain;
pub mod env;
pub mod erasure;
pub mod ids;
pub mod installations;
pub mod keys;
pub mod letters;
pub mod maintenance;
pub mod messages;
mod migrations;
pub mod names;
mod network;
pub mod notices;
pub mod operators;
pub mod packages;
pub mod persons;
pub mod records;
pub mod service;
pub mod sessions;
pub mod thing_types;
pub mod things;
pub mod tokens;
pub mod visits;
pub mod vocabularies;
pub mod xpath;

pub use domain::Domain;
pub use env::Env;
pub use keepwell_store::Outage;
pub use migrations::MIGRATIONS;
