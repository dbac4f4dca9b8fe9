//! GetThings 1, 2 and 3 (methods.md 6.1, things.md 4).

mod request;
mod response;
#[cfg(test)]
mod tests;

pub use request::{
    BlobFormat, BlobPayloadRequest, Direction, Filter, Format, Group, Intent, OrderBy, Section, Selection,
    parse,
};
pub use response::{GroupOut, UnprocessedKey, answer};
