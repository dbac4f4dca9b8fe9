//! One file a method: how its info element is written, and how its answer is read.

mod get_authorized_people;
pub(crate) mod get_person_info;
mod get_service_definition;
pub(crate) mod get_things;
pub(crate) mod put_things;
pub(crate) mod query_permissions;
pub(crate) mod remove_things;

use keepwell_wire::shapes::ThingKey;
use keepwell_wire::xml::{self, XmlWriter};
use roxmltree::Node;

use crate::Error;
use crate::web_client::Call;

pub use get_authorized_people::{AuthorizedPeople, PeopleQuery};
pub use get_service_definition::ServiceDefinition;
pub use get_things::{Query, Things};

/// A call whose info element the closure fills.
fn call(method: &'static str, version: u32, fill: impl FnOnce(&mut XmlWriter)) -> Call {
    let mut out = XmlWriter::new();
    out.open("info");
    fill(&mut out);
    Call { method, version, info: out.finish(), record_id: None }
}

/// Reads `thing-id`.
fn thing_key(node: Node<'_, '_>) -> Result<ThingKey, Error> {
    debug_assert!(node.has_tag_name("thing-id"), "{}", xml::raw(node));
    Ok(ThingKey::read(node)?)
}
