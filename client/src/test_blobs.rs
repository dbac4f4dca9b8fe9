//! The blob channel of the test server: it keeps what a server of ours promises, and fails when it is told.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;

use http::header::{CONTENT_RANGE, ETAG, IF_RANGE, RANGE, RETRY_AFTER};
use http::{Method, Request, Response, StatusCode};

use crate::Error;
use crate::transport::{Body, Bytes};

/// Bytes of a piece that the server keeps whole.
pub(crate) const CHUNK: usize = 1 << 20;

/// What goes wrong with one request.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// The connection breaks when so many bytes of the body went over it, either way.
    CutAfter(usize),
    /// All is done, and the answer gets lost.
    LoseAnswer,
    /// The server answers this, and maybe when to come back.
    Answer(u16, Option<u64>),
    /// The server has lost all bytes but so many.
    Forget(usize),
    /// Nothing happens ever again.
    Stall,
    /// All is well.
    None,
}

/// What the server has, by token.
#[derive(Default)]
pub(crate) struct TestBlobs(Mutex<State>);

#[derive(Default)]
struct State {
    blobs: HashMap<String, Stored>,
    faults: VecDeque<Fault>,
    asked: Vec<String>,
    is_plain: bool,
}

#[derive(Clone, Default)]
struct Stored {
    bytes: Vec<u8>,
    complete: bool,
}

impl TestBlobs {
    /// A token, and what is there already.
    pub(crate) fn open(&self, token: &str, bytes: &[u8]) {
        let stored = Stored { bytes: bytes.to_vec(), complete: false };
        self.0.lock().unwrap().blobs.insert(token.to_owned(), stored);
    }

    /// What goes wrong with the next requests, in order.
    pub(crate) fn faults(&self, faults: impl IntoIterator<Item = Fault>) {
        self.0.lock().unwrap().faults.extend(faults);
    }

    /// From now on a server that says nothing but what the protocol has: neither what it received, nor marks
    /// of bytes, nor parts of them.
    pub(crate) fn be_plain(&self) {
        self.0.lock().unwrap().is_plain = true;
    }

    /// What a token has, and whether that is all.
    pub(crate) fn stored(&self, token: &str) -> (Vec<u8>, bool) {
        let stored = self.0.lock().unwrap().blobs[token].clone();
        (stored.bytes, stored.complete)
    }

    /// The requests since this was asked last: method, range, and whether it was to be the end.
    pub(crate) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap().asked)
    }

    pub(crate) async fn exchange(&self, request: Request<Body>) -> Result<Response<Body>, Error> {
        let fault = self.note(&request);
        match fault {
            Fault::Stall => std::future::pending().await,
            Fault::Answer(status, after) => {
                let mut answer = said(StatusCode::from_u16(status).unwrap(), "no");
                if let Some(after) = after {
                    answer.headers_mut().insert(RETRY_AFTER, after.into());
                }
                return Ok(answer);
            }
            _ => {}
        }
        let token = request.uri().query().unwrap().strip_prefix("blob-ref-token=").unwrap().to_owned();
        if !self.0.lock().unwrap().blobs.contains_key(&token) {
            return Ok(said(StatusCode::FORBIDDEN, "the token is unknown"));
        }
        match *request.method() {
            Method::POST => self.take(&token, request, fault).await,
            _ => Ok(self.give(&token, &request, &fault)),
        }
    }

    fn note(&self, request: &Request<Body>) -> Fault {
        let header =
            |name: http::HeaderName| request.headers().get(name).map(|v| v.to_str().unwrap().to_owned());
        let mut words = vec![request.method().to_string()];
        words.extend(header(CONTENT_RANGE));
        words.extend(header(RANGE));
        words.extend(header(IF_RANGE).map(|_| "if the same".to_owned()));
        words.extend(request.headers().get("x-hv-blob-complete").map(|_| "complete".to_owned()));
        let mut state = self.0.lock().unwrap();
        state.asked.push(words.join(" "));
        state.faults.pop_front().unwrap_or(Fault::None)
    }

    async fn take(&self, token: &str, request: Request<Body>, fault: Fault) -> Result<Response<Body>, Error> {
        let range = request.headers().get(CONTENT_RANGE).map(|range| range.to_str().unwrap().to_owned());
        let complete = request.headers().contains_key("x-hv-blob-complete");
        let cut = if let Fault::CutAfter(bytes) = fault { bytes } else { usize::MAX };
        let mut sent = Vec::new();
        let mut body = request.into_body();
        while sent.len() < cut {
            let Some(piece) = body.next().await? else { break };
            sent.extend_from_slice(&piece);
        }
        let is_cut = cut < usize::MAX;
        if is_cut {
            sent.truncate(cut / CHUNK * CHUNK);
        }
        let mut state = self.0.lock().unwrap();
        let is_plain = state.is_plain;
        let stored = state.blobs.get_mut(token).unwrap();
        if let Fault::Forget(left) = fault {
            stored.bytes.truncate(left);
        }
        let status = match range {
            Some(range) => stored.put(from(&range), &sent),
            None => StatusCode::OK,
        };
        if is_cut || matches!(fault, Fault::LoseAnswer) {
            stored.complete |= complete && !is_cut;
            return Err(Error::transport("the connection broke"));
        }
        stored.complete |= complete && status == StatusCode::OK;
        let mut answer = said(status, if status == StatusCode::OK { "" } else { "these are others" });
        if !is_plain {
            answer.headers_mut().insert("x-keepwell-received", stored.bytes.len().into());
        }
        Ok(answer)
    }

    fn give(&self, token: &str, request: &Request<Body>, fault: &Fault) -> Response<Body> {
        let state = self.0.lock().unwrap();
        let bytes = state.blobs[token].bytes.clone();
        let etag = format!("\"{}\"", crate::blobs::BlobHash::of(&bytes, crate::blobs::BLOCK_SIZE).base64);
        let is_same = request.headers().get(IF_RANGE).is_none_or(|mark| mark.to_str().unwrap() == etag);
        let range = request.headers().get(RANGE).filter(|_| is_same && !state.is_plain);
        let first = range.map(|range| {
            range
                .to_str()
                .unwrap()
                .strip_prefix("bytes=")
                .unwrap()
                .strip_suffix('-')
                .unwrap()
                .parse()
                .unwrap()
        });
        let start: usize = first.unwrap_or_default();
        let cut = if let Fault::CutAfter(sent) = fault { Some(*sent) } else { None };
        let mut answer = Response::new(flowing(bytes[start..].to_vec(), cut));
        if first.is_some() {
            *answer.status_mut() = StatusCode::PARTIAL_CONTENT;
            let range = format!("bytes {start}-{}/{}", bytes.len() - 1, bytes.len());
            answer.headers_mut().insert(CONTENT_RANGE, range.parse().unwrap());
        }
        if !state.is_plain {
            answer.headers_mut().insert(ETAG, etag.parse().unwrap());
        }
        answer
    }
}

impl Stored {
    fn put(&mut self, from: usize, sent: &[u8]) -> StatusCode {
        let known = self.bytes.len().saturating_sub(from).min(sent.len());
        if from > self.bytes.len() || self.bytes[from..from + known] != sent[..known] {
            return StatusCode::CONFLICT;
        }
        self.bytes.extend_from_slice(&sent[known..]);
        StatusCode::OK
    }
}

/// The first byte of `bytes a-b/total`.
fn from(range: &str) -> usize {
    range.strip_prefix("bytes ").unwrap().split_once('-').unwrap().0.parse().unwrap()
}

fn said(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut answer = Response::new(flowing(text.into(), None));
    *answer.status_mut() = status;
    answer
}

/// A body that flows in pieces, and maybe breaks off.
fn flowing(bytes: Vec<u8>, cut: Option<usize>) -> Body {
    let (feeder, body) = Body::fed(bytes.len() as u64);
    tokio::spawn(async move {
        let sent = &bytes[..cut.unwrap_or(bytes.len()).min(bytes.len())];
        for piece in sent.chunks(100_000) {
            feeder.feed(Ok(Bytes::copy_from_slice(piece))).await;
        }
    });
    body
}
