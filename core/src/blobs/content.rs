//! The bytes of a blob, piece by piece.

use std::collections::HashMap;
use std::ops::Range;

use bytes::Bytes;
use futures_util::stream::{self, Stream};
use keepwell_store::{Answers, ReadFlight, Slot, params};

use super::error::outage;
use super::store::{CONTENTS, ContentRow, PartRow};
use super::{BlobId, PIECE, seal};
use crate::ids::RecordId;
use crate::{Domain, Outage};

/// An object that holds some of the bytes.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Part(pub(super) u64, pub(super) u64, pub(super) String);

impl From<PartRow> for Part {
    fn from(row: PartRow) -> Self {
        let number = |n: i64| u64::try_from(n).unwrap_or_default();
        Self(number(row.start), number(row.length), row.object)
    }
}

/// Bytes that a stream reads at a time.
const STEP: u64 = 1024 * 1024;

/// Where the bytes are.
#[derive(Clone, Debug)]
pub(super) enum Pieces {
    Row(Bytes),
    Parts(Vec<Part>),
    /// Each sealed by itself.
    Sealed(Vec<Part>),
}

/// The bytes of a blob, which can be read.
#[derive(Clone, Debug)]
pub struct Content {
    pub(super) id: BlobId,
    length: u64,
    pub(super) pieces: Pieces,
}

/// Below which the objects of a blob lie. Nothing in it comes from outside.
pub(super) fn folder(blob: BlobId) -> String {
    format!("{:02x}/{}", blob.0.as_bytes()[0], blob.0)
}

/// The key of an object.
pub(super) fn key(blob: BlobId, object: &str) -> String {
    format!("{}/{object}", folder(blob))
}

impl Pieces {
    /// Some bytes from the beginning of a range that is within; as many as lie in one object.
    pub(super) async fn read(
        &self,
        domain: &Domain,
        blob: BlobId,
        range: Range<u64>,
    ) -> Result<Bytes, Outage> {
        let gone = || Outage::Unavailable(format!("the blob {blob} has no bytes at {}", range.start));
        match self {
            Self::Row(bytes) => {
                let index = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
                let (start, end) = (index(range.start), index(range.end).min(bytes.len()));
                if start >= end { Err(gone()) } else { Ok(bytes.slice(start..end)) }
            }
            Self::Parts(parts) => {
                let (Part(start, _, object), end) = at(parts, &range).ok_or_else(gone)?;
                let within = range.start - start..end - start;
                domain.objects.get(&key(blob, object), within).await.map_err(|error| outage(&error))
            }
            Self::Sealed(parts) => {
                let (Part(start, length, object), end) = at(parts, &range).ok_or_else(gone)?;
                let whole = 0..length + seal::OVERHEAD;
                let sealed = domain.objects.get(&key(blob, object), whole).await;
                let sealed = sealed.map_err(|error| outage(&error))?;
                let opened = Bytes::from(seal::open(domain, blob, *start, &sealed)?);
                let index = |n: u64| usize::try_from(n - start).unwrap_or(usize::MAX).min(opened.len());
                Ok(opened.slice(index(range.start)..index(end)))
            }
        }
    }
}

/// The object that holds the first byte of a range, and where what it holds of the range ends.
fn at<'p>(parts: &'p [Part], range: &Range<u64>) -> Option<(&'p Part, u64)> {
    let after = parts.partition_point(|Part(start, ..)| *start <= range.start);
    let part = after.checked_sub(1).and_then(|i| parts.get(i))?;
    let end = range.end.min(part.0 + part.1);
    (end > range.start).then_some((part, end))
}

/// Whoever gets the bytes sees only that they end too early.
fn broke_off(error: &Outage) {
    tracing::error!(%error, "an attachment broke off while it was given");
}

impl Content {
    pub(super) fn of(row: ContentRow) -> Result<Self, Outage> {
        let parts = |text: String| {
            let broken = |error| Outage::Unavailable(format!("the parts of a blob: {error}"));
            serde_json::from_str(&text).map(Pieces::Parts).map_err(broken)
        };
        let pieces = match (row.bytes, row.parts) {
            (_, Some(text)) => parts(text)?,
            (bytes, None) => Pieces::Row(bytes.unwrap_or_default().into()),
        };
        Ok(Self { id: row.id, length: u64::try_from(row.length).unwrap_or_default(), pieces })
    }

    /// How many bytes it has.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Some bytes from the beginning of a range, at least one and at most `most`; the range is within the
    /// length and not empty.
    ///
    /// # Errors
    /// `Outage` when they cannot be read.
    pub async fn read(&self, domain: &Domain, range: Range<u64>, most: u64) -> Result<Bytes, Outage> {
        let end = range.end.min(range.start.saturating_add(most)).min(self.length);
        self.pieces.read(domain, self.id, Range { start: range.start, end }).await
    }

    /// The bytes of a range that is within the length, read as they are taken: a fixed part of them is in
    /// memory, however many they are. It ends with an `Outage` when some cannot be read.
    pub fn stream(
        self,
        domain: Domain,
        range: Range<u64>,
    ) -> impl Stream<Item = Result<Bytes, Outage>> + Send + 'static {
        stream::try_unfold((domain, self, range), async |(domain, content, range)| {
            if range.is_empty() {
                return Ok(None);
            }
            let bytes = content.read(&domain, range.clone(), STEP).await.inspect_err(broke_off)?;
            let rest = range.start + bytes.len() as u64..range.end;
            Ok(Some((bytes, (domain, content, rest))))
        })
    }

    /// All bytes; whoever asks has looked at the length.
    ///
    /// # Errors
    /// `Outage` when they cannot be read.
    pub async fn whole(&self, domain: &Domain) -> Result<Bytes, Outage> {
        let first = match self.length {
            0 => return Ok(Bytes::new()),
            length => self.read(domain, 0..length, PIECE as u64).await?,
        };
        if first.len() as u64 == self.length {
            return Ok(first);
        }
        let mut whole = first.to_vec();
        while (whole.len() as u64) < self.length {
            let rest = whole.len() as u64..self.length;
            whole.extend_from_slice(&self.read(domain, rest, PIECE as u64).await?);
        }
        Ok(whole.into())
    }
}

/// Blobs that were asked for.
pub(crate) struct Asked(Slot<ContentRow>);

/// Asks for the bytes of blobs of a record, within a flight that also knocks at its door.
pub(crate) fn ask_contents(flight: &mut ReadFlight, record: RecordId, blobs: &[BlobId]) -> Asked {
    let ids: Vec<_> = blobs.iter().map(|blob| blob.0).collect();
    Asked(flight.ask(&CONTENTS, params![record, ids]))
}

impl Asked {
    /// What was found.
    pub(crate) fn collect(self, answers: &mut Answers) -> Result<HashMap<BlobId, Content>, Outage> {
        let rows = answers.all(self.0)?;
        rows.into_iter().map(|row| Ok((row.id, Content::of(row)?))).collect()
    }
}
