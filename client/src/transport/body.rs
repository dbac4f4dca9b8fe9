//! Bytes under way: a body that is made, or read, piece by piece.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::Error;

/// How many pieces wait between whoever makes them and whoever takes them.
const WAITING: usize = 4;

/// How long a server may be silent in the middle of an answer.
const SILENCE: Duration = Duration::from_secs(60);

/// The body of a request or of an answer.
pub struct Body(Pieces);

enum Pieces {
    Fed { length: u64, left: u64, pieces: mpsc::Receiver<Result<Bytes, Error>> },
    Answer(reqwest::Response),
}

/// The end at which the pieces of a [`Body`] go in.
#[derive(Clone, Debug)]
pub struct Feeder(mpsc::Sender<Result<Bytes, Error>>);

impl Body {
    /// A body of so many bytes, and the end at which they go in. A body whose feeder is dropped before
    /// they all came has broken off.
    pub fn fed(length: u64) -> (Feeder, Body) {
        let (sender, pieces) = mpsc::channel(WAITING);
        (Feeder(sender), Body(Pieces::Fed { length, left: length, pieces }))
    }

    /// A body without bytes.
    pub fn empty() -> Self {
        Body::fed(0).1
    }

    pub(super) fn of_answer(answer: reqwest::Response) -> Self {
        Body(Pieces::Answer(answer))
    }

    /// How many bytes there are in all, if that is known.
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Pieces::Fed { length, .. } => Some(*length),
            Pieces::Answer(answer) => answer.content_length(),
        }
    }

    /// The next piece; `None` behind the last. A body that breaks off is an error.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Error> {
        match &mut self.0 {
            Pieces::Fed { left, pieces, .. } => fed(left, pieces.recv().await).transpose(),
            Pieces::Answer(answer) => match timeout(SILENCE, answer.chunk()).await {
                Ok(piece) => piece.map_err(super::over_http::failed),
                Err(_) => Err(Error::transport("the server has fallen silent")),
            },
        }
    }
}

/// What a piece, or the end of the pieces, means to a body that has so many bytes to come.
fn fed(left: &mut u64, piece: Option<Result<Bytes, Error>>) -> Option<Result<Bytes, Error>> {
    let piece = match piece {
        Some(Ok(piece)) => piece,
        Some(Err(error)) => return Some(Err(error)),
        None if *left == 0 => return None,
        None => return Some(Err(Error::transport("the body broke off"))),
    };
    let Some(rest) = left.checked_sub(piece.len() as u64) else {
        return Some(Err(Error::transport("the body is longer than it was to be")));
    };
    *left = rest;
    Some(Ok(piece))
}

impl Feeder {
    /// Puts a piece in, once there is room for it, or the reason why no more comes. Returns whether anybody
    /// still takes it.
    pub async fn feed(&self, piece: Result<Bytes, Error>) -> bool {
        self.0.send(piece).await.is_ok()
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        match &mut self.0 {
            Pieces::Fed { left, pieces, .. } => pieces.poll_recv(context).map(|piece| {
                let piece = fed(left, piece)?;
                Some(piece.map(Frame::data))
            }),
            // Answers are read, not sent.
            Pieces::Answer(_) => Poll::Ready(Some(Err(Error::transport("an answer is no request")))),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.0, Pieces::Fed { left: 0, .. })
    }

    /// With an exact size the request says its length, and need not be sent in chunks.
    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Pieces::Fed { left, .. } => SizeHint::with_exact(*left),
            Pieces::Answer(_) => SizeHint::default(),
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").field("length", &self.length()).finish_non_exhaustive()
    }
}
