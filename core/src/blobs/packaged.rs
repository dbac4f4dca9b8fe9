//! Blobs of a package: from CreateConnectPackage until the person takes them.

use bytes::{Bytes, BytesMut};
use keepwell_store::{ReadFlight, WriteFlight, params};

use super::content::{Part, Pieces};
use super::store::{KEEP_FOR_PACKAGE, LAPSE, PARTS, UPLOADS, UploadRow};
use super::{BlobId, BlobToken};
use crate::ids::AppId;
use crate::{Domain, Outage};

/// Why a blob cannot be in a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PackagedError {
    #[error("blob-in-package-ref-url is not one that this application was given, or it has expired")]
    Url,
    #[error("what was uploaded is in a package already")]
    Committed,
    #[error("the upload has not ended")]
    Incomplete,
}

/// The uploads that tokens name, if all of them are this application's, for packages, whole, and in none.
pub(crate) async fn of_package(
    domain: &Domain,
    app: AppId,
    tokens: &[Option<BlobToken>],
) -> Result<Result<Vec<BlobId>, PackagedError>, Outage> {
    let named = |token: &Option<BlobToken>| match token {
        Some(BlobToken::Upload(id, secret)) => Some((*id, *secret)),
        _ => None,
    };
    let named: Option<Vec<_>> = tokens.iter().map(named).collect();
    let Some(named) = named else { return Ok(Err(PackagedError::Url)) };
    let mut ids: Vec<_> = named.iter().map(|(id, _)| *id).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(Ok(ids));
    }
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&UPLOADS, params![ids.iter().map(|id| id.0).collect::<Vec<_>>()]);
    let rows = domain.store.read(flight).await?.all(slot)?;
    let now = domain.env.now();
    let stands = |(id, secret): &(BlobId, _)| {
        let row = rows.iter().find(|row| row.id == *id);
        let row = row.filter(|row| row.opens_with(secret) && row.app == Some(app) && row.expires > now);
        match row.filter(|row| row.sealed) {
            None => Err(PackagedError::Url),
            Some(row) if row.committed_at.is_some() => Err(PackagedError::Committed),
            Some(row) if !row.complete => Err(PackagedError::Incomplete),
            Some(_) => Ok(()),
        }
    };
    Ok(named.iter().try_for_each(stands).map(|()| ids))
}

/// Keeps an upload for a package, in the flight that creates it; `gone` when it is no longer as it was.
pub(crate) fn keep_for_package<E>(flight: &mut WriteFlight<E>, id: BlobId, now: i64, until: i64, gone: E) {
    flight.run(KEEP_FOR_PACKAGE, params![id, now, until]).affects(1, gone);
}

/// Lets an upload of a package go: the sweep gives its room back.
pub(crate) fn lapse<E>(flight: &mut WriteFlight<E>, id: BlobId, now: i64) {
    flight.run(LAPSE, params![id, now]);
}

/// A blob of a package, encrypted as its sender did it.
#[derive(Debug)]
pub(crate) struct Packaged {
    row: UploadRow,
    pieces: Pieces,
}

/// A blob of a package, if it is still there.
pub(crate) async fn packaged(domain: &Domain, id: BlobId) -> Result<Option<Packaged>, Outage> {
    let mut flight = ReadFlight::new();
    let (row, parts) = (flight.ask(&UPLOADS, params![vec![id.0]]), flight.ask(&PARTS, params![vec![id.0]]));
    let mut answers = domain.store.read(flight).await?;
    let now = domain.env.now();
    let row = answers.first(row)?.filter(|row| row.sealed && row.committed_at.is_some() && row.expires > now);
    let Some(row) = row else { return Ok(None) };
    let parts = answers.all(parts)?.into_iter().map(Part::from).collect();
    let pieces = row.pieces(domain, parts)?;
    Ok(Some(Packaged { row, pieces }))
}

impl Packaged {
    /// Its bytes.
    pub(crate) fn length(&self) -> u64 {
        u64::try_from(self.row.received).unwrap_or_default()
    }

    /// So many bytes from this place on, fewer at the end.
    pub(crate) async fn read(&self, domain: &Domain, start: u64, most: u64) -> Result<Bytes, Outage> {
        let end = self.length().min(start.saturating_add(most));
        let mut bytes = BytesMut::new();
        let mut at = start;
        while at < end {
            let piece = self.pieces.read(domain, self.row.id, at..end).await?;
            at += piece.len() as u64;
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes.freeze())
    }
}
