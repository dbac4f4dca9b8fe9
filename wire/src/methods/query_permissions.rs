//! QueryPermissions 1 (methods.md 5.7).

use roxmltree::Node;
use uuid::Uuid;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::ThingTypePermission;
use crate::xml::{self, Sequence};

/// Reads `info`: the types asked for.
pub fn parse(info: Node<'_, '_>) -> Result<Vec<Uuid>, InfoError> {
    let mut fields = Sequence::of(info)?;
    let mut nodes = vec![fields.required("thing-type-id")?];
    nodes.extend(fields.repeated("thing-type-id"));
    fields.end()?;
    nodes.into_iter().map(xml::guid).collect()
}

/// Writes the answer. `other-settings` is there even when empty; a type without permission is not.
pub fn answer(permissions: &[ThingTypePermission], meaningful_use_opt_in: Option<bool>) -> String {
    answer::success("QueryPermissions", |out| {
        permissions.iter().for_each(|permission| permission.write(out));
        out.open("other-settings").element_if("meaningfuluse-opt-in", meaningful_use_opt_in).close();
    })
}
