//! XML as this protocol uses it: a scanner that bounds a text before it is parsed, a reader of element
//! sequences, and a writer.

pub mod scan;
mod sequence;
mod value;
mod writer;

pub use sequence::Sequence;
pub use value::{
    attribute, boolean, guid, inner_text, is_blank, local, number, raw, required_attribute, text, utc,
};
pub(crate) use value::{parse_boolean, parse_count as count, parse_guid};
pub use writer::XmlWriter;
