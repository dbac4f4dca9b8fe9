//! A thing that was read from a record.

use jiff::civil::DateTime;
use keepwell_wire::shapes::ThingKey;
use keepwell_wire::time::LocalMicros;
use keepwell_wire::xml;
use roxmltree::Node;
use uuid::Uuid;

use super::{Audit, WEIGHT, Weight, audit, date_time};
use crate::answer::{child, children, inside, required, text};
use crate::{Blob, Error, blobs};

/// A thing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Thing {
    /// Its id and version.
    pub key: ThingKey,
    /// The version of its type.
    pub type_id: Uuid,
    /// The name of the type, to show.
    pub type_name: Option<String>,
    /// The date that it is about, by the person's clock.
    pub eff_date: Option<DateTime>,
    /// The bits: 0x10 says that it cannot be changed.
    pub flags: u32,
    /// The data as stored: the type's element, mostly with a `common` element behind it.
    pub data_xml: Option<String>,
    /// Its attachments, if they were [asked for](crate::Query::with_blobs).
    pub blobs: Vec<Blob>,
    /// Its tags, if they were [asked for](crate::Query::with_tags).
    pub tags: Option<String>,
    /// Who made it, if that was [asked for](crate::Query::with_audits).
    pub created: Option<Audit>,
    /// Who changed it last, if that was [asked for](crate::Query::with_audits).
    pub updated: Option<Audit>,
}

impl Thing {
    /// The data of a weight. For other types read [`Thing::data_xml`], with any XML library.
    pub fn weight(&self) -> Result<Weight, Error> {
        if self.type_id != WEIGHT {
            return Err(Error::Malformed(format!("a thing of type {} is not a weight", self.type_id)));
        }
        Weight::read(self.data_xml.as_deref().unwrap_or_default())
    }

    /// The attachment of this name; the default one has an empty name.
    pub fn blob(&self, name: &str) -> Option<&Blob> {
        self.blobs.iter().find(|blob| blob.name == name)
    }
}

/// Reads `thing`.
pub(crate) fn read(node: Node<'_, '_>) -> Result<Thing, Error> {
    let type_id = required(node, "type-id")?;
    let eff_date: Option<LocalMicros> = child(node, "eff-date").map(xml::local).transpose()?;
    let data = children(node, "data-xml").find(|data| data.attribute("transform").is_none());
    Ok(Thing {
        key: ThingKey::read(required(node, "thing-id")?)?,
        type_id: xml::guid(type_id)?,
        type_name: type_id.attribute("name").map(str::to_owned),
        eff_date: eff_date.and_then(date_time::civil),
        flags: child(node, "flags").map_or(Ok(0), xml::number)?,
        data_xml: data.map(inside),
        blobs: child(node, "blob-payload").map_or(Ok(Vec::new()), blobs::read)?,
        tags: child(node, "tags").map(text).transpose()?,
        created: child(node, "created").map(audit::read).transpose()?,
        updated: child(node, "updated").map(audit::read).transpose()?,
    })
}
