//! Help, for anybody.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::Shell;
use super::fault::Fault;
use super::guest::Guest;
use crate::pages::help::Help;
use crate::security_headers::PagePolicy;

/// The page.
pub async fn show(State(shell): State<Shell>, guest: Guest) -> Result<Response, Fault> {
    let page = Help { frame: guest.frame(&shell) };
    Ok(PagePolicy::default().page(page.render()?))
}
