//! Content encodings of attachments. Bytes are kept and returned as they came and never decoded here, so no
//! small request becomes large on the server.

use super::{BlobProblem, PutBlob};

/// How a byte sequence of each known encoding begins, where one can tell.
const KNOWN: [(&str, Option<&[u8]>); 5] = [
    ("base64", None),
    ("base-64", None),
    ("gzip", Some(&[0x1f, 0x8b])),
    ("deflate", None),
    ("identity", None),
];

/// Whether the encodings are known, and the bytes, as far as they are at hand, begin like the last of them.
pub(super) fn check(put: &PutBlob, bytes: Option<&[u8]>) -> Result<(), BlobProblem> {
    for said in [&put.legacy_encoding, &put.encoding].into_iter().flatten() {
        each(said).try_for_each(|name| find(name).map(drop))?;
    }
    let Some(last) = put.encoding.as_deref().and_then(|said| each(said).last()) else { return Ok(()) };
    let (name, beginning) = find(last)?;
    match (beginning, bytes) {
        (Some(beginning), Some(bytes)) if !bytes.starts_with(beginning) => Err(BlobProblem::NotEncoded(name)),
        _ => Ok(()),
    }
}

/// The encodings of a comma-separated list, in the order in which they were applied.
fn each(said: &str) -> impl Iterator<Item = &str> {
    said.split(',').map(str::trim).filter(|name| !name.is_empty())
}

fn find(name: &str) -> Result<(&'static str, Option<&'static [u8]>), BlobProblem> {
    let known = KNOWN.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    known.copied().ok_or_else(|| BlobProblem::Encoding(name.to_owned()))
}
