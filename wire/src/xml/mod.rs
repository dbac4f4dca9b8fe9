//! XML as this protocol uses it: a scanner that bounds a text before it is parsed, a reader of element
//! sequences, and a writer.

pub mod scan;
mod sequence;
mod standalone;
mod value;
mod writer;

pub use sequence::Sequence;
pub use standalone::standalone;
pub(crate) use standalone::{missing_declarations, qualified_name};
pub use value::{
    attribute, boolean, filled, guid, inner_text, is_blank, local, number, raw, required_attribute, text,
    up_to, utc, words_up_to,
};
pub(crate) use value::{parse_boolean, parse_count as count, parse_guid};
pub use writer::XmlWriter;
