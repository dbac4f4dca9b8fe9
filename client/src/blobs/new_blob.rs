//! A blob of a thing that is written (methods.md 6.2, things.md 7.6).

use std::fmt;

use keepwell_wire::integrity::encode_base64;
use keepwell_wire::xml::XmlWriter;

use super::{BLOCK_SIZE, Blob, BlobData, BlobError, BlobHash, BlobUrl, Uploaded};
use crate::Error;

/// What becomes of one blob of a thing. Blobs of which nothing is said stay as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBlob {
    name: String,
    content_type: String,
    hash: Option<BlobHash>,
    length: Option<u64>,
    data: Data,
    legacy_content_encoding: Option<String>,
    current_content_encoding: Option<String>,
}

#[derive(Clone, PartialEq, Eq)]
enum Data {
    Inline(Vec<u8>),
    At(BlobUrl),
    Removed,
}

impl NewBlob {
    /// Bytes that go with the thing itself: some hundred kilobytes at most, since a request has its
    /// limits. No bytes are refused, [`BlobError::EmptyInline`]. An empty name is that of the default blob.
    pub fn inline(
        name: impl Into<String>,
        content_type: impl Into<String>,
        bytes: impl Into<Vec<u8>>,
    ) -> Result<Self, Error> {
        let bytes = bytes.into();
        if bytes.is_empty() {
            return Err(BlobError::EmptyInline.into());
        }
        let blob = NewBlob::removed(name, content_type);
        Ok(NewBlob {
            hash: Some(BlobHash::of(&bytes, BLOCK_SIZE)),
            length: Some(bytes.len() as u64),
            data: Data::Inline(bytes),
            ..blob
        })
    }

    /// Bytes that were [uploaded](crate::RecordCaller::upload).
    pub fn uploaded(name: impl Into<String>, content_type: impl Into<String>, uploaded: Uploaded) -> Self {
        let Uploaded { url, hash, length } = uploaded;
        let blob = NewBlob::removed(name, content_type);
        NewBlob { hash: Some(hash), length: Some(length), data: Data::At(url), ..blob }
    }

    /// A blob as it was read: it stays, whether its URL is still good or not. One that was read without
    /// bytes and without a URL cannot be written back, [`BlobError::NoBytes`]; it stays if nothing is said
    /// of it.
    pub fn unchanged(blob: &Blob) -> Result<Self, Error> {
        let new = match &blob.data {
            BlobData::Information => return Err(BlobError::NoBytes.into()),
            BlobData::Inline(bytes) => NewBlob::inline(&*blob.name, &*blob.content_type, &**bytes)?,
            BlobData::Streamed(url) => NewBlob {
                hash: blob.hash.clone(),
                length: blob.length,
                data: Data::At(url.clone()),
                ..NewBlob::removed(&*blob.name, &*blob.content_type)
            },
        };
        Ok(NewBlob {
            legacy_content_encoding: blob.legacy_content_encoding.clone(),
            current_content_encoding: blob.current_content_encoding.clone(),
            ..new
        })
    }

    /// No blob of this name any more.
    pub fn removed(name: impl Into<String>, content_type: impl Into<String>) -> Self {
        NewBlob {
            name: name.into(),
            content_type: content_type.into(),
            hash: None,
            length: Some(0),
            data: Data::Removed,
            legacy_content_encoding: None,
            current_content_encoding: None,
        }
    }

    /// The same blob, whose bytes are encoded so, such as `gzip`.
    #[must_use]
    pub fn encoded(mut self, current_content_encoding: impl Into<String>) -> Self {
        self.current_content_encoding = Some(current_content_encoding.into());
        self
    }

    /// Where its bytes were sent to, if they were.
    pub(crate) fn url(&self) -> Option<&BlobUrl> {
        match &self.data {
            Data::At(url) => Some(url),
            Data::Inline(_) | Data::Removed => None,
        }
    }

    /// Writes `blob`. A length of 0 is for what is removed, so it does not stand beside a URL.
    pub(crate) fn write(&self, out: &mut XmlWriter) {
        out.open("blob").open("blob-info");
        out.element("name", &self.name).element("content-type", &self.content_type);
        if let Some(hash) = &self.hash {
            hash.write(out);
        }
        out.close();
        let is_removed = matches!(self.data, Data::Removed);
        out.element_if("content-length", self.length.filter(|length| *length > 0 || is_removed));
        match &self.data {
            Data::Inline(bytes) => out.element("base64data", encode_base64(bytes)),
            Data::At(url) => out.element("blob-ref-url", url.expose()),
            Data::Removed => out,
        };
        out.element_if("legacy-content-encoding", self.legacy_content_encoding.as_ref());
        out.element_if("current-content-encoding", self.current_content_encoding.as_ref()).close();
    }
}

impl fmt::Debug for Data {
    /// Neither a person's data nor what opens it belongs into a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Data::Inline(_) => "Inline",
            Data::At(_) => "At",
            Data::Removed => "Removed",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blob(length: Option<u64>, data: BlobData) -> Blob {
        Blob {
            name: "scan".into(),
            content_type: "image/png".into(),
            length,
            hash: None,
            data,
            legacy_content_encoding: Some("gzip".into()),
            current_content_encoding: None,
        }
    }

    fn url() -> BlobUrl {
        BlobUrl::new("https://x.example/?blob-ref-token=A&b=1".into())
    }

    fn written(blob: &NewBlob) -> String {
        let mut out = XmlWriter::new();
        blob.write(&mut out);
        out.finish()
    }

    #[test]
    fn what_was_read_goes_back_as_it_came() {
        let read = blob(Some(3), BlobData::Streamed(url()));
        assert_eq!(
            written(&NewBlob::unchanged(&read).unwrap()),
            "<blob><blob-info><name>scan</name><content-type>image/png</content-type></blob-info>\
             <content-length>3</content-length><blob-ref-url>https://x.example/?blob-ref-token=A&amp;b=1\
             </blob-ref-url><legacy-content-encoding>gzip</legacy-content-encoding></blob>"
        );
        let inline = NewBlob::unchanged(&blob(Some(3), BlobData::Inline(b"abc".to_vec()))).unwrap();
        assert!(written(&inline).contains("<base64data>YWJj</base64data>"));
    }

    #[test]
    fn only_what_is_to_be_removed_looks_like_it() {
        assert_eq!(
            written(&NewBlob::removed("", "a/b")),
            "<blob><blob-info><name/><content-type>a/b</content-type></blob-info>\
             <content-length>0</content-length></blob>"
        );
        let empty = Uploaded { url: url(), hash: BlobHash::of(b"", BLOCK_SIZE), length: 0 };
        assert!(!written(&NewBlob::uploaded("", "a/b", empty)).contains("content-length"));
        let refused = NewBlob::inline("", "a/b", Vec::new());
        assert!(matches!(refused, Err(Error::Blob(BlobError::EmptyInline))));
        for data in [BlobData::Information, BlobData::Inline(Vec::new())] {
            assert!(NewBlob::unchanged(&blob(Some(0), data)).is_err());
        }
    }

    #[test]
    fn neither_bytes_nor_urls_get_into_a_log() {
        let inline = NewBlob::inline("", "text/plain", "private").unwrap();
        let there = NewBlob::unchanged(&blob(None, BlobData::Streamed(url()))).unwrap();
        let shown = format!("{inline:?} {there:?}");
        assert!(!shown.contains("112, 114") && !shown.contains("token"), "{shown}");
    }
}
