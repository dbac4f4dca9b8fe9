//! QueryPermissions 1.

use keepwell_wire::shapes::ThingTypePermission;
use roxmltree::Node;
use uuid::Uuid;

use super::call as new_call;
use crate::Error;
use crate::answer::{children, thing_type_permission};
use crate::line::Call;

pub(crate) fn call(type_ids: &[Uuid]) -> Call {
    new_call("QueryPermissions", 1, |out| {
        for id in type_ids {
            out.element("thing-type-id", id);
        }
    })
}

pub(crate) fn read(info: Node<'_, '_>) -> Result<Vec<ThingTypePermission>, Error> {
    children(info, "thing-type-permission").map(thing_type_permission).collect()
}

#[cfg(test)]
mod tests {
    use keepwell_wire::methods::query_permissions as server;
    use keepwell_wire::shapes::Permission;
    use roxmltree::Document;

    use super::*;

    #[test]
    fn permissions_come_back_as_the_server_wrote_them() {
        let weight = Uuid::from_u128(1);
        let info = call(&[weight]).info;
        assert_eq!(server::parse(Document::parse(&info).unwrap().root_element()), Ok(vec![weight]));
        let written = ThingTypePermission {
            thing_type_id: weight,
            online: vec![Permission::Create, Permission::Read],
            offline: Vec::new(),
        };
        let answer = server::answer(std::slice::from_ref(&written), None);
        assert_eq!(
            crate::answer::read("QueryPermissions", &answer, read).unwrap(),
            std::slice::from_ref(&written)
        );
        let all = answer.replace("<permission>Create</permission>", "<permission>All</permission>");
        assert_eq!(
            crate::answer::read("QueryPermissions", &all, read).unwrap()[0].online.len(),
            4,
            "each once"
        );
    }
}
