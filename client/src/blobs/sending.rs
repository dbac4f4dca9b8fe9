//! Sending the bytes of a blob (things.md 7.4): request after request, each of which says which bytes it
//! brings, until the server has them all.

use std::future::Future;
use std::pin::pin;

use http::header::{CONTENT_RANGE, CONTENT_TYPE};
use http::{Method, Request, Response, StatusCode};
use tokio::io::{AsyncRead, AsyncSeek};

use super::answers::{received, refusal};
use super::patience::{Failure, Patience};
use super::source::{Source, length};
use super::{BlobError, Progress, Upload, Uploaded, header_value};
use crate::line::Line;
use crate::transport::{Body, Feeder};
use crate::{Error, RecordCaller};

/// The most bytes of a request. What is lost with a connection is less than this.
const REQUEST: u64 = 16 << 20;

/// Says that the bytes of a request are the last.
pub(crate) const COMPLETE: &str = "x-hv-blob-complete";

impl RecordCaller<'_> {
    /// Begins to upload so many bytes. It fails with [`BlobError::TooLong`] if the server does not take as
    /// many.
    pub async fn begin_upload(&self, length: u64) -> Result<Upload, Error> {
        Upload::new(self.begin_put_blob().await?, length)
    }

    /// Sends what is to be sent of an upload. Broken connections and a server that is busy or starting are
    /// waited for, about a minute without anything getting on; after that it can be called again, in this
    /// process or another. The source is read twice where that has to be, but is never in memory.
    ///
    /// It fails with [`BlobError::SourceChanged`] if the length, or what was sent before, is not what it was.
    pub async fn send_upload<R>(
        &self,
        upload: &mut Upload,
        source: &mut R,
        progress: impl FnMut(Progress),
    ) -> Result<Uploaded, Error>
    where
        R: AsyncRead + AsyncSeek + Unpin,
    {
        let source = Source::new(source, upload.block_size);
        let mut sending =
            Sending { line: self.line(), upload, source, progress, tells: None, is_careful: false };
        sending.check_source().await?;
        sending.send().await?;
        let Sending { upload, source, .. } = sending;
        Ok(Uploaded { url: upload.url.clone(), hash: source.hash(), length: upload.length })
    }

    /// Uploads everything that there is to read, from the beginning; bytes in memory by a
    /// [`Cursor`](std::io::Cursor). To be able to go on in another process, keep what
    /// [`RecordCaller::begin_upload`] gives.
    pub async fn upload<R>(&self, source: &mut R, progress: impl FnMut(Progress)) -> Result<Uploaded, Error>
    where
        R: AsyncRead + AsyncSeek + Unpin,
    {
        let length = length(source).await?;
        let mut upload = self.begin_upload(length).await?;
        self.send_upload(&mut upload, source, progress).await
    }
}

/// An upload, and all that it takes.
struct Sending<'s, R, F> {
    line: &'s Line,
    upload: &'s mut Upload,
    source: Source<'s, R>,
    progress: F,
    /// Whether the server tells what it has, once that is known. One that does takes requests of any
    /// length; others want them as they said.
    tells: Option<bool>,
    /// Whether the last request failed and nothing came of it. A server that refuses in the middle of a long
    /// request closes the connection, and its words may be lost; those to a short one are heard.
    is_careful: bool,
}

impl<R: AsyncRead + AsyncSeek + Unpin, F: FnMut(Progress)> Sending<'_, R, F> {
    /// Refuses another source than the upload began with, as far as that can be seen.
    async fn check_source(&mut self) -> Result<(), Error> {
        let (found, began_with) = (length(self.source.from).await?, self.upload.length);
        if found != began_with {
            let message = format!("it has {found} bytes, and had {began_with}");
            return Err(BlobError::SourceChanged(message).into());
        }
        self.source.go_to(self.upload.received).await?;
        if self.source.hash() != self.upload.sent {
            let message = "what was sent of it is not the same any more".to_owned();
            return Err(BlobError::SourceChanged(message).into());
        }
        Ok(())
    }

    async fn send(&mut self) -> Result<(), Error> {
        let line = self.line;
        let mut patience = Patience::new(&line.clock);
        let mut furthest = self.upload.received;
        // A first request is short, and its answer says the same as an answer to this question.
        let mut ask = self.upload.received > 0;
        loop {
            let before = self.upload.received;
            let step = if ask { self.ask().await } else { self.post().await };
            let received = self.upload.received;
            // Bytes that the server lost, and has again, renew nothing; or this could go on for ever.
            if received > furthest {
                furthest = received;
                patience.renew();
                self.is_careful = false;
            }
            match step {
                Ok(Step::Complete) => return Ok(()),
                Ok(Step::Asked) => ask = false,
                Ok(Step::Posted) if received > before => {}
                Ok(Step::Posted) => {
                    let error = Error::transport("the server did not keep what it was sent");
                    patience.bear(Failure::from(error)).await?;
                }
                Err(failure) => {
                    patience.bear(failure).await?;
                    self.is_careful = true;
                    ask = self.tells != Some(false);
                }
            }
        }
    }

    /// Asks what the server has, by a request that brings nothing.
    async fn ask(&mut self) -> Result<Step, Failure> {
        let answer = self.line.transport.exchange(self.request(Body::empty())?).await?;
        if !answer.status().is_success() {
            return Err(refusal(answer).await);
        }
        self.tells = Some(received(&answer).is_some());
        let has = received(&answer).unwrap_or(self.upload.received);
        self.settle(has).await?;
        (self.progress)(Progress { done: has, total: Some(self.upload.length) });
        Ok(Step::Asked)
    }

    /// Sends the next bytes, or none if the server has them all and needs to be told so.
    async fn post(&mut self) -> Result<Step, Failure> {
        let (from, total) = (self.upload.received, self.upload.length);
        self.source.go_to(from).await?;
        let size = self.request_size().min(total - from);
        let end = from + size;
        let (feeder, body) = Body::fed(size);
        let mut request = self.request(body)?;
        if size > 0 {
            let range = format!("bytes {from}-{}/{total}", end - 1);
            request.headers_mut().insert(CONTENT_RANGE, header_value(&range)?);
        }
        if end == total {
            request.headers_mut().insert(COMPLETE, http::HeaderValue::from_static("1"));
        }
        let exchange = self.line.transport.exchange(request);
        let feed = feed(&mut self.source, end, feeder, total, &mut self.progress);
        let answer = beside(exchange, feed).await?;
        let has = received(&answer);
        if !answer.status().is_success() {
            return Err(self.refused(answer, from, has).await);
        }
        self.tells = Some(has.is_some());
        // An answer that came early, to a body that nobody took in whole, says nothing of itself.
        let sent = if self.source.at() == end { end } else { from };
        self.settle(has.unwrap_or(sent)).await?;
        if end == total && self.upload.received == total { Ok(Step::Complete) } else { Ok(Step::Posted) }
    }

    /// A server that has less than it said before is sent it again.
    async fn refused(&mut self, answer: Response<Body>, from: u64, has: Option<u64>) -> Failure {
        let is_gap = answer.status() == StatusCode::CONFLICT && has.is_some_and(|has| has < from);
        let failure = refusal(answer).await;
        match (failure, has) {
            (Failure::Lasting(error), Some(has)) if is_gap => match self.settle(has).await {
                Ok(()) => Failure::Passing { error, after: None },
                Err(failure) => failure,
            },
            (failure, _) => failure,
        }
    }

    /// Takes note of what the server has.
    async fn settle(&mut self, received: u64) -> Result<(), Failure> {
        if received > self.upload.length {
            let message = format!("it has {received} bytes of {}", self.upload.length);
            return Err(BlobError::Conflict(message).into());
        }
        self.source.go_to(received).await?;
        self.upload.received = received;
        self.upload.sent = self.source.hash();
        Ok(())
    }

    /// As many whole pieces of the server's as a request may have.
    fn request_size(&self) -> u64 {
        let chunk = self.upload.chunk_size.get();
        match self.tells {
            Some(true) if !self.is_careful => (REQUEST / chunk).max(1) * chunk,
            _ => chunk,
        }
    }

    fn request(&self, body: Body) -> Result<Request<Body>, Error> {
        let mut request = Request::new(body);
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.upload.url.uri(&self.line.platform_url)?;
        let bytes = http::HeaderValue::from_static("application/octet-stream");
        request.headers_mut().insert(CONTENT_TYPE, bytes);
        Ok(request)
    }
}

/// What a request achieved.
enum Step {
    Asked,
    Posted,
    Complete,
}

/// Reads up to the end and feeds a request with it, as fast as the connection takes it.
async fn feed<R: AsyncRead + AsyncSeek + Unpin>(
    source: &mut Source<'_, R>,
    end: u64,
    feeder: Feeder,
    total: u64,
    progress: &mut impl FnMut(Progress),
) -> Result<(), Error> {
    while source.at() < end {
        let piece = source.read(end - source.at()).await?;
        if !feeder.feed(Ok(piece)).await {
            // The exchange has ended; it knows why.
            return Ok(());
        }
        progress(Progress { done: source.at(), total: Some(total) });
    }
    Ok(())
}

/// An exchange, and the feeding of its request beside it. An answer may come before all was fed.
pub(crate) async fn beside(
    exchange: impl Future<Output = Result<Response<Body>, Error>>,
    feed: impl Future<Output = Result<(), Error>>,
) -> Result<Response<Body>, Error> {
    let (mut exchange, mut feed) = (pin!(exchange), pin!(feed));
    tokio::select! {
        biased;
        answer = &mut exchange => answer,
        fed = &mut feed => {
            fed?;
            exchange.await
        }
    }
}
