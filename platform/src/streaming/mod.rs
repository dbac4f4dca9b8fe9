//! The bytes of attachments, in and out (things.md 7.4, 7.7): POST to the address of an upload, GET from that
//! of an attachment. The token in the query is the only credential.

mod answer;
mod body;
mod download;
mod range;
mod upload;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::get;
use keepwell_core::Domain;
use tokio::sync::Semaphore;

use crate::settings::token_in;

/// The path at which attachments are streamed. Whoever serves it folds case and repeated slashes first.
pub const PATH: &str = "/streaming/wildcatblob.ashx";

/// Memory for what is being uploaded, by all clients together, in units of [`body::UNIT`].
const ROOM: usize = 64 * 1024 * 1024 / body::UNIT;

/// What streams attachments; cheap to clone.
#[derive(Clone)]
struct Streaming {
    domain: Domain,
    room: Arc<Semaphore>,
}

/// The routes of the streaming address.
pub fn router(domain: Domain) -> Router {
    let streaming = Streaming { domain, room: Arc::new(Semaphore::new(ROOM)) };
    Router::new().route(PATH, get(download).post(upload)).with_state(streaming)
}

async fn upload(State(streaming): State<Streaming>, request: Request) -> Response {
    upload::upload(&streaming, &token(&request), request).await
}

async fn download(State(streaming): State<Streaming>, request: Request) -> Response {
    download::download(&streaming.domain, &token(&request), request.headers()).await
}

fn token(request: &Request) -> String {
    request.uri().query().and_then(token_in).unwrap_or_default()
}
