//! A blob of a thing that was read.

use std::fmt;

use keepwell_wire::integrity::decode_base64;
use keepwell_wire::xml;
use roxmltree::Node;

use super::{BlobHash, BlobUrl};
use crate::Error;
use crate::answer::{child, children, required, text};

/// A blob of a thing, as an answer tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Blob {
    /// The name; the default blob has an empty one.
    pub name: String,
    /// The content type.
    pub content_type: String,
    /// How many bytes it has.
    pub length: Option<u64>,
    /// Their hash.
    pub hash: Option<BlobHash>,
    /// The bytes, or where they are.
    pub data: BlobData,
    /// How the writer said that the bytes were encoded, as the older shape of a thing has it.
    pub legacy_content_encoding: Option<String>,
    /// How the bytes are encoded now, such as `gzip`. Length, hash and what a download brings are those
    /// of the encoded bytes; decoding them is for the program.
    pub current_content_encoding: Option<String>,
}

/// The bytes of a blob, in the form that was [asked for](crate::Query::with_blobs).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BlobData {
    /// They were not asked for.
    Information,
    /// Here they are.
    Inline(Vec<u8>),
    /// They are to be fetched, within minutes.
    Streamed(BlobUrl),
}

impl fmt::Debug for BlobData {
    /// Neither a person's data nor what opens it belongs into a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BlobData::Information => f.write_str("Information"),
            BlobData::Inline(bytes) => write!(f, "Inline({} bytes)", bytes.len()),
            BlobData::Streamed(_) => f.write_str("Streamed"),
        }
    }
}

/// Reads `blob-payload`.
pub(crate) fn read(payload: Node<'_, '_>) -> Result<Vec<Blob>, Error> {
    children(payload, "blob").map(blob).collect()
}

fn blob(node: Node<'_, '_>) -> Result<Blob, Error> {
    let info = required(node, "blob-info")?;
    // A server that does not know says -1.
    let length: Option<i64> = child(node, "content-length").map(xml::number).transpose()?;
    let length = length.and_then(|length| u64::try_from(length).ok());
    let encoding = |name| child(node, name).map(text).transpose();
    Ok(Blob {
        name: xml::inner_text(required(info, "name")?)?.into_owned(),
        content_type: text(required(info, "content-type")?)?,
        length,
        hash: child(info, "hash-info").map(BlobHash::read).transpose()?,
        data: data(node, length)?,
        legacy_content_encoding: encoding("legacy-content-encoding")?,
        current_content_encoding: encoding("current-content-encoding")?,
    })
}

fn data(node: Node<'_, '_>, length: Option<u64>) -> Result<BlobData, Error> {
    if let Some(base64) = child(node, "base64data") {
        let bytes = decode_base64(&text(base64)?);
        let bytes = bytes.ok_or_else(|| Error::Malformed("base64data is not Base64".to_owned()))?;
        return Ok(BlobData::Inline(bytes));
    }
    match child(node, "blob-ref-url") {
        Some(url) => Ok(BlobData::Streamed(BlobUrl::new(text(url)?))),
        // The schema has no way to write no bytes, so that they are left out (things.md 7.2).
        None if length == Some(0) => Ok(BlobData::Inline(Vec::new())),
        None => Ok(BlobData::Information),
    }
}

#[cfg(test)]
mod tests {
    use keepwell_wire::shapes::{BlobOut, BlobOutData};
    use keepwell_wire::things::BlobHash as HashOut;
    use keepwell_wire::xml::XmlWriter;
    use roxmltree::Document;

    use super::super::BLOCK_SIZE;
    use super::*;

    fn sent(name: &str, length: Option<u64>, data: BlobOutData) -> BlobOut {
        BlobOut {
            name: name.into(),
            content_type: "text/plain".into(),
            hash: None,
            content_length: length,
            data,
            legacy_content_encoding: None,
            current_content_encoding: None,
        }
    }

    fn arrived(blobs: &[BlobOut]) -> Vec<Blob> {
        let mut out = XmlWriter::new();
        out.open("blob-payload");
        blobs.iter().for_each(|blob| blob.write(&mut out));
        read(Document::parse(&out.finish()).unwrap().root_element()).unwrap()
    }

    #[test]
    fn a_blob_comes_in_the_three_forms() {
        let url = "https://x.example/streaming/wildcatblob.ashx?blob-ref-token=SECRET";
        let found = arrived(&[
            sent("a", Some(3), BlobOutData::Information),
            sent("", Some(3), BlobOutData::Inline("YWJj".into())),
            sent("A ", Some(3), BlobOutData::Streamed(url.into())),
            sent("empty", Some(0), BlobOutData::Inline(String::new())),
        ]);
        let data: Vec<_> = found.iter().map(|blob| &blob.data).collect();
        assert_eq!(data[0], &BlobData::Information);
        assert_eq!(data[1], &BlobData::Inline(b"abc".to_vec()));
        assert!(matches!(data[2], BlobData::Streamed(there) if there.expose() == url));
        assert_eq!(data[3], &BlobData::Inline(Vec::new()));
        let names: Vec<_> = found.iter().map(|blob| &*blob.name).collect();
        assert_eq!(names, ["a", "", "A ", "empty"]);
        assert!(!format!("{found:?}").contains("SECRET"));
    }

    #[test]
    fn hash_length_and_encoding_are_told_as_far_as_they_are_known() {
        let hash = BlobHash::of(b"abc", BLOCK_SIZE);
        let told = HashOut {
            algorithm: hash.algorithm.clone(),
            block_size: hash.block_size,
            hash: hash.base64.clone(),
        };
        let mut whole = sent("a", Some(3), BlobOutData::Information);
        whole.hash = Some(told);
        whole.current_content_encoding = Some("gzip".into());
        let found = arrived(&[whole, sent("b", None, BlobOutData::Information)]);
        assert_eq!((found[0].length, &found[0].hash), (Some(3), &Some(hash)));
        assert_eq!(found[0].current_content_encoding.as_deref(), Some("gzip"));
        assert_eq!((found[1].length, &found[1].hash), (None, &None));
    }
}
