//! What may be done with things of a type.

use keepwell_wire::shapes::{Permission, ThingTypePermission};
use keepwell_wire::xml;
use roxmltree::Node;

use super::{child, children, required, text};
use crate::Error;

const ALL: [Permission; 4] = [Permission::Read, Permission::Update, Permission::Create, Permission::Delete];

/// Reads `thing-type-permission`.
pub(crate) fn thing_type_permission(node: Node<'_, '_>) -> Result<ThingTypePermission, Error> {
    Ok(ThingTypePermission {
        thing_type_id: xml::guid(required(node, "thing-type-id")?)?,
        online: permissions(child(node, "online-access-permissions"))?,
        offline: permissions(child(node, "offline-access-permissions"))?,
    })
}

/// The single permissions of a container; `All`, which the original could say, means all four.
pub(crate) fn permissions(container: Option<Node<'_, '_>>) -> Result<Vec<Permission>, Error> {
    let mut found = Vec::new();
    for node in container.iter().flat_map(|node| children(*node, "permission")) {
        let name = text(node)?;
        found.extend(
            ALL.into_iter()
                .filter(|p| (p.name() == name || name == "All") && !found.contains(p))
                .collect::<Vec<_>>(),
        );
    }
    Ok(found)
}
