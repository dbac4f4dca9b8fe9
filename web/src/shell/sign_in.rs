//! Sign in.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::credentials::{self, SignInError};
use keepwell_core::env::MINUTE;
use keepwell_core::ids::PersonId;

use super::fault::Fault;
use super::form::Posted;
use super::guest::{Guest, browser, with_cookie};
use super::visit::{Going, Named, at};
use super::{Shell, step};
use crate::pages::sign_in::{SignIn, SignInTrouble};
use crate::paths;
use crate::security_headers::{PagePolicy, see_other};

/// The page. A person who is signed in sees it too: that is how one changes accounts.
pub async fn show(State(shell): State<Shell>, guest: Guest, named: Named) -> Result<Response, Fault> {
    let going = Going::named(&shell, &guest, &named).await?;
    page(&shell, &guest, going.as_ref(), "", None)
}

/// The form.
pub async fn submit(
    State(shell): State<Shell>,
    guest: Guest,
    named: Named,
    form: Posted,
) -> Result<Response, Fault> {
    let mut going = Going::named(&shell, &guest, &named).await?;
    let email = form.text("email");
    let trouble = match credentials::sign_in(&shell.domain, &email, form.raw("password")).await {
        Ok(person) => {
            if let Some(going) = &mut going {
                going.visit.stay = form.ticked("keep");
            }
            return enter(&shell, &guest, going, person).await;
        }
        Err(SignInError::Wrong) => SignInTrouble::NoMatch,
        Err(SignInError::Paused) => {
            SignInTrouble::TooManyTries { minutes: u32::try_from(credentials::PAUSE / MINUTE).unwrap_or(1) }
        }
        Err(SignInError::Suspended) => SignInTrouble::Suspended,
        Err(SignInError::Outage(outage)) => return Err(outage.into()),
    };
    page(&shell, &guest, going.as_ref(), &email, Some(trouble))
}

/// Gives the browser a sign-in of this person, binds the visit to it, and goes on.
pub async fn enter(
    shell: &Shell,
    guest: &Guest,
    going: Option<Going>,
    person: PersonId,
) -> Result<Response, Fault> {
    let (secret, cookie) = guest.sign_in(shell, person).await?;
    let response = match going {
        None => see_other(paths::HOME),
        Some(mut going) => {
            going.bind(shell, browser(&secret)).await?;
            step::next(shell, guest, Some(person), &going).await?
        }
    };
    Ok(with_cookie(response, cookie))
}

fn page(
    shell: &Shell,
    guest: &Guest,
    going: Option<&Going>,
    email: &str,
    trouble: Option<SignInTrouble>,
) -> Result<Response, Fault> {
    let frame = match going {
        Some(going) => going.frame(shell, guest),
        None => guest.frame(shell),
    };
    let page = SignIn {
        post_to: at(going, paths::SIGN_IN),
        app: going.map(|going| going.app(&frame.t)),
        frame,
        email: email.to_owned(),
        trouble,
        offer_keep: going.is_some_and(|going| going.app.stay_signed_in_seconds.is_some()),
        sign_up_to: Some(at(going, paths::SIGN_UP)),
        forgot_to: at(going, paths::FORGOT_PASSWORD),
    };
    let policy = going.map_or_else(PagePolicy::default, Going::policy);
    Ok(policy.page(page.render()?))
}
