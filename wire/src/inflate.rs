//! Undoing the `Content-Encoding` of a request body (wire.md 1.2). Hashes are over the result.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::limits::Limits;
use crate::status::Status;

/// Why a body could not be decoded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InflateError {
    /// The body is, or would become, longer than the limit.
    #[error("the request is longer than {limit} bytes")]
    TooLong {
        /// The bound that was crossed.
        limit: usize,
    },
    /// The bytes are not what the encoding says.
    #[error("the body is not valid {encoding}")]
    Corrupt {
        /// The encoding as it was named.
        encoding: String,
    },
    /// The encoding is none that the server offers.
    #[error("content encoding {encoding:?} is not supported")]
    Unsupported {
        /// The encoding as it was named.
        encoding: String,
    },
}

impl InflateError {
    /// The status code to answer.
    pub fn status(&self) -> Status {
        match self {
            InflateError::TooLong { .. } => Status::REQUEST_TOO_LONG,
            InflateError::Corrupt { .. } | InflateError::Unsupported { .. } => Status::INVALID_XML,
        }
    }
}

/// Decodes a body as its `Content-Encoding` header says, never growing beyond the limit.
///
/// `deflate` is accepted raw, as .NET writes it, and wrapped in zlib, as the standard has it.
pub fn inflate<'b>(
    content_encoding: Option<&str>,
    body: &'b [u8],
    limits: &Limits,
) -> Result<Cow<'b, [u8]>, InflateError> {
    let limit = limits.inflated_bytes;
    if body.len() > limit {
        return Err(InflateError::TooLong { limit });
    }
    let encoding = content_encoding.map(str::trim).unwrap_or_default().to_ascii_lowercase();
    match encoding.as_str() {
        "" | "identity" => Ok(Cow::Borrowed(body)),
        "gzip" | "x-gzip" => read_bounded(MultiGzDecoder::new(body), limit, &encoding).map(Cow::Owned),
        "deflate" => {
            // The first two bytes of zlib are a check of themselves; raw deflate seldom passes it, and
            // if it does by accident the checksum at the end fails and the raw reading is tried.
            let wrapped = body.len() >= 2
                && body[0] & 0x0f == 8
                && (usize::from(body[0]) * 256 + usize::from(body[1])) % 31 == 0;
            if wrapped {
                match read_bounded(ZlibDecoder::new(body), limit, &encoding) {
                    Err(InflateError::Corrupt { .. }) => {}
                    done => return done.map(Cow::Owned),
                }
            }
            read_bounded(DeflateDecoder::new(body), limit, &encoding).map(Cow::Owned)
        }
        _ => Err(InflateError::Unsupported { encoding }),
    }
}

fn read_bounded(reader: impl Read, limit: usize, encoding: &str) -> Result<Vec<u8>, InflateError> {
    let mut out = Vec::new();
    let allowance = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    reader
        .take(allowance)
        .read_to_end(&mut out)
        .map_err(|_| InflateError::Corrupt { encoding: encoding.to_owned() })?;
    if out.len() > limit {
        return Err(InflateError::TooLong { limit });
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const TEXT: &[u8] = b"<info><a>some text, some text, some text</a></info>";

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn every_encoding_that_clients_use_is_undone() {
        let limits = Limits::default();
        assert_eq!(&*inflate(None, TEXT, &limits).unwrap(), TEXT);
        assert_eq!(&*inflate(Some("identity"), TEXT, &limits).unwrap(), TEXT);
        assert_eq!(&*inflate(Some(" GZIP "), &gzip(TEXT), &limits).unwrap(), TEXT);
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::default());
        raw.write_all(TEXT).unwrap();
        assert_eq!(&*inflate(Some("deflate"), &raw.finish().unwrap(), &limits).unwrap(), TEXT);
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(TEXT).unwrap();
        assert_eq!(&*inflate(Some("deflate"), &zlib.finish().unwrap(), &limits).unwrap(), TEXT);
    }

    #[test]
    fn a_small_body_that_grows_too_long_is_refused() {
        let limits = Limits { inflated_bytes: 1000, ..Limits::default() };
        let bomb = gzip(&vec![b'a'; 1_000_000]);
        assert!(bomb.len() > 1000 || inflate(Some("gzip"), &bomb, &limits).is_err());
        let small = gzip(&vec![b'a'; 1001]);
        let error = inflate(Some("gzip"), &small, &limits).unwrap_err();
        assert_eq!(error.status(), Status::REQUEST_TOO_LONG);
        assert!(inflate(Some("gzip"), &gzip(&vec![b'a'; 1000]), &limits).is_ok());
        assert_eq!(inflate(None, &[b'a'; 1001], &limits).unwrap_err().status(), Status::REQUEST_TOO_LONG);
    }

    #[test]
    fn bytes_that_are_not_what_they_claim_are_invalid() {
        let limits = Limits::default();
        let mut cut = gzip(TEXT);
        cut.truncate(cut.len() - 3);
        for (encoding, body) in
            [("gzip", cut.as_slice()), ("gzip", TEXT), ("deflate", &[0xff; 8]), ("br", TEXT)]
        {
            assert_eq!(inflate(Some(encoding), body, &limits).unwrap_err().status(), Status::INVALID_XML);
        }
    }
}
