//! The person's account.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;

use super::Shell;
use super::fault::Fault;
use super::guest::Guest;
use crate::components::Notice;
use crate::pages::account::Account;
use crate::paths;
use crate::security_headers::PagePolicy;

/// Where a change of the account is confirmed.
pub fn saved() -> String {
    format!("{}?saved", paths::ACCOUNT)
}

/// The page.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let mut frame = guest.frame(&shell);
    if query.as_deref() == Some("saved") {
        frame = frame.clone().saying(Notice::saved(&frame.t));
    }
    let page = Account {
        frame,
        name: person.name.clone(),
        email: person.email.clone(),
        password_to: paths::NEW_PASSWORD.to_owned(),
        sessions_to: paths::SESSIONS.to_owned(),
    };
    Ok(PagePolicy::default().page(page.render()?))
}
