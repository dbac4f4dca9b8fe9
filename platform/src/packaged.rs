//! A thing from a package, as the domain writes it. The Shell has packages and no parser of things: the server
//! gives it this.

use keepwell_core::Domain;
use keepwell_core::things::PutThing;
use keepwell_wire::roxmltree::{Document, ParsingOptions};
use keepwell_wire::things::ThingIn;

use crate::methods::put_things;

/// Nodes of a thing, at most.
const MOST_NODES: u32 = 1_000_000;

/// Reads a `thing` element from a package, in the newer shape or, if it has `data-other`, in the older.
///
/// # Errors
/// What is wrong with it, for the log.
pub fn packaged_thing(domain: &Domain, xml: &str) -> Result<PutThing, String> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(xml, options).map_err(|error| error.to_string())?;
    let root = document.root_element();
    let version = if root.children().any(|child| child.has_tag_name("data-other")) { 1 } else { 2 };
    let thing = ThingIn::read(version, root).map_err(|error| error.message)?;
    put_things::read(domain, thing).map_err(|error| error.message)
}
