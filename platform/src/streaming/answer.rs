//! What the streaming address answers; status codes are HTTP's here.

use axum::body::Body;
use axum::response::Response;
use http::{HeaderName, HeaderValue, StatusCode, header};
use keepwell_core::Outage;
use keepwell_core::authorizations::AccessError;
use keepwell_core::blobs::{Upload, UploadError};
use keepwell_core::things::AttachmentError;

use super::body::BodyError;

/// How many bytes of an upload are here. Ours: whoever goes on after an interruption asks for it.
static RECEIVED: HeaderName = HeaderName::from_static("x-keepwell-received");

/// Seconds after which a client may come again.
const RETRY: HeaderValue = HeaderValue::from_static("5");

/// An answer in words, for whoever reads the log of a client.
pub(super) fn words(status: StatusCode, words: impl Into<String>) -> Response {
    let mut response = Response::new(Body::from(words.into()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(header::RETRY_AFTER, RETRY);
    }
    response
}

/// The same about an upload, with how much of it is here.
pub(super) fn about(upload: &Upload, mut response: Response) -> Response {
    response.headers_mut().insert(RECEIVED.clone(), HeaderValue::from(upload.received()));
    response
}

pub(super) fn of_upload(error: &UploadError) -> Response {
    let status = match error {
        UploadError::Outage(outage) => return of_outage(outage),
        UploadError::Access(AccessError::Outage(outage)) => return of_outage(outage),
        UploadError::Access(_) | UploadError::Unknown | UploadError::Committed => StatusCode::FORBIDDEN,
        UploadError::Complete | UploadError::Raced => StatusCode::CONFLICT,
        UploadError::TooLong { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        UploadError::Pending | UploadError::Quota | UploadError::Full => StatusCode::INSUFFICIENT_STORAGE,
    };
    words(status, error.to_string())
}

pub(super) fn of_body(error: BodyError) -> Response {
    match error {
        BodyError::Broken => words(StatusCode::BAD_REQUEST, "the body broke off"),
        BodyError::Silent => words(StatusCode::REQUEST_TIMEOUT, "no bytes came for half a minute"),
        BodyError::Busy => {
            words(StatusCode::SERVICE_UNAVAILABLE, "too many uploads at once; please try again")
        }
    }
}

pub(super) fn of_attachment(error: &AttachmentError) -> Response {
    let status = match error {
        AttachmentError::Outage(outage) => return of_outage(outage),
        AttachmentError::Access(AccessError::Outage(outage)) => return of_outage(outage),
        AttachmentError::Access(_) | AttachmentError::Expired => StatusCode::FORBIDDEN,
        AttachmentError::Unknown => StatusCode::NOT_FOUND,
    };
    bare(status)
}

/// A refusal of a download has no words: one client takes whatever comes for the bytes that it asked for.
pub(super) fn bare(status: StatusCode) -> Response {
    words(status, "")
}

pub(super) fn of_outage(outage: &Outage) -> Response {
    // What went wrong inside is for the log.
    if let Outage::Unavailable(why) = outage {
        tracing::error!(%why, "an attachment could not be streamed");
    }
    words(StatusCode::SERVICE_UNAVAILABLE, "the server could not do this; please try again")
}
