//! Giving the bytes of an attachment (things.md 7.7).

use axum::body::Body;
use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use keepwell_core::Domain;
use keepwell_core::blobs::{Blob, BlobToken, Content, Part, read_token};
use keepwell_core::things;

use super::answer;

/// Nothing that a sender calls a page may act as one, also where this host serves pages of its own.
const POLICY: HeaderValue = HeaderValue::from_static("sandbox; default-src 'none'");

pub(super) async fn download(domain: &Domain, token: &str, headers: &HeaderMap) -> Response {
    let Some(BlobToken::Read(token)) = read_token(domain, token) else {
        return answer::bare(StatusCode::FORBIDDEN);
    };
    match things::fetch(domain, &token).await {
        Ok((blob, content)) => give(domain, &blob, content, headers),
        Err(error) => answer::of_attachment(&error),
    }
}

fn give(domain: &Domain, blob: &Blob, content: Content, headers: &HeaderMap) -> Response {
    let length = content.length();
    let tag = content.tag();
    let said = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    // The documents ask by the header of an upload.
    let range = said(header::RANGE).or_else(|| said(header::CONTENT_RANGE));
    let (status, range) = match content.part(range, said(header::IF_RANGE)) {
        Part::Whole => (StatusCode::OK, 0..length),
        Part::Bytes(range) => (StatusCode::PARTIAL_CONTENT, range),
        Part::Beyond => {
            let mut response = answer::bare(StatusCode::RANGE_NOT_SATISFIABLE);
            insert(&mut response, header::CONTENT_RANGE, &format!("bytes */{length}"));
            return response;
        }
    };
    let mut response = Response::new(Body::from_stream(content.stream(domain.clone(), range.clone())));
    *response.status_mut() = status;
    if status == StatusCode::PARTIAL_CONTENT {
        let said = format!("bytes {}-{}/{length}", range.start, range.end.saturating_sub(1));
        insert(&mut response, header::CONTENT_RANGE, &said);
    }
    insert(&mut response, header::ETAG, &tag);
    insert(&mut response, header::CONTENT_LENGTH, &(range.end - range.start).to_string());
    let headers = response.headers_mut();
    // A content type that no header can carry is not one.
    let kind = HeaderValue::from_str(&blob.content_type).ok().filter(|kind| !kind.is_empty());
    let unknown = HeaderValue::from_static("application/octet-stream");
    headers.insert(header::CONTENT_TYPE, kind.unwrap_or(unknown));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    response
}

fn insert(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
