//! Opening an account with a passkey and no password. The page and its form are those of the password.

use axum::extract::State;
use axum::response::Response;
use keepwell_core::credentials::SignUpError;
use keepwell_core::credentials::passkeys;

use super::Shell;
use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::passkeys::{LOOK_AGAIN, json};
use super::sign_up::{self, Way};
use super::visit::Named;

/// What the device is asked, if the form can be taken as it is: no passkey is made for an account that will
/// not be opened.
pub async fn begin(State(shell): State<Shell>, guest: Guest, posted: Posted) -> Result<Response, Fault> {
    let (form, troubles) = sign_up::read(&shell, &posted, None);
    let site = shell.site()?;
    if troubles.any() {
        return Ok(json(LOOK_AGAIN.to_owned()));
    }
    let person = sign_up::person(&shell, &guest, &form);
    match passkeys::begin_sign_up(&shell.domain, site, &guest.browser(), person).await {
        Ok(options) => Ok(json(options)),
        Err(SignUpError::Outage(outage)) => Err(outage.into()),
        Err(_) => Ok(json(LOOK_AGAIN.to_owned())),
    }
}

/// The form with the device's answer.
pub async fn submit(
    State(shell): State<Shell>,
    guest: Guest,
    named: Named,
    posted: Posted,
) -> Result<Response, Fault> {
    let way = Way::Passkey(shell.site()?);
    sign_up::open(&shell, &guest, &named, &posted, way).await
}
