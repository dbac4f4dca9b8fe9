//! What the two engines need to know of an SQL text: where it may be cut, and where its parameters
//! are. It is not a parser; quotes and comments are all it understands.

mod key;
mod rewrite;
mod scan;
mod split;
mod texts;

pub(crate) use key::{Key, text};
pub(crate) use rewrite::Dialect;
pub(crate) use split::statements;
pub(crate) use texts::Texts;
