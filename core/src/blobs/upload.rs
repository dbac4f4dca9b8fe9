//! An upload as it stands.

use std::ops::Range;

use keepwell_store::{ReadFlight, params};

use super::content::{Part, Pieces};
use super::store::{PARTS, PENDING, UPLOADS, UploadRow};
use super::{BlobId, BlobToken, MAX, MAX_PENDING_BYTES, UploadError, read_token, seal};
use crate::tokens::TokenHash;
use crate::{Domain, Outage};

/// An upload that its token has opened.
#[derive(Clone, Debug)]
pub struct Upload {
    pub(super) row: UploadRow,
    pub(super) parts: Vec<Part>,
}

/// Opens an upload by the token of its URL. Nothing else is asked of whoever brings it.
///
/// # Errors
/// `UploadError::Unknown` for any token that opens nothing, `Committed` for one that did its work.
pub async fn open(domain: &Domain, token: &str) -> Result<Upload, UploadError> {
    let Some(BlobToken::Upload(id, secret)) = read_token(domain, token) else {
        return Err(UploadError::Unknown);
    };
    let row = find(domain, id).await?;
    let row = row.filter(|row| row.opens_with(&secret) && row.expires > domain.env.now());
    let row = row.ok_or(UploadError::Unknown)?;
    if row.committed_at.is_some() {
        return Err(UploadError::Committed);
    }
    let mut flight = ReadFlight::new();
    let parts = flight.ask(&PARTS, params![vec![id.0]]);
    let parts = domain.store.read(flight).await?.all(parts)?.into_iter().map(Part::from).collect();
    Ok(Upload { row, parts })
}

async fn find(domain: &Domain, id: BlobId) -> Result<Option<UploadRow>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&UPLOADS, params![vec![id.0]]);
    domain.store.read(flight).await?.first(slot)
}

impl UploadRow {
    /// Whether this is the hash of its secret.
    pub(super) fn opens_with(&self, secret: &TokenHash) -> bool {
        aws_lc_rs::constant_time::verify_slices_are_equal(&self.secret_hash, secret).is_ok()
    }

    /// The bytes that lie in the row, while all of them do.
    pub(super) fn few(&self, domain: &Domain) -> Result<Option<Vec<u8>>, Outage> {
        match &self.small {
            Some(few) if self.sealed => seal::open(domain, self.id, seal::IN_ROW, few).map(Some),
            few => Ok(few.clone()),
        }
    }

    /// Where its bytes are.
    pub(super) fn pieces(&self, domain: &Domain, parts: Vec<Part>) -> Result<Pieces, Outage> {
        Ok(match self.few(domain)? {
            Some(few) => Pieces::Row(few.into()),
            None if self.sealed => Pieces::Sealed(parts),
            None => Pieces::Parts(parts),
        })
    }
}

impl Upload {
    /// Bytes that it may have in all. It is asked for each piece, since other uploads of the same
    /// application for the same person grow meanwhile.
    pub(super) async fn most(&self, domain: &Domain) -> Result<i64, Outage> {
        let Some(app) = self.row.app else { return Ok(MAX) };
        let mut flight = ReadFlight::new();
        let slot = flight.ask(&PENDING, params![self.row.person, app]);
        let pending = domain.store.read(flight).await?.first(slot)?;
        let room = pending.map_or(MAX, |(_, bytes)| (MAX_PENDING_BYTES - bytes).max(0));
        Ok(MAX.min(self.row.received.saturating_add(room)))
    }

    /// Bytes that are here, without a gap from the first.
    #[must_use]
    pub fn received(&self) -> u64 {
        u64::try_from(self.row.received).unwrap_or_default()
    }

    /// Whether it was ended.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.row.complete
    }

    /// Whether the bytes that are here at this place are these: what a client sends again after it lost
    /// our answer is taken, what it changed is not.
    ///
    /// # Errors
    /// `Outage` when they cannot be read.
    pub async fn has(&self, domain: &Domain, start: u64, bytes: &[u8]) -> Result<bool, Outage> {
        let end = start + bytes.len() as u64;
        if end > self.received() {
            return Ok(false);
        }
        let pieces = self.row.pieces(domain, self.parts.clone())?;
        let mut at = start;
        while at < end {
            let piece = pieces.read(domain, self.row.id, Range { start: at, end }).await?;
            let from = usize::try_from(at - start).unwrap_or(usize::MAX);
            if bytes.get(from..from + piece.len()) != Some(&piece[..]) {
                return Ok(false);
            }
            at += piece.len() as u64;
        }
        Ok(true)
    }
}
