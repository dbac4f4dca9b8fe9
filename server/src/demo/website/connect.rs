//! To the Shell and back.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use keepwell_client::ShellUrl;

use super::notice::Notice;
use super::{Site, cookie, documents};

/// Sends the person to the Shell, with a state that shall come back with them.
pub(super) async fn leave(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    let now = site.clock.now();
    let known = cookie::visit_id(&headers).filter(|id| site.visits.get(id, now).is_some());
    let visit_id = known.map(str::to_owned).or_else(|| site.visits.begin(None, now));
    let Some(visit_id) = visit_id else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    let Some(state) = site.visits.set_out(&visit_id, now) else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let there = ShellUrl::auth(&site.shell_url, site.client.app_id()).actionqs(&state).post_token();
    site.with_visit(site.send_to(&there.to_string()), &visit_id)
}

/// The action URL. What happened is in the query; the token may be in the query or in a posted form.
pub(super) async fn come_back(
    State(site): State<Arc<Site>>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    let query = query.unwrap_or_default();
    let field = |wanted: &str| {
        let fields = form_urlencoded::parse(query.as_bytes()).chain(form_urlencoded::parse(&body));
        fields
            .into_iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.into_owned())
    };
    match &*field("target").unwrap_or_default() {
        "AppAuthSuccess" | "SelectedRecordChanged" => {
            let (state, token) =
                (field("actionqs").unwrap_or_default(), field("wctoken").unwrap_or_default());
            if !token.is_empty() && site.visits.come_back(&state, token, site.clock.now()) {
                // Our own cookie is sent along with this, as it is not with a form that another site posts.
                return site.see_other(&format!("/continue?state={state}"));
            }
            site.see_other(&said(Notice::Lost))
        }
        "AppAuthReject" => site.see_other(&said(Notice::NotNow)),
        "SignOut" => site.see_other(&said(Notice::SignedOut)),
        "Privacy" => documents::privacy(State(site)).await,
        "ServiceAgreement" => documents::terms(State(site)).await,
        _ => site.see_other("/"),
    }
}

/// Gives the token that came back to the visit that set out for it.
pub(super) async fn arrive(
    State(site): State<Arc<Site>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = query.unwrap_or_default();
    let state = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "state");
    let arrived = state
        .zip(cookie::visit_id(&headers))
        .and_then(|((_, state), visit_id)| site.visits.arrive(&state, visit_id, site.clock.now()));
    match arrived {
        Some(visit_id) => site.with_visit(site.see_other("/"), &visit_id),
        None => site.see_other(&said(Notice::Lost)),
    }
}

fn said(notice: Notice) -> String {
    format!("/?said={}", notice.word())
}
