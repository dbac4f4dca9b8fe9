//! PutThings 1 and 2 (methods.md 6.2). OverwriteThings has the same shapes (6.3).

use roxmltree::Node;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::ThingKey;
use crate::things::ThingIn;
use crate::xml::Sequence;

/// Reads `info`: the things in the order of the request. An error names the index of the thing.
pub fn parse<'a, 'i>(version: u32, info: Node<'a, 'i>) -> Result<Vec<ThingIn<'a, 'i>>, InfoError> {
    let mut fields = Sequence::of(info)?;
    let mut nodes = vec![fields.required("thing")?];
    nodes.extend(fields.repeated("thing"));
    fields.end()?;
    let read = |(index, node)| ThingIn::read(version, node).map_err(|e| e.at_item(index));
    nodes.into_iter().enumerate().map(read).collect()
}

/// Writes the answer, the same for both versions: the keys in the order of the request, since clients
/// assign them by position.
pub fn answer(keys: &[ThingKey]) -> String {
    answer::success("PutThings", |out| keys.iter().for_each(|key| key.write(out)))
}
