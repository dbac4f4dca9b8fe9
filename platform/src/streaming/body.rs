//! The body of an upload, in pieces that fit the memory there is.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt as _;
use keepwell_core::blobs::PIECE;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// Memory is counted in so many bytes.
pub(super) const UNIT: usize = 16 * 1024;
/// A client that sends nothing for so long is gone.
const SILENCE: Duration = Duration::from_secs(30);
/// How much of a body that nobody wants is read, so that the answer arrives.
const TAIL: usize = 16 * 1024 * 1024;

/// Why a body cannot be read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BodyError {
    /// It broke off.
    Broken,
    /// The client fell silent.
    Silent,
    /// There is no memory for more uploads.
    Busy,
}

/// Some bytes, with the memory that they are counted in.
pub(super) struct Piece {
    pub(super) bytes: Bytes,
    /// Given back when the piece is on the disk.
    room: Option<OwnedSemaphorePermit>,
}

/// A body that is read piece by piece.
pub(super) struct Pieces {
    stream: BodyDataStream,
    room: Arc<Semaphore>,
    /// What came and belongs to the next piece.
    held: Bytes,
    /// The memory of a piece that is done with, and what it is counted in: two take turns for the longest body.
    spare: Option<(BytesMut, OwnedSemaphorePermit)>,
    /// Bytes that are still to come; the rest of the body is not ours.
    left: u64,
}

impl Pieces {
    pub(super) fn new(body: Body, room: Arc<Semaphore>) -> Self {
        Self { stream: body.into_data_stream(), room, held: Bytes::new(), spare: None, left: u64::MAX }
    }

    /// Ends it after so many bytes, whatever comes behind them.
    pub(super) fn end_after(&mut self, bytes: u64) {
        self.left = bytes;
    }

    /// The next piece; an empty one at the end. When memory runs short, pieces become smaller.
    pub(super) async fn next(&mut self) -> Result<Piece, BodyError> {
        let (mut bytes, mut room) = match self.spare.take() {
            Some((bytes, room)) => (bytes, Some(room)),
            None => (BytesMut::new(), None),
        };
        // To grow by doubling would leave memory of many sizes behind.
        bytes.reserve(usize::try_from(self.left).map_or(0, |left| left.min(PIECE)));
        while bytes.len() < PIECE && self.fill().await? {
            let mut fits = self.held.len().min(PIECE - bytes.len());
            let counted = room.as_ref().map_or(0, |room| room.num_permits() * UNIT);
            let uncounted = (bytes.len() + fits).saturating_sub(counted);
            if uncounted > 0 {
                // Whoever holds some goes on with it rather than wait, or all could wait for each other.
                match claim(Arc::clone(&self.room), uncounted, room.is_none()).await? {
                    None if counted > bytes.len() => fits = counted - bytes.len(),
                    None => break,
                    Some(more) => match &mut room {
                        Some(room) => room.merge(more),
                        None => room = Some(more),
                    },
                }
            }
            bytes.extend_from_slice(&self.held.split_to(fits));
            self.left -= fits as u64;
        }
        Ok(Piece { bytes: bytes.freeze(), room })
    }

    /// Takes the memory of a piece back, if nobody holds it any more.
    pub(super) fn reuse(&mut self, piece: Piece) {
        let Ok(mut bytes) = piece.bytes.try_into_mut() else { return };
        bytes.clear();
        self.spare = piece.room.map(|room| (bytes, room));
    }

    /// Makes sure that bytes are held, if any are to come.
    async fn fill(&mut self) -> Result<bool, BodyError> {
        while self.held.is_empty() && self.left > 0 {
            match timeout(SILENCE, self.stream.next()).await {
                Err(_) => return Err(BodyError::Silent),
                Ok(None) => return Ok(false),
                Ok(Some(Err(_))) => return Err(BodyError::Broken),
                Ok(Some(Ok(frame))) => self.held = frame,
            }
            let left = usize::try_from(self.left).unwrap_or(usize::MAX);
            self.held.truncate(left);
        }
        Ok(!self.held.is_empty())
    }

    /// Reads what the body has beyond its range, for one client sends its whole buffer (things.md 7.4), or
    /// after a refusal.
    pub(super) async fn drain(&mut self) {
        let mut seen = 0;
        let all = async {
            while seen < TAIL
                && let Some(Ok(frame)) = self.stream.next().await
            {
                seen += frame.len();
            }
        };
        // Whether it came to its end makes no difference to the answer.
        let _ = timeout(SILENCE, all).await;
    }
}

/// Memory for so many bytes more.
async fn claim(
    room: Arc<Semaphore>,
    bytes: usize,
    may_wait: bool,
) -> Result<Option<OwnedSemaphorePermit>, BodyError> {
    let units = u32::try_from(bytes.div_ceil(UNIT)).unwrap_or(u32::MAX);
    if !may_wait {
        return Ok(room.try_acquire_many_owned(units).ok());
    }
    match timeout(SILENCE, room.acquire_many_owned(units)).await {
        Ok(Ok(permit)) => Ok(Some(permit)),
        _ => Err(BodyError::Busy),
    }
}
