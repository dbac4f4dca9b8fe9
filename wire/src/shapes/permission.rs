//! ThingTypePermission (methods.md 4.3).

use uuid::Uuid;

use crate::xml::XmlWriter;

/// A single permission. `All` exists in the schema but a client fails on it, so it is never written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// Read.
    Read,
    /// Update.
    Update,
    /// Create.
    Create,
    /// Delete.
    Delete,
}

impl Permission {
    /// All four.
    pub const ALL: [Permission; 4] =
        [Permission::Read, Permission::Update, Permission::Create, Permission::Delete];

    /// The permission of a name, if it is one of the four.
    pub fn from_name(name: &str) -> Option<Permission> {
        Permission::ALL.into_iter().find(|permission| permission.name() == name)
    }

    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Permission::Read => "Read",
            Permission::Update => "Update",
            Permission::Create => "Create",
            Permission::Delete => "Delete",
        }
    }
}

/// What may be done with things of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThingTypePermission {
    /// The type, by the id that was asked for.
    pub thing_type_id: Uuid,
    /// With the person present.
    pub online: Vec<Permission>,
    /// Without.
    pub offline: Vec<Permission>,
}

impl ThingTypePermission {
    /// Writes `thing-type-permission`; nothing if there is no permission, since a container without one
    /// is not allowed.
    pub fn write(&self, out: &mut XmlWriter) {
        if self.online.is_empty() && self.offline.is_empty() {
            return;
        }
        out.open("thing-type-permission").element("thing-type-id", self.thing_type_id);
        let containers =
            [("online-access-permissions", &self.online), ("offline-access-permissions", &self.offline)];
        for (name, permissions) in containers {
            if !permissions.is_empty() {
                out.open(name);
                write_all(out, permissions);
                out.close();
            }
        }
        out.close();
    }
}

/// Writes a `permission` for each.
pub(crate) fn write_all(out: &mut XmlWriter, permissions: &[Permission]) {
    for permission in permissions {
        out.element("permission", permission.name());
    }
}
