//! What is sent: read in pieces, hashed on the way, and read again from wherever the server needs it.

use std::io::SeekFrom;
use std::num::NonZeroU64;

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncSeek, AsyncSeekExt as _};

use super::{BlobError, BlobHash, BlobHasher};

/// The most bytes that are read at once.
const PIECE: u64 = 256 << 10;

/// Bytes that can be read from any place, with the hash of all before it.
pub(crate) struct Source<'s, R> {
    pub(super) from: &'s mut R,
    here: Place,
    /// The last place that was gone to; most ways back lead there.
    mark: Place,
    empty: BlobHasher,
}

/// A place in the bytes, and the hash of what is before it.
#[derive(Clone)]
struct Place {
    at: u64,
    hasher: BlobHasher,
}

impl<'s, R: AsyncRead + AsyncSeek + Unpin> Source<'s, R> {
    /// At the beginning.
    pub(crate) fn new(from: &'s mut R, block_size: NonZeroU64) -> Self {
        let empty = BlobHasher::new(block_size);
        let start = Place { at: 0, hasher: empty.clone() };
        Source { from, here: start.clone(), mark: start, empty }
    }

    pub(crate) fn at(&self) -> u64 {
        self.here.at
    }

    /// The hash of what is before this place.
    pub(crate) fn hash(&self) -> BlobHash {
        self.here.hasher.clone().finish()
    }

    /// Goes to a place. The bytes on the way are read for the hash's sake, as few as it takes.
    pub(crate) async fn go_to(&mut self, at: u64) -> Result<(), BlobError> {
        if at < self.here.at {
            self.here = self.mark.clone();
        }
        if at < self.here.at {
            self.here = Place { at: 0, hasher: self.empty.clone() };
        }
        // Also where nothing is to be read on the way: a read that was given up may have moved the file.
        self.from.seek(SeekFrom::Start(self.here.at)).await?;
        while self.here.at < at {
            self.read(at - self.here.at).await?;
        }
        self.mark = self.here.clone();
        Ok(())
    }

    /// The next bytes, at least one and not more than these.
    pub(crate) async fn read(&mut self, most: u64) -> Result<Bytes, BlobError> {
        let most = most.min(PIECE);
        let mut piece = BytesMut::with_capacity(usize::try_from(most).unwrap_or_default());
        if (&mut *self.from).take(most).read_buf(&mut piece).await? == 0 {
            return Err(BlobError::SourceChanged(format!("it ends at byte {}", self.here.at)));
        }
        self.here.hasher.update(&piece);
        self.here.at += piece.len() as u64;
        Ok(piece.freeze())
    }
}

/// How many bytes there are in all.
pub(crate) async fn length(from: &mut (impl AsyncSeek + Unpin)) -> Result<u64, BlobError> {
    Ok(from.seek(SeekFrom::End(0)).await?)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    const BLOCK: NonZeroU64 = NonZeroU64::new(4).expect("not zero");

    #[tokio::test]
    async fn the_hash_is_that_of_what_is_before_wherever_one_goes() {
        let bytes: Vec<u8> = (0..100).collect();
        let mut from = Cursor::new(&bytes);
        let mut source = Source::new(&mut from, BLOCK);
        for at in [10_u8, 50, 30, 5, 100, 100, 0, 99] {
            source.go_to(at.into()).await.unwrap();
            assert_eq!(source.hash(), BlobHash::of(&bytes[..at.into()], BLOCK), "{at}");
            if at < 100 {
                assert_eq!(source.read(1).await.unwrap()[..], [at]);
            }
        }
    }

    #[tokio::test]
    async fn a_source_that_ends_early_has_changed() {
        let mut from = Cursor::new(b"abc");
        let mut source = Source::new(&mut from, BLOCK);
        assert!(matches!(source.go_to(4).await, Err(BlobError::SourceChanged(_))));
        assert_eq!(length(source.from).await.unwrap(), 3);
    }
}
