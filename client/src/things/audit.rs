//! Who made a thing or changed it (methods.md 4.5).

use keepwell_wire::xml;
use roxmltree::Node;
use uuid::Uuid;

use crate::Error;
use crate::answer::{child, required, text};

/// Who did something to a thing, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Audit {
    /// When.
    pub at: jiff::Timestamp,
    /// The application, or the installation of one.
    pub app_id: Uuid,
    /// Its name.
    pub app_name: String,
    /// The person, as this application knows them.
    pub person_id: Uuid,
    /// Their name.
    pub person_name: String,
    /// Whether the person was present.
    pub online: Option<bool>,
}

/// Reads `created` or `updated`.
pub(super) fn read(node: Node<'_, '_>) -> Result<Audit, Error> {
    let (app, person) = (required(node, "app-id")?, required(node, "person-id")?);
    let name = |node: Node<'_, '_>| node.attribute("name").unwrap_or_default().to_owned();
    let at = jiff::Timestamp::from_microsecond(xml::utc(required(node, "timestamp")?)?.0);
    let avenue = child(node, "access-avenue").map(text).transpose()?;
    Ok(Audit {
        at: at.map_err(|e| Error::Malformed(e.to_string()))?,
        app_id: xml::guid(app)?,
        app_name: name(app),
        person_id: xml::guid(person)?,
        person_name: name(person),
        online: avenue.map(|avenue| avenue == "Online"),
    })
}
