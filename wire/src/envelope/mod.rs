//! The request envelope (wire.md 2): the exact bytes of its three parts, and the header as types.

mod compose;
mod error;
mod header;
mod message_time;
mod text;

use roxmltree::{Document, Node};

pub use compose::compose;
pub use error::EnvelopeError;
pub use header::{Credential, FinalXsl, Header};
pub use message_time::MessageTime;
pub use text::RequestText;

use crate::integrity::{self, HmacAlgorithm, HmacData, IntegrityError};
use crate::xml::raw;

/// The namespace of the root element.
pub const REQUEST_NAMESPACE: &str = "urn:com.microsoft.wc.request";

/// A request whose shape is sound. Nothing of it is proven until its integrity is verified.
#[derive(Clone, Debug)]
pub struct Envelope<'a, 'i> {
    /// The header as types.
    pub header: Header,
    /// What `auth` carried, if it was there.
    pub auth: Option<HmacData>,
    /// The header element as it was sent, the bytes under the HMAC.
    pub raw_header: &'i str,
    /// The info element as it was sent, the bytes under the hash.
    pub raw_info: &'i str,
    info: Node<'a, 'i>,
}

impl<'a, 'i> Envelope<'a, 'i> {
    /// Reads a document that came out of [`RequestText::parse`].
    pub fn read(document: &'a Document<'i>) -> Result<Self, EnvelopeError> {
        let root = document.root_element();
        if root.tag_name().name() != "request" || root.tag_name().namespace() != Some(REQUEST_NAMESPACE) {
            return Err(EnvelopeError::NotARequest);
        }
        let auth = header::child(root, "auth")?;
        let header = header::child(root, "header")?.ok_or(EnvelopeError::Missing("header"))?;
        let info = header::child(root, "info")?.ok_or(EnvelopeError::Missing("info"))?;
        Ok(Envelope {
            header: Header::read(header)?,
            auth: auth.map(header::hmac_data).transpose()?,
            raw_header: raw(header),
            raw_info: raw(info),
            info,
        })
    }

    /// The info element, for the parsers in [`crate::methods`].
    pub fn info(&self) -> Node<'a, 'i> {
        self.info
    }

    /// Verifies an authenticated call: first the header, which names the hash, then the info.
    pub fn verify(&self, algorithm: HmacAlgorithm, key: &[u8]) -> Result<(), IntegrityError> {
        let header = self.raw_header.as_bytes();
        integrity::verify_header_hmac(self.auth.as_ref(), header, algorithm, key)?;
        integrity::verify_info_hash(self.header.info_hash.as_ref(), self.raw_info.as_bytes())
    }

    /// Verifies an anonymous call: the hash of the info, if the client sent one.
    pub fn verify_anonymous(&self) -> Result<(), IntegrityError> {
        match &self.header.info_hash {
            None => Ok(()),
            sent => integrity::verify_info_hash(sent.as_ref(), self.raw_info.as_bytes()),
        }
    }
}
