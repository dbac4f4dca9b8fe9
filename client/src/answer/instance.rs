//! An instance of the service.

use keepwell_wire::shapes::Instance;
use roxmltree::Node;

use super::{required, text};
use crate::Error;

/// Reads the elements of an instance.
pub(crate) fn instance(node: Node<'_, '_>) -> Result<Instance, Error> {
    let field = |name| required(node, name).and_then(text);
    Ok(Instance {
        id: field("id")?,
        name: field("name")?,
        description: field("description")?,
        platform_url: field("platform-url")?,
        shell_url: field("shell-url")?,
    })
}
