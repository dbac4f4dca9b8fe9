//! HTTP as real clients speak it (wire.md 1): any content type, compressed or plain, any case of the
//! path; and always HTTP 200 for what reached the XML layer.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::post;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, header};
use keepwell_core::Domain;
use keepwell_wire::answer;
use keepwell_wire::inflate::inflate;
use keepwell_wire::status::Status;

use crate::certificates::Certificates;
use crate::dispatch::{Place, dispatch};
use crate::settings::Settings;

/// The XML API; cheap to clone.
#[derive(Clone)]
pub struct Platform {
    domain: Domain,
    settings: Arc<Settings>,
    certificates: Certificates,
}

/// The path at which the API is served. Whoever serves it folds case and repeated slashes first.
pub const PATH: &str = "/platform/wildcat.ashx";

static RESPONSE_ID: HeaderName = HeaderName::from_static("wc_responseid");

impl Platform {
    /// The API over a domain.
    #[must_use]
    pub fn new(domain: Domain, settings: Settings) -> Self {
        Self { domain, settings: Arc::new(settings), certificates: Certificates::new() }
    }

    /// Answers the body of a POST, encoded as its `Content-Encoding` says, from an address if it is known.
    pub async fn answer(&self, from: Option<IpAddr>, content_encoding: Option<&str>, body: &[u8]) -> String {
        match inflate(content_encoding, body, &self.settings.limits) {
            Ok(body) => dispatch(&self.place(from), &body).await,
            Err(error) => answer::error(error.status(), &error.to_string(), None),
        }
    }

    fn place(&self, address: Option<IpAddr>) -> Place<'_> {
        Place { domain: &self.domain, settings: &self.settings, certificates: &self.certificates, address }
    }
}

/// The client's address, put into a request by the server that accepted it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// The routes of the API.
pub fn router(platform: Platform) -> Router {
    // One count to raise for a request, instead of one for each part of the domain.
    Router::new().route(PATH, post(handle)).with_state(Arc::new(platform))
}

async fn handle(State(platform): State<Arc<Platform>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let encoding = parts.headers.get(header::CONTENT_ENCODING).and_then(|v| v.to_str().ok());
    let from = parts.extensions.get::<ClientAddress>().map(|client| client.0);
    let text = match read(body, platform.settings.limits.inflated_bytes).await {
        Ok(body) => platform.answer(from, encoding, &body).await,
        Err(text) => text,
    };
    respond(&platform, text)
}

/// Reads the body up to the limit; what is over it is answered in XML, since clients look nowhere else.
async fn read(body: Body, limit: usize) -> Result<Bytes, String> {
    axum::body::to_bytes(body, limit).await.map_err(|error| {
        let too_long =
            std::error::Error::source(&error).is_some_and(|s| s.to_string().contains("length limit"));
        if too_long {
            answer::error(
                Status::REQUEST_TOO_LONG,
                &format!("a request may have {limit} bytes at most"),
                None,
            )
        } else {
            answer::error(Status::BAD_HTTP, "the request's body could not be read to its end", None)
        }
    })
}

fn respond(platform: &Platform, text: String) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = StatusCode::OK;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/xml; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(id) = HeaderValue::from_str(&platform.domain.env.uuid().to_string()) {
        headers.insert(RESPONSE_ID.clone(), id);
    }
    response
}
