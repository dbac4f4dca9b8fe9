//! RemoveThings 1 (methods.md 6.4).

use roxmltree::Node;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::ThingKey;
use crate::xml::Sequence;

/// Reads `info`: the versions to remove. An error names the index of the thing.
pub fn parse(info: Node<'_, '_>) -> Result<Vec<ThingKey>, InfoError> {
    let mut fields = Sequence::of(info)?;
    let mut nodes = vec![fields.required("thing-id")?];
    nodes.extend(fields.repeated("thing-id"));
    fields.end()?;
    let read = |(index, node)| ThingKey::read_current(node).map_err(|e| e.at_item(index));
    nodes.into_iter().enumerate().map(read).collect()
}

/// Writes the answer.
pub fn answer() -> String {
    answer::success_without_info()
}
