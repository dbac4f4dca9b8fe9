//! A thing in PutThings (methods.md 4.5, 6.2): what the server is told, without what it ignores.

use std::borrow::Cow;

use roxmltree::Node;
use uuid::Uuid;

use crate::error::InfoError;
use crate::integrity::decode_base64;
use crate::shapes::ThingKey;
use crate::status::Status;
use crate::things::{DataXml, signature};
use crate::time::LocalMicros;
use crate::xml::{self, Sequence};

/// A thing to create or to update.
#[derive(Clone, Debug)]
pub struct ThingIn<'a, 'i> {
    /// Present for an update.
    pub key: Option<ThingKey>,
    /// The version of the type; required for a create.
    pub type_id: Option<Uuid>,
    /// The bits as sent; most are not the client's to set.
    pub flags: Option<u32>,
    /// The effective date as sent; it counts only for types without a date of their own.
    pub eff_date: Option<LocalMicros>,
    /// The data. Copies made by a transform are left out.
    pub data_xml: Option<DataXml<'a, 'i>>,
    /// The blobs that change (version 2).
    pub blobs: Vec<BlobIn>,
    /// The one unnamed blob (version 1).
    pub data_other: Option<DataOther>,
    /// Absent keeps the tags, empty removes them.
    pub tags: Option<String>,
    /// `signature-info`, or in version 1 `ds:Signature`, as sent, with the namespaces that it uses.
    pub raw_signature: Option<Cow<'i, str>>,
    /// When the thing ends.
    pub updated_end_date: Option<LocalMicros>,
}

/// The `data-other` of version 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataOther {
    /// The text as sent, Base64 or whatever the encoding says.
    pub text: String,
    /// The content type.
    pub content_type: Option<String>,
    /// The encodings, comma-separated.
    pub content_encoding: Option<String>,
}

/// A blob in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlobIn {
    /// The name; empty for the default blob.
    pub name: String,
    /// The content type.
    pub content_type: String,
    /// The hash, if the client made one.
    pub hash: Option<BlobHash>,
    /// The length; iOS says -1 when it does not know. 0 without data removes the blob.
    pub content_length: Option<i64>,
    /// The bytes, or where they are.
    pub data: BlobData,
    /// How the content is encoded.
    pub legacy_content_encoding: Option<String>,
    /// How the content is encoded now.
    pub current_content_encoding: Option<String>,
}

/// Where the bytes of a blob are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlobData {
    /// Nowhere.
    Absent,
    /// In the request.
    Inline(Vec<u8>),
    /// At an URL that the server gave out.
    Reference(String),
}

/// The hash of a blob (things.md 7.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlobHash {
    /// The algorithm.
    pub algorithm: String,
    /// Bytes of a block.
    pub block_size: Option<u64>,
    /// The hash in Base64.
    pub hash: String,
}

impl<'a, 'i> ThingIn<'a, 'i> {
    /// Reads a `thing` element of PutThings version 1 or 2.
    pub fn read(version: u32, thing: Node<'a, 'i>) -> Result<Self, InfoError> {
        let mut fields = Sequence::of(thing)?;
        let key = fields.optional("thing-id").map(ThingKey::read_current).transpose()?;
        let type_id = fields.optional("type-id").map(xml::guid).transpose()?;
        if let Some(state) = fields.optional("thing-state") {
            let text = xml::text(state)?;
            if !matches!(&*text, "Active" | "Deleted") {
                return Err(InfoError::invalid(format!(
                    "thing-state is neither Active nor Deleted: {text:?}"
                )));
            }
        }
        let flags = fields.optional("flags").map(xml::number).transpose()?;
        let eff_date = fields.optional("eff-date").map(xml::local).transpose()?;
        // The server alone says who did what when; clients send back what they read.
        let _ = (fields.optional("created"), fields.optional("updated"));
        let data_xml = data_xml(&fields.repeated("data-xml"))?;
        let mut blobs = Vec::new();
        let mut data_other = None;
        if version == 1 {
            data_other = fields.optional("data-other").map(DataOther::read).transpose()?;
        } else if let Some(payload) = fields.optional("blob-payload") {
            let mut payload = Sequence::of(payload)?;
            blobs = payload.repeated("blob").into_iter().map(BlobIn::read).collect::<Result<_, _>>()?;
            payload.end()?;
        }
        let _ = fields.optional("eff-permissions");
        let tags = match fields.optional("tags") {
            Some(node) => Some(xml::inner_text(node)?.into_owned()),
            None => None,
        };
        if tags.as_ref().is_some_and(|tags| tags.chars().count() > 512) {
            return Err(InfoError::invalid("tags is longer than 512 characters"));
        }
        let raw_signature;
        let mut updated_end_date = None;
        if version == 1 {
            raw_signature =
                fields.optional_in(signature::DS, "Signature").map(signature::bare).transpose()?;
        } else {
            raw_signature = fields.optional("signature-info").map(signature::info).transpose()?;
            updated_end_date = fields.optional("updated-end-date").map(xml::local).transpose()?;
        }
        fields.end()?;
        Ok(ThingIn {
            key,
            type_id,
            flags,
            eff_date,
            data_xml,
            blobs,
            data_other,
            tags,
            raw_signature,
            updated_end_date,
        })
    }
}

fn data_xml<'a, 'i>(nodes: &[Node<'a, 'i>]) -> Result<Option<DataXml<'a, 'i>>, InfoError> {
    let mut own = nodes.iter().filter(|node| xml::attribute(**node, "transform").is_none());
    match (own.next(), own.next()) {
        (None, _) => Ok(None),
        (Some(node), None) => DataXml::read(*node).map(Some),
        (Some(_), Some(_)) => Err(InfoError::invalid("thing has more than one data-xml")),
    }
}

impl DataOther {
    fn read(node: Node<'_, '_>) -> Result<Self, InfoError> {
        Ok(DataOther {
            text: xml::inner_text(node)?.into_owned(),
            content_type: xml::attribute(node, "content-type").map(str::to_owned),
            content_encoding: xml::attribute(node, "content-encoding").map(str::to_owned),
        })
    }
}

impl BlobIn {
    fn read(blob: Node<'_, '_>) -> Result<Self, InfoError> {
        let mut fields = Sequence::of(blob)?;
        let mut info = Sequence::of(fields.required("blob-info")?)?;
        let name = xml::inner_text(info.required("name")?)?.into_owned();
        let content_type = xml::text(info.required("content-type")?)?.into_owned();
        let hash = info.optional("hash-info").map(BlobHash::read).transpose()?;
        info.end()?;
        let content_length = fields.optional("content-length").map(xml::number).transpose()?;
        let data = if let Some(node) = fields.optional("base64data") {
            let bytes = decode_base64(&xml::text(node)?);
            let message = "base64data is not Base64";
            BlobData::Inline(bytes.ok_or_else(|| InfoError::new(Status::INVALID_XML, message))?)
        } else if let Some(node) = fields.optional("blob-ref-url") {
            BlobData::Reference(xml::text(node)?.into_owned())
        } else {
            BlobData::Absent
        };
        let mut encoding = |name| match fields.optional(name) {
            Some(node) => xml::text(node).map(|text| Some(text.into_owned()).filter(|t| !t.is_empty())),
            None => Ok(None),
        };
        let legacy_content_encoding = encoding("legacy-content-encoding")?;
        let current_content_encoding = encoding("current-content-encoding")?;
        fields.end()?;
        Ok(BlobIn {
            name,
            content_type,
            hash,
            content_length,
            data,
            legacy_content_encoding,
            current_content_encoding,
        })
    }
}

impl BlobHash {
    fn read(hash_info: Node<'_, '_>) -> Result<Self, InfoError> {
        let mut fields = Sequence::of(hash_info)?;
        let algorithm = xml::text(fields.required("algorithm")?)?.into_owned();
        let block_size = match fields.optional("params") {
            None => None,
            Some(params) => {
                let mut params = Sequence::of(params)?;
                let size = params.optional("block-size").map(xml::number).transpose()?;
                params.end()?;
                size
            }
        };
        let hash = xml::text(fields.required("hash")?)?.into_owned();
        fields.end()?;
        Ok(BlobHash { algorithm, block_size, hash })
    }
}
