//! Sending the bytes of a blob of a package (connectivity.md 5.3): chunk after chunk, each sealed by itself,
//! until the server has them all.

use bytes::Bytes;
use http::header::{CONTENT_RANGE, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, StatusCode};
use tokio::io::{AsyncRead, AsyncSeek};
use zeroize::Zeroizing;

use super::sealing::Seal;
use crate::Error;
use crate::blobs::{
    BlobHash, COMPLETE, Failure, Patience, Progress, Slot, Source, beside, header_value, received, refusal,
};
use crate::line::Line;
use crate::transport::{Body, Feeder};

/// The most bytes that are handed to a connection at once.
const PIECE: usize = 256 << 10;

/// A blob under way, and all that it takes.
pub(super) struct Sending<'s, R, F> {
    line: &'s Line,
    seal: &'s Seal,
    slot: &'s Slot,
    source: Source<'s, R>,
    /// Bytes before they are sealed.
    length: u64,
    progress: F,
    /// Chunks that the server has.
    done: u64,
    /// Whether it needs to be told still that it has all of them.
    is_open: bool,
}

impl<'s, R: AsyncRead + AsyncSeek + Unpin, F: FnMut(Progress)> Sending<'s, R, F> {
    pub(super) fn new(
        line: &'s Line,
        seal: &'s Seal,
        slot: &'s Slot,
        source: Source<'s, R>,
        length: u64,
        progress: F,
    ) -> Self {
        Sending { line, seal, slot, source, length, progress, done: 0, is_open: true }
    }

    /// Sends everything, and answers the hash of what was sealed. Broken connections and a server that is
    /// busy or starting are waited for.
    pub(super) async fn send(mut self) -> Result<BlobHash, Error> {
        let line = self.line;
        let mut patience = Patience::new(&line.clock);
        let mut furthest = 0;
        while self.is_open {
            let before = self.done;
            let mut step = self.post().await;
            if self.is_open && step.is_ok() && self.done <= before {
                step = Err(Error::transport("the server did not keep what it was sent").into());
            }
            // Chunks that the server lost, and has again, renew nothing; or this could go on for ever.
            if self.done > furthest {
                furthest = self.done;
                patience.renew();
            }
            let mut failed = step;
            while let Err(failure) = failed {
                patience.bear(failure).await?;
                failed = self.ask().await;
            }
        }
        self.source.go_to(self.length).await?;
        Ok(self.source.hash())
    }

    fn chunks(&self) -> u64 {
        self.length.div_ceil(self.slot.chunk_size.get())
    }

    /// Bytes of a whole chunk as it is sent.
    fn sealed_size(&self) -> u64 {
        self.seal.algorithm().post_size(self.slot.chunk_size.get())
    }

    /// Sends the next chunk, or none if the server has them all and needs to be told so.
    async fn post(&mut self) -> Result<(), Failure> {
        let from = (self.done * self.slot.chunk_size.get()).min(self.length);
        let end = (from + self.slot.chunk_size.get()).min(self.length);
        let sealed = if from < end { self.sealed(from, end).await? } else { Bytes::new() };
        let (feeder, body) = Body::fed(sealed.len() as u64);
        let mut request = self.request(body)?;
        let start = self.sealed_up_to(self.done);
        if !sealed.is_empty() {
            let range = format!("bytes {start}-{}/*", start + sealed.len() as u64 - 1);
            request.headers_mut().insert(CONTENT_RANGE, header_value(&range)?);
        }
        let is_last = end == self.length;
        if is_last {
            request.headers_mut().insert(COMPLETE, HeaderValue::from_static("1"));
        }
        let exchange = self.line.transport.exchange(request);
        let told = (from, end, self.length);
        let answer = beside(exchange, feed(&sealed, feeder, told, &mut self.progress)).await?;
        let has = received(&answer);
        if !answer.status().is_success() {
            return Err(self.refused(answer.status(), has, refusal(answer).await));
        }
        let arrived = start + sealed.len() as u64;
        if has.is_some_and(|has| has < arrived) {
            // Less than was sent, and than it had: what is missing is sent again.
            self.settle(has);
            return Ok(());
        }
        self.done = (self.done + 1).min(self.chunks());
        self.is_open = !is_last;
        Ok(())
    }

    /// Asks what the server has, by a request that brings nothing. Not every server tells.
    async fn ask(&mut self) -> Result<(), Failure> {
        let answer = self.line.transport.exchange(self.request(Body::empty())?).await?;
        if !answer.status().is_success() {
            return Err(refusal(answer).await);
        }
        self.settle(received(&answer));
        let done = (self.done * self.slot.chunk_size.get()).min(self.length);
        (self.progress)(Progress { done, total: Some(self.length) });
        Ok(())
    }

    /// A server that has less than it said before is sent it again.
    fn refused(&mut self, status: StatusCode, has: Option<u64>, failure: Failure) -> Failure {
        let is_gap =
            status == StatusCode::CONFLICT && has.is_some_and(|has| has < self.sealed_up_to(self.done));
        match failure {
            Failure::Lasting(error) if is_gap => {
                self.settle(has);
                Failure::Passing { error, after: None }
            }
            failure => failure,
        }
    }

    /// Takes note of what the server has, if it says so: as many whole chunks. The rest of one is sent again,
    /// and is the same.
    fn settle(&mut self, has: Option<u64>) {
        let Some(has) = has else { return };
        let all = self.chunks();
        self.done = match has >= self.sealed_up_to(all) {
            true => all,
            false => (has / self.sealed_size()).min(all.saturating_sub(1)),
        };
    }

    /// Bytes of so many chunks as they are sent; the last may be shorter.
    fn sealed_up_to(&self, chunks: u64) -> u64 {
        let before = chunks.saturating_sub(1).min(self.length / self.slot.chunk_size.get());
        let last = self.length - before * self.slot.chunk_size.get();
        match chunks {
            0 => 0,
            chunks if chunks < self.chunks() => chunks * self.sealed_size(),
            _ => before * self.sealed_size() + self.seal.algorithm().post_size(last),
        }
    }

    /// Seals these bytes.
    async fn sealed(&mut self, from: u64, end: u64) -> Result<Bytes, Error> {
        self.source.go_to(from).await?;
        let size = usize::try_from(end - from).unwrap_or_default();
        let mut plain = Zeroizing::new(Vec::with_capacity(size));
        while self.source.at() < end {
            plain.extend_from_slice(&self.source.read(end - self.source.at()).await?);
        }
        Ok(self.seal.chunk(plain).await?)
    }

    fn request(&self, body: Body) -> Result<Request<Body>, Error> {
        let mut request = Request::new(body);
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.slot.url.uri(&self.line.platform_url)?;
        let bytes = HeaderValue::from_static("application/octet-stream");
        request.headers_mut().insert(CONTENT_TYPE, bytes);
        Ok(request)
    }
}

/// Feeds a request with a sealed chunk, as fast as the connection takes it. What is told of it counts the
/// bytes before they were sealed: from where, to where, of how many.
async fn feed(
    sealed: &Bytes,
    feeder: Feeder,
    (from, end, total): (u64, u64, u64),
    progress: &mut impl FnMut(Progress),
) -> Result<(), Error> {
    let mut fed = 0;
    while fed < sealed.len() {
        let next = (fed + PIECE).min(sealed.len());
        if !feeder.feed(Ok(sealed.slice(fed..next))).await {
            // The exchange has ended; it knows why.
            return Ok(());
        }
        fed = next;
        progress(Progress { done: (from + fed as u64).min(end), total: Some(total) });
    }
    Ok(())
}
