//! Instance (methods.md 4.4).

use crate::xml::XmlWriter;

/// One installation of the platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// The id that the Shell puts in its redirect.
    pub id: String,
    /// A name.
    pub name: String,
    /// A description; not empty.
    pub description: String,
    /// The whole endpoint, `…/platform/wildcat.ashx`.
    pub platform_url: String,
    /// The root of the Shell.
    pub shell_url: String,
}

impl Instance {
    /// Writes the five children.
    pub fn write(&self, out: &mut XmlWriter) {
        out.element("id", &self.id);
        out.element("name", &self.name);
        out.element("description", &self.description);
        out.element("platform-url", &self.platform_url);
        out.element("shell-url", &self.shell_url);
    }
}
