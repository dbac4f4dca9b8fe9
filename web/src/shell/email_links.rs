//! The links in letters about another e-mail address. Opening one changes nothing: what scans mail for bad links opens
//! them too. The button on the page does.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::credentials::{self, ChangeEmailError, Told};
use serde::Deserialize;

use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::query::Query;
use super::{Shell, closure_letters};
use crate::pages::email_link::{EmailLink, Step};
use crate::pages::trouble::What;
use crate::paths;
use crate::security_headers::{PagePolicy, see_other};

/// The part of the address that a letter's link has.
#[derive(Default, Deserialize)]
pub struct Link {
    #[serde(default)]
    token: String,
}

/// The page behind the letter to the new address.
pub async fn show_new(
    State(shell): State<Shell>,
    guest: Guest,
    Query(link): Query<Link>,
) -> Result<Response, Fault> {
    let found = credentials::email_to_take(&shell.domain, &link.token).await?;
    let (email, former) = found.ok_or_else(link_is_over)?;
    page(&shell, &guest, Step::Take { email, former, token: link.token })
}

/// Its button.
pub async fn take(State(shell): State<Shell>, guest: Guest, form: Posted) -> Result<Response, Fault> {
    let token = form.text("token");
    let t = guest.texts(&shell, None);
    let found = credentials::email_to_take(&shell.domain, &token).await?;
    let (new, _) = found.ok_or_else(link_is_over)?;
    let write = |to: &str, told: &Told<'_>| closure_letters::of_email(&shell, &t, &new, to, told);
    match credentials::take_email(&shell.domain, &token, write).await {
        Ok(email) => page(&shell, &guest, Step::Taken { email }),
        Err(ChangeEmailError::Taken) => page(&shell, &guest, Step::OfAnother { email: new }),
        Err(error) => Err(fault(error)),
    }
}

/// The page behind the letter to the former address.
pub async fn show_undo(
    State(shell): State<Shell>,
    guest: Guest,
    Query(link): Query<Link>,
) -> Result<Response, Fault> {
    let email = credentials::email_to_restore(&shell.domain, &link.token).await?;
    page(&shell, &guest, Step::Undo { email: email.ok_or_else(link_is_over)?, token: link.token })
}

/// Its button: the address is as before, and a new password is to be chosen.
pub async fn undo(State(shell): State<Shell>, guest: Guest, form: Posted) -> Result<Response, Fault> {
    let token = form.text("token");
    let email = credentials::email_to_restore(&shell.domain, &token).await?.ok_or_else(link_is_over)?;
    match credentials::undo_email(&shell.domain, &token).await {
        Ok(reset) => Ok(see_other(&format!("{}?token={}", paths::NEW_PASSWORD, reset.token))),
        Err(ChangeEmailError::Taken) => page(&shell, &guest, Step::OfAnother { email }),
        Err(error) => Err(fault(error)),
    }
}

fn page(shell: &Shell, guest: &Guest, step: Step) -> Result<Response, Fault> {
    Ok(PagePolicy::default().page(EmailLink { frame: guest.frame(shell), step }.render()?))
}

fn fault(error: ChangeEmailError) -> Fault {
    match error {
        ChangeEmailError::Outage(outage) => outage.into(),
        _ => link_is_over(),
    }
}

fn link_is_over() -> Fault {
    Fault::of(What::LinkExpired).with_next(paths::CHANGE_EMAIL)
}
