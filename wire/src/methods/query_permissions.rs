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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shapes::Permission;

    #[test]
    fn single_permissions_are_written_and_other_settings_always() {
        let weight = ThingTypePermission {
            thing_type_id: Uuid::from_u128(1),
            online: vec![Permission::Read, Permission::Create],
            offline: Vec::new(),
        };
        let nothing = ThingTypePermission { online: Vec::new(), ..weight.clone() };
        let text = answer(&[weight, nothing], None);
        assert!(text.ends_with(
            "QueryPermissions\"><thing-type-permission>\
             <thing-type-id>00000000-0000-0000-0000-000000000001</thing-type-id><online-access-permissions>\
             <permission>Read</permission><permission>Create</permission></online-access-permissions>\
             </thing-type-permission><other-settings/></wc:info></response>"
        ));
        assert!(answer(&[], Some(true)).contains("<meaningfuluse-opt-in>true</meaningfuluse-opt-in>"));
    }
}
