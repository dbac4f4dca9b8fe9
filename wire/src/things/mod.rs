//! The thing element as it comes in, and the text inside its data-xml, which is kept byte for byte
//! (things.md 1).

mod common_part;
mod data_xml;
mod effective_date;
mod incoming;
mod signature;

pub use data_xml::{DataXml, with_common};
pub use effective_date::effective_date;
pub use incoming::{BlobData, BlobHash, BlobIn, DataOther, ThingIn};
