//! A server that does nothing: what HTTP alone costs with bodies of these sizes.

use std::sync::Arc;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::post;
use bytes::Bytes;

use super::{failed, xml};
use crate::fixture::{Fixture, Kind};
use crate::serve::PATH;

type Answers = Arc<Vec<(Kind, Bytes)>>;

/// Answers each kind of request, told by the query, with an answer made beforehand.
pub fn router(fixture: Fixture) -> Router {
    let answers: Vec<_> = fixture.exchanges.into_iter().map(|e| (e.kind, Bytes::from(e.answer))).collect();
    Router::new().route(PATH, post(handle)).with_state(Arc::new(answers))
}

async fn handle(State(answers): State<Answers>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if let Err(error) = to_bytes(body, 1 << 20).await {
        return failed(error.to_string());
    }
    let query = parts.uri.query().unwrap_or_default();
    match answers.iter().find(|(kind, _)| kind.name() == query) {
        Some((_, answer)) => xml(answer.clone()),
        None => failed("which kind?".to_owned()),
    }
}
