//! `/application/complete`: mobile clients watch for the address; a person may read the page.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use keepwell_core::applications::{self, State as Standing};
use keepwell_core::ids::AppId;
use uuid::Uuid;

use super::fault::Fault;
use super::guest::Guest;
use super::{Shell, words};
use crate::pages::Frame;
use crate::pages::finished::{Ending, Finished};
use crate::redirect::params::Params;
use crate::redirect::return_trip::ReturnTarget;
use crate::security_headers::PagePolicy;

/// The page. Anyone can write its address, so it decides nothing.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let params = Params::parse(query.unwrap_or_default().as_bytes());
    let target = params.text("target").unwrap_or_default();
    let ending = if target == ReturnTarget::AppAuthSuccess.name() {
        Ending::Agreed
    } else if target == ReturnTarget::AppAuthReject.name() {
        Ending::Declined
    } else {
        Ending::Failed
    };
    let app = match params.text("appid").and_then(|id| Uuid::try_parse(&id).ok()) {
        Some(id) => applications::find(&shell.domain, AppId(id)).await?,
        None => None,
    };
    let frame = Frame::new(guest.texts(&shell, None), String::new());
    let active = app.filter(|app| app.state == Standing::Active);
    let app = active.map(|app| words::app(&app.application, &frame.t));
    let page = Finished { frame, app, ending };
    Ok(PagePolicy::default().page(page.render()?))
}
