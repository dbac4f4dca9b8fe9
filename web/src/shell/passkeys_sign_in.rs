//! Signing in with a passkey. The page is that of the password; from here on all is as with a password.

use axum::extract::State;
use axum::response::Response;
use keepwell_core::credentials::{SignInError, passkeys};

use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::onward::Onward;
use super::passkeys::json;
use super::step_up::Proof;
use super::visit::Named;
use super::{Shell, sign_in};
use crate::pages::sign_in::SignInTrouble;

/// What the device is asked.
pub async fn begin(State(shell): State<Shell>, guest: Guest, _: Posted) -> Result<Response, Fault> {
    let options = passkeys::begin_sign_in(&shell.domain, shell.site()?, &guest.browser()).await?;
    Ok(json(options))
}

/// The form with the device's answer.
pub async fn submit(
    State(shell): State<Shell>,
    guest: Guest,
    named: Named,
    form: Posted,
) -> Result<Response, Fault> {
    let mut onward = Onward::named(&shell, &guest, &named).await?;
    let (site, browser) = (shell.site()?, guest.browser());
    match passkeys::sign_in(&shell.domain, site, &browser, &guest.place(), form.raw("passkey")).await {
        Ok(person) => {
            sign_in::keep(&mut onward, &form);
            sign_in::enter(&shell, &guest, onward, person, Proof::Passkey).await
        }
        Err(error) => {
            let trouble = match error {
                SignInError::Wrong => SignInTrouble::Passkey,
                other => sign_in::trouble(other)?,
            };
            sign_in::page(&shell, &guest, &onward, "", Some(trouble))
        }
    }
}
