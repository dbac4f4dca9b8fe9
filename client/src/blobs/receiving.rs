//! Fetching the bytes of a blob (things.md 7.7), again from where a connection broke.

use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, IF_RANGE, RANGE};
use http::{HeaderValue, Request, Response, StatusCode};
use tokio::io::{AsyncWrite, AsyncWriteExt as _};

use super::answers::{content_range, refusal, strong_etag};
use super::patience::{Failure, Patience};
use super::{Blob, BlobData, BlobError, BlobUrl, Download, Progress, header_value};
use crate::line::Line;
use crate::transport::Body;
use crate::{Error, RecordCaller};

impl RecordCaller<'_> {
    /// Fetches the bytes of a blob into a file or whatever else can be written to. Broken connections and a
    /// server that is busy or starting are waited for, about a minute without anything getting on.
    ///
    /// The length is checked, and the hash if the answer gave one. After an error what was written must not
    /// be used, unless a [`Download`] goes on with it.
    pub async fn download<W>(
        &self,
        blob: &Blob,
        sink: &mut W,
        progress: impl FnMut(Progress),
    ) -> Result<(), Error>
    where
        W: AsyncWrite + Unpin,
    {
        self.receive_download(&mut Download::of(blob)?, sink, progress).await
    }

    /// Fetches what has not arrived yet of a download. After an error other than [`BlobError::Damaged`] and
    /// [`BlobError::Local`] it can be called again with the same sink; not if its future was dropped in the
    /// middle, when nobody knows what was written.
    pub async fn receive_download<W>(
        &self,
        download: &mut Download,
        sink: &mut W,
        progress: impl FnMut(Progress),
    ) -> Result<(), Error>
    where
        W: AsyncWrite + Unpin,
    {
        let mut receiving = Receiving { line: self.line(), download, sink, progress };
        match receiving.download.data.clone() {
            BlobData::Information => return Err(BlobError::NoBytes.into()),
            BlobData::Inline(bytes) => {
                // After a renewal some of them may have come another way.
                let came = usize::try_from(receiving.download.received).unwrap_or(usize::MAX);
                receiving.take(bytes.get(came..).unwrap_or_default()).await?;
            }
            BlobData::Streamed(url) => receiving.fetch(&url).await?,
        }
        receiving.end().await
    }
}

/// A download, and all that it takes.
struct Receiving<'s, W, F> {
    line: &'s Line,
    download: &'s mut Download,
    sink: &'s mut W,
    progress: F,
}

impl<W: AsyncWrite + Unpin, F: FnMut(Progress)> Receiving<'_, W, F> {
    async fn fetch(&mut self, url: &BlobUrl) -> Result<(), Error> {
        if self.download.length == Some(self.download.received) {
            return Ok(());
        }
        let line = self.line;
        let mut patience = Patience::new(&line.clock);
        loop {
            let before = self.download.received;
            let Err(failure) = self.fetch_once(url).await else { return Ok(()) };
            if self.download.received > before {
                patience.renew();
            }
            patience.bear(failure).await?;
        }
    }

    /// Asks for what is missing, and takes all that comes.
    async fn fetch_once(&mut self, url: &BlobUrl) -> Result<(), Failure> {
        let answer = self.line.transport.exchange(self.request(url)?).await?;
        let mut skip = match answer.status() {
            StatusCode::OK => self.whole(&answer)?,
            StatusCode::PARTIAL_CONTENT => self.part(&answer)?,
            _ => return Err(refusal(answer).await),
        };
        let mut body = answer.into_body();
        while let Some(mut piece) = body.next().await? {
            let known = piece.len().min(usize::try_from(skip).unwrap_or(usize::MAX));
            skip -= known as u64;
            if piece.len() > known {
                self.take(&piece.split_off(known)).await?;
            }
        }
        match self.download.length {
            Some(length) if self.download.received < length => {
                Err(Error::transport("the attachment broke off").into())
            }
            _ => Ok(()),
        }
    }

    fn request(&self, url: &BlobUrl) -> Result<Request<Body>, Error> {
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = url.uri(&self.line.platform_url)?;
        let headers = request.headers_mut();
        // A length and a place are those of the bytes themselves.
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        if self.download.received > 0 {
            headers.insert(RANGE, header_value(&format!("bytes={}-", self.download.received))?);
            if let Some(etag) = &self.download.etag {
                headers.insert(IF_RANGE, etag.clone());
            }
        }
        Ok(request)
    }

    /// An answer with all bytes. Returns how many of them have arrived before: there is no need that a
    /// server knows parts.
    fn whole(&mut self, answer: &Response<Body>) -> Result<u64, Failure> {
        self.agree(answer, answer.body().length())?;
        Ok(self.download.received)
    }

    /// An answer with the bytes that are missing.
    fn part(&mut self, answer: &Response<Body>) -> Result<u64, Failure> {
        match content_range(answer) {
            Some((from, total)) if from == self.download.received => self.agree(answer, total).map(|()| 0),
            _ => {
                Err(Error::Malformed("the server sent another part than it was asked for".to_owned()).into())
            }
        }
    }

    /// Refuses bytes that are not, or not in the form, that the download is of.
    fn agree(&mut self, answer: &Response<Body>, length: Option<u64>) -> Result<(), Failure> {
        if answer.headers().get(CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
            return Err(Error::Malformed("the bytes are encoded, which nobody asked for".to_owned()).into());
        }
        let etag = strong_etag(answer);
        let download = &mut *self.download;
        let differ = |known: bool, told: bool, same: bool| known && told && !same;
        if differ(download.etag.is_some(), etag.is_some(), download.etag == etag)
            || differ(download.length.is_some(), length.is_some(), download.length == length)
        {
            return Err(BlobError::Damaged("the server has other bytes than it said".to_owned()).into());
        }
        download.etag = download.etag.take().or(etag);
        download.length = download.length.or(length);
        Ok(())
    }

    /// Writes bytes that have arrived.
    async fn take(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let download = &mut *self.download;
        let received = download.received + bytes.len() as u64;
        if download.length.is_some_and(|length| received > length) {
            return Err(BlobError::Damaged("there are more bytes than it has".to_owned()).into());
        }
        self.sink.write_all(bytes).await.map_err(BlobError::from)?;
        if let Some(hasher) = &mut download.hasher {
            hasher.update(bytes);
        }
        download.received = received;
        (self.progress)(Progress { done: received, total: download.length });
        Ok(())
    }

    /// Checks what has arrived, now that it is all there.
    async fn end(&mut self) -> Result<(), Error> {
        self.sink.flush().await.map_err(BlobError::from)?;
        let Download { length, received, hash, hasher, .. } = &*self.download;
        if length.is_some_and(|length| length != *received) {
            return Err(BlobError::Damaged(format!("{received} bytes arrived")).into());
        }
        if hasher.clone().is_some_and(|hasher| hash.as_ref() != Some(&hasher.finish())) {
            return Err(BlobError::Damaged("its hash is another".to_owned()).into());
        }
        Ok(())
    }
}
