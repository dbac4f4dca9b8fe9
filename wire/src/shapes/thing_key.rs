//! ThingKey and the reference to a type (methods.md 1.1, 4.5).

use std::borrow::Cow;

use roxmltree::Node;
use uuid::Uuid;

use crate::error::InfoError;
use crate::status::Status;
use crate::xml::{self, XmlWriter, parse_guid};

/// A version of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ThingKey {
    /// The thing.
    pub id: Uuid,
    /// Its version.
    pub version_stamp: Uuid,
}

impl ThingKey {
    /// Reads a key in a query, where a missing stamp is a fault of shape.
    pub fn read(node: Node<'_, '_>) -> Result<Self, InfoError> {
        let stamp = xml::required_attribute(node, "version-stamp")?;
        Ok(ThingKey { id: xml::guid(node)?, version_stamp: parse_guid("version-stamp", stamp)? })
    }

    /// Reads the key of a thing to change, where a missing or empty stamp has a status of its own.
    pub fn read_current(node: Node<'_, '_>) -> Result<Self, InfoError> {
        let id = xml::guid(node)?;
        match xml::attribute(node, "version-stamp").map(str::trim).filter(|stamp| !stamp.is_empty()) {
            Some(stamp) => Ok(ThingKey { id, version_stamp: parse_guid("version-stamp", stamp)? }),
            None => Err(InfoError::new(Status::VERSION_STAMP_MISSING, "thing-id has no version-stamp")),
        }
    }

    /// Writes `thing-id`.
    pub fn write(&self, out: &mut XmlWriter) {
        out.open("thing-id").attr("version-stamp", self.version_stamp).text(self.id).close();
    }
}

/// The version of a type, and its name in the caller's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeRef {
    /// The id.
    pub id: Uuid,
    /// The name to display.
    pub name: Cow<'static, str>,
}

impl TypeRef {
    /// Writes `type-id`.
    pub fn write(&self, out: &mut XmlWriter) {
        out.open("type-id").attr("name", &self.name).text(self.id).close();
    }
}
