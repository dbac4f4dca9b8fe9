//! What a file of unknown origin is, and what it may be called. Pure: bytes and names in, decisions out.

mod file_name;
mod kind;

pub use file_name::{file_name, header, readable};
pub use kind::{HEAD, Kind};
