//! A blob in an answer (methods.md 4.5, things.md 7).

use crate::things::BlobHash;
use crate::xml::XmlWriter;

/// A blob in an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlobOut {
    /// The name; empty for the default blob.
    pub name: String,
    /// The content type.
    pub content_type: String,
    /// The hash. The block size must go with it, or the .NET client fails.
    pub hash: Option<BlobHash>,
    /// The length.
    pub content_length: Option<u64>,
    /// The bytes, if asked for.
    pub data: BlobOutData,
    /// How the content is encoded.
    pub legacy_content_encoding: Option<String>,
    /// How the content is encoded now.
    pub current_content_encoding: Option<String>,
}

/// The form of a blob's bytes in an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlobOutData {
    /// Only the information was asked for.
    Information,
    /// Base64 text; left out if empty.
    Inline(String),
    /// A URL that is good for some minutes.
    Streamed(String),
}

impl BlobOut {
    /// Writes `blob`.
    pub fn write(&self, out: &mut XmlWriter) {
        out.open("blob")
            .open("blob-info")
            .element("name", &self.name)
            .element("content-type", &self.content_type);
        if let Some(hash) = &self.hash {
            out.open("hash-info").element("algorithm", &hash.algorithm);
            if let Some(size) = hash.block_size {
                out.open("params").element("block-size", size).close();
            }
            out.element("hash", &hash.hash).close();
        }
        out.close().element_if("content-length", self.content_length);
        match &self.data {
            BlobOutData::Information => {}
            BlobOutData::Inline(base64) if base64.is_empty() => {}
            BlobOutData::Inline(base64) => {
                out.element("base64data", base64);
            }
            BlobOutData::Streamed(url) => {
                out.element("blob-ref-url", url);
            }
        }
        out.element_if("legacy-content-encoding", self.legacy_content_encoding.as_ref());
        out.element_if("current-content-encoding", self.current_content_encoding.as_ref());
        out.close();
    }
}
