//! One file a method: how its info element is written, and how its answer is read (methods.md 5 to 13).
//! Reading is tolerant: what is not known is skipped, and the order does not matter.

mod alternate_ids;
mod application_settings;
mod begin_put_blob;
mod begin_put_connect_package_blob;
pub(crate) mod connect_packages;
mod connect_requests;
mod get_application_info;
mod get_authorized_people;
mod get_authorized_records;
pub(crate) mod get_person_info;
mod get_service_definition;
pub(crate) mod get_things;
mod get_vocabulary;
pub(crate) mod new_application_creation_info;
pub(crate) mod put_things;
pub(crate) mod query_permissions;
mod remove_application_record_authorization;
pub(crate) mod remove_things;
mod search_vocabulary;
mod select_instance;
mod send_insecure_message;

use keepwell_wire::shapes::ThingKey;
use keepwell_wire::xml::XmlWriter;
use roxmltree::Node;

use crate::Error;
use crate::line::Call;

pub use application_settings::ApplicationSettings;
pub use connect_requests::{AuthorizedConnectRequest, ConnectionName, NewConnectRequest};
pub use get_application_info::{ApplicationInfo, Rule};
pub use get_authorized_people::{AuthorizedPeople, People, PeopleQuery};
pub(crate) use get_service_definition::topology;
pub use get_service_definition::{ServiceDefinition, ServiceSection};
pub use get_things::{Direction, Query, Things};
pub use send_insecure_message::Message;

/// A call whose info element the closure fills.
fn call(method: &str, version: u32, fill: impl FnOnce(&mut XmlWriter)) -> Call {
    let mut out = XmlWriter::new();
    out.open("info");
    fill(&mut out);
    Call { method: method.to_owned(), version, info: out.finish(), record_id: None }
}

/// A call whose info element holds XML of the program's.
pub(crate) fn raw_call(method: &str, version: u32, info_xml: &str) -> Call {
    call(method, version, |out| {
        out.raw(info_xml);
    })
}

/// Reads `thing-id`.
fn thing_key(node: Node<'_, '_>) -> Result<ThingKey, Error> {
    Ok(ThingKey::read(node)?)
}
