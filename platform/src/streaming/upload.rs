//! Taking the bytes of an upload. Real clients lie a little (things.md 7.4): bodies longer than their
//! range, ends without a marker, extra empty requests; all are survived.

use axum::extract::Request;
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use keepwell_core::blobs::{self, Upload, UploadError};
use keepwell_core::maintenance;

use super::body::{Piece, Pieces};
use super::range::{Place, of_upload};
use super::{Streaming, answer};

pub(super) async fn upload(at: &Streaming, token: &str, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let mut body = Pieces::new(body, at.room.clone());
    let response = respond(at, token, &head.headers, &mut body).await;
    // A client hears an answer only when it has sent what it wants to send.
    body.drain().await;
    response
}

async fn respond(at: &Streaming, token: &str, headers: &HeaderMap, body: &mut Pieces) -> Response {
    match maintenance::current(&at.domain).await {
        Ok(None) => {}
        Ok(Some(_)) => {
            let message = "in maintenance everything can be read and nothing changed";
            return answer::words(StatusCode::SERVICE_UNAVAILABLE, message);
        }
        Err(outage) => return answer::of_outage(&outage),
    }
    let mut upload = match blobs::open(&at.domain, token).await {
        Ok(upload) => upload,
        Err(error) => return answer::of_upload(&error),
    };
    let response = match take(at, token, &mut upload, headers, body).await {
        Ok(()) => answer::words(StatusCode::OK, ""),
        Err(response) => *response,
    };
    answer::about(&upload, response)
}

/// A refusal, boxed since it is rare and large.
type Refused = Box<Response>;

fn refuse(status: StatusCode, words: impl Into<String>) -> Refused {
    Box::new(answer::words(status, words))
}

async fn take(
    at: &Streaming,
    token: &str,
    upload: &mut Upload,
    headers: &HeaderMap,
    body: &mut Pieces,
) -> Result<(), Refused> {
    let is_last = is_last(headers);
    let place = of_upload(headers).map_err(|why| refuse(StatusCode::BAD_REQUEST, why))?;
    if place.start > upload.received() {
        let received = upload.received();
        let message = format!("the next byte is number {received}, but the body begins at {}", place.start);
        return Err(refuse(StatusCode::CONFLICT, message));
    }
    let length = place.end.map_or(u64::MAX, |end| end - place.start);
    body.end_after(length);
    let end = pieces(at, token, upload, body, place, is_last).await?;
    if place.end.is_some_and(|wanted| end < wanted) {
        let message =
            format!("Content-Range ends at byte {}, but the body has less", length + place.start - 1);
        return Err(refuse(StatusCode::BAD_REQUEST, message));
    }
    if is_last && !upload.is_complete() {
        // Nothing in the body was new, or its end was not known before it came.
        append(at, token, upload, upload.received(), Bytes::new(), true).await?;
    }
    Ok(())
}

/// Takes the body, each piece while the next one comes; answers where it ended.
async fn pieces(
    at: &Streaming,
    token: &str,
    upload: &mut Upload,
    body: &mut Pieces,
    place: Place,
    is_last: bool,
) -> Result<u64, Refused> {
    let broken = |error| Box::new(answer::of_body(error));
    let mut start = place.start;
    let mut piece: Piece = body.next().await.map_err(broken)?;
    while !piece.bytes.is_empty() {
        let end = start + piece.bytes.len() as u64;
        let ends = is_last && place.end == Some(end);
        let (appended, next) =
            tokio::join!(append(at, token, upload, start, piece.bytes.clone(), ends), body.next());
        appended?;
        start = end;
        let done = std::mem::replace(&mut piece, next.map_err(broken)?);
        body.reuse(done);
    }
    Ok(start)
}

/// Adds bytes at a place. Those that are here already must be the same: a client that lost our answer
/// sends them again.
async fn append(
    at: &Streaming,
    token: &str,
    upload: &mut Upload,
    start: u64,
    mut bytes: Bytes,
    ends: bool,
) -> Result<(), Refused> {
    let domain = &at.domain;
    let mut start = start;
    loop {
        let here = usize::try_from(upload.received() - start).unwrap_or(usize::MAX).min(bytes.len());
        let known = bytes.split_to(here);
        if !upload.has(domain, start, &known).await.map_err(|o| Box::new(answer::of_outage(&o)))? {
            let message = format!("other bytes than these are here from number {start} on");
            return Err(refuse(StatusCode::CONFLICT, message));
        }
        start += here as u64;
        if bytes.is_empty() && (!ends || upload.is_complete()) {
            return Ok(());
        }
        match blobs::append(domain, upload, bytes.clone(), ends).await {
            Ok(()) => return Ok(()),
            // Another request was faster: look what it brought.
            Err(UploadError::Raced) => {
                *upload = blobs::open(domain, token).await.map_err(|e| Box::new(answer::of_upload(&e)))?;
            }
            Err(error) => return Err(Box::new(answer::of_upload(&error))),
        }
    }
}

/// Whether this is the last chunk, or the request that only says that there are no more.
fn is_last(headers: &HeaderMap) -> bool {
    headers
        .get("x-hv-blob-complete")
        .and_then(|value| value.to_str().ok())
        .is_some_and(|said| said.trim() == "1" || said.trim().eq_ignore_ascii_case("true"))
}
