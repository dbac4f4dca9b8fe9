//! What the answers on the blob channel mean (things.md 7.4, 7.7).

use std::time::Duration;

use http::header::{CONTENT_RANGE, ETAG, RETRY_AFTER};
use http::{HeaderValue, Response, StatusCode};

use super::BlobError;
use super::patience::Failure;
use crate::transport::Body;

/// How many bytes the server has, contiguous from the first. Not every server says it.
const RECEIVED: &str = "x-keepwell-received";

/// As much of a refusal as is of use in a message.
const LONGEST_MESSAGE: usize = 1000;

/// A header's text.
fn header(answer: &Response<Body>, name: impl http::header::AsHeaderName) -> Option<&str> {
    answer.headers().get(name)?.to_str().ok().map(str::trim)
}

/// How many bytes of an upload the server says that it has.
pub(crate) fn received(answer: &Response<Body>) -> Option<u64> {
    header(answer, RECEIVED)?.parse().ok()
}

/// The mark of the bytes, if it is one that tells them exactly.
pub(super) fn strong_etag(answer: &Response<Body>) -> Option<HeaderValue> {
    answer.headers().get(ETAG).filter(|etag| etag.as_bytes().starts_with(b"\"")).cloned()
}

/// Where the bytes of a partial answer begin, and how many there are in all if that is said.
pub(super) fn content_range(answer: &Response<Body>) -> Option<(u64, Option<u64>)> {
    let (range, total) = header(answer, CONTENT_RANGE)?.strip_prefix("bytes ")?.split_once('/')?;
    Some((range.split_once('-')?.0.parse().ok()?, total.parse().ok()))
}

/// Why the server did not do what it was asked.
pub(crate) async fn refusal(answer: Response<Body>) -> Failure {
    let status = answer.status();
    let after = header(&answer, RETRY_AFTER).and_then(|text| text.parse().ok()).map(Duration::from_secs);
    let message = message(answer.into_body()).await;
    match status {
        StatusCode::FORBIDDEN => BlobError::UrlRefused(message).into(),
        StatusCode::CONFLICT => BlobError::Conflict(message).into(),
        StatusCode::PAYLOAD_TOO_LARGE => BlobError::TooLong(message).into(),
        StatusCode::INSUFFICIENT_STORAGE => BlobError::NoRoom(message).into(),
        _ => {
            let error = BlobError::Http { status: status.as_u16(), message };
            match passes(status) {
                true => Failure::Passing { error: error.into(), after },
                false => error.into(),
            }
        }
    }
}

/// Whether a refusal is about this moment, and not about what was asked.
fn passes(status: StatusCode) -> bool {
    let now = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS];
    let never = [StatusCode::NOT_IMPLEMENTED, StatusCode::HTTP_VERSION_NOT_SUPPORTED];
    now.contains(&status) || (status.is_server_error() && !never.contains(&status))
}

/// The beginning of the text that goes with a refusal. That it breaks off is no news.
async fn message(mut body: Body) -> String {
    let mut text = Vec::new();
    while text.len() < LONGEST_MESSAGE {
        match body.next().await {
            Ok(Some(piece)) => text.extend_from_slice(&piece),
            Ok(None) | Err(_) => break,
        }
    }
    text.truncate(LONGEST_MESSAGE);
    String::from_utf8_lossy(&text).trim().to_owned()
}
