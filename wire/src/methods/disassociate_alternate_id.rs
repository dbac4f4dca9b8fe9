//! DisassociateAlternateId 1 (methods.md 9).

use roxmltree::Node;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::alternate_id;

/// Reads `info`: the id to take away.
pub fn parse(info: Node<'_, '_>) -> Result<String, InfoError> {
    alternate_id::read(info)
}

/// Writes the answer.
pub fn answer() -> String {
    answer::success_without_info()
}
