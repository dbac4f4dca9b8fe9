//! GetPersonAndRecordForAlternateId 1 (methods.md 9).

use roxmltree::Node;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::{PersonInfo, alternate_id};

/// Reads `info`: the id.
pub fn parse(info: Node<'_, '_>) -> Result<String, InfoError> {
    alternate_id::read(info)
}

/// Writes the answer: a person whose only record, and selected record, is that of the id.
pub fn answer(person: &PersonInfo) -> String {
    answer::success("GetPersonAndRecordForAlternateId", |out| person.write(out))
}
