//! Signing out, here and at the Shell.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use keepwell_client::ShellUrl;

use super::{Site, cookie, random};

/// Forgets the visit, and sends the browser to the Shell, which ends the token and sends it back.
pub(super) async fn sign_out(State(site): State<Arc<Site>>, headers: HeaderMap, body: Bytes) -> Response {
    let key = form_urlencoded::parse(&body).find(|(name, _)| name == "key");
    let key = key.map(|(_, value)| value.into_owned()).unwrap_or_default();
    match (site.connected(&headers), cookie::visit_id(&headers)) {
        (Some((visit, token)), Some(id)) if random::same(&key, &visit.form_key) => {
            site.visits.end(id);
            let there = ShellUrl::sign_out(&site.shell_url, site.client.app_id(), &token);
            site.with_visit(site.send_to(&there.to_string()), "")
        }
        _ => site.see_other("/"),
    }
}
