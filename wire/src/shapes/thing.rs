//! Thing and Thing2 in an answer (methods.md 4.5, things.md 1.1).

use crate::shapes::{Audit, BlobOut, Permission, ThingKey, TypeRef, permission};
use crate::things::DataOther;
use crate::time::LocalMicros;
use crate::xml::XmlWriter;

/// Which of the two shapes a method version uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThingShape {
    /// GetThings 1 and 2.
    Thing,
    /// GetThings 3.
    Thing2,
}

/// A thing in an answer. Each part is there if its section was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThingOut {
    /// Id and version.
    pub key: ThingKey,
    /// The type.
    pub type_ref: TypeRef,
    /// Section `core`.
    pub core: Option<ThingCore>,
    /// Section `audits`; not written in the older shape.
    pub created: Option<Audit>,
    /// Section `audits`.
    pub updated: Option<Audit>,
    /// One for each `xml` of the format, the untransformed one first.
    pub data_xml: Vec<DataXmlOut>,
    /// Section `blobpayload`, the newer shape.
    pub blobs: Vec<BlobOut>,
    /// Section `otherdata`, the older shape.
    pub data_other: Option<DataOther>,
    /// Section `effectivepermissions`.
    pub eff_permissions: Option<EffPermissions>,
    /// Section `tags`.
    pub tags: Option<String>,
    /// Section `digitalsignatures`: `signature-info`, or `ds:Signature` in the older shape, as it came.
    pub raw_signature: Option<String>,
}

/// Section `core`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThingCore {
    /// Active, or deleted.
    pub active: bool,
    /// The bits.
    pub flags: u32,
    /// The effective date.
    pub eff_date: LocalMicros,
    /// When the thing ends; not in the older shape.
    pub updated_end_date: Option<LocalMicros>,
}

/// A `data-xml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataXmlOut {
    /// The inside, verbatim.
    pub text: String,
    /// The transform that made it.
    pub transform: Option<String>,
}

/// Section `effectivepermissions`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EffPermissions {
    /// At least one.
    pub permissions: Vec<Permission>,
    /// Whether the type or the instance cannot be changed.
    pub immutable: bool,
}

impl ThingOut {
    /// A thing with nothing but what is always written.
    pub fn new(key: ThingKey, type_ref: TypeRef) -> Self {
        ThingOut {
            key,
            type_ref,
            core: None,
            created: None,
            updated: None,
            data_xml: Vec::new(),
            blobs: Vec::new(),
            data_other: None,
            eff_permissions: None,
            tags: None,
            raw_signature: None,
        }
    }

    /// Writes `thing`.
    pub fn write(&self, shape: ThingShape, out: &mut XmlWriter) {
        let newer = shape == ThingShape::Thing2;
        out.open("thing");
        self.key.write(out);
        self.type_ref.write(out);
        if let Some(core) = &self.core {
            out.element("thing-state", if core.active { "Active" } else { "Deleted" });
            out.element("flags", core.flags).element("eff-date", core.eff_date);
        }
        if let Some(created) = self.created.as_ref().filter(|_| newer) {
            created.write("created", shape, out);
        }
        if let Some(updated) = &self.updated {
            updated.write("updated", shape, out);
        }
        for data in &self.data_xml {
            out.open("data-xml").attr_if("transform", data.transform.as_ref()).raw(&data.text).close();
        }
        if newer {
            if !self.blobs.is_empty() {
                out.open("blob-payload");
                self.blobs.iter().for_each(|blob| blob.write(out));
                out.close();
            }
        } else if let Some(other) = &self.data_other {
            out.open("data-other").attr_if("content-type", other.content_type.as_ref());
            out.attr_if("content-encoding", other.content_encoding.as_ref()).text(&other.text).close();
        }
        if let Some(eff) = self.eff_permissions.as_ref().filter(|eff| !eff.permissions.is_empty()) {
            out.open("eff-permissions").attr_if("immutable", eff.immutable.then_some(true));
            permission::write_all(out, &eff.permissions);
            out.close();
        }
        out.element_if("tags", self.tags.as_ref());
        out.raw(self.raw_signature.as_deref().unwrap_or_default());
        if newer {
            out.element_if("updated-end-date", self.core.as_ref().and_then(|core| core.updated_end_date));
        }
        out.close();
    }
}
