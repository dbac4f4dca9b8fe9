//! Who signs in to an account that they closed is asked whether they keep it. There is no sign-in before they do.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::erasure::{self, CloseError};
use keepwell_core::ids::PersonId;

use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::onward::Onward;
use super::step_up::Proof;
use super::{Shell, sign_in, sign_out};
use crate::pages::Frame;
use crate::pages::keep_account::KeepAccount;
use crate::pages::trouble::What;
use crate::paths;
use crate::security_headers::PagePolicy;

/// The page, in place of signing this person in, if they closed their account.
pub async fn instead(shell: &Shell, guest: &Guest, person: PersonId) -> Result<Option<Response>, Fault> {
    let Some(closing) = erasure::waiting(&shell.domain, person).await? else { return Ok(None) };
    let frame = Frame::new(guest.texts(shell, None), guest.csrf(shell));
    let page = KeepAccount {
        until: frame.t.day_in_full(closing.erase_after),
        token: erasure::keep_token(&shell.domain, person).await?,
        frame,
    };
    Ok(Some(PagePolicy::default().page(page.render()?)))
}

/// The form.
pub async fn submit(State(shell): State<Shell>, guest: Guest, form: Posted) -> Result<Response, Fault> {
    if form.raw("decision") != "keep" {
        return sign_out::page(&shell, &guest, None, true);
    }
    match erasure::keep(&shell.domain, &form.text("token")).await {
        Ok(person) => sign_in::let_in(&shell, &guest, Onward::Home, person, Proof::Password).await,
        Err(CloseError::Over | CloseError::NotInUse) => {
            Err(Fault::of(What::FormExpired).with_next(paths::SIGN_IN))
        }
        Err(CloseError::Outage(outage)) => Err(outage.into()),
    }
}
