//! The language that a reader chooses by hand, signed in or not.

use axum::extract::State;
use axum::response::Response;
use keepwell_core::{maintenance, persons};

use super::Shell;
use super::fault::Fault;
use super::form::Posted;
use super::guest::{Guest, with_cookie};
use super::onward::own_page;
use crate::cookies::language_cookie;
use crate::locale::speaks;
use crate::paths;
use crate::security_headers::see_other;

/// The form at the foot of every page: the browser keeps the choice, and the account too if one is signed in.
pub async fn submit(State(shell): State<Shell>, guest: Guest, form: Posted) -> Result<Response, Fault> {
    let back = see_other(&own_page(form.raw("here")).unwrap_or_else(|| paths::HOME.to_owned()));
    let Some(locale) = speaks(form.raw("language")) else { return Ok(back) };
    if let Some(person) = guest.person()
        && maintenance::current(&shell.domain).await?.is_none()
    {
        persons::set_language(&shell.domain, person.id, locale.tag()).await?;
    }
    Ok(with_cookie(back, language_cookie(shell.transport(), locale.tag())))
}
