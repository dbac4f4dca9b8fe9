//! Another e-mail address: asked for here, and true once the letter to it is answered.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use keepwell_core::credentials::{self, ChangeEmailError, Told};
use keepwell_core::persons::Person;

use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::{Shell, closure_letters, step_up};
use crate::components::{Notice, Tone, Trouble};
use crate::pages::change_email::ChangeEmail;
use crate::paths;
use crate::security_headers::{PagePolicy, see_other};

/// The page.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let person = step_up::fresh(&shell, &guest)?.0;
    let asked = credentials::asked_email(&shell.domain, person.id).await?;
    let mut page = page(&shell, &guest, person, asked);
    if let (Some("sent"), Some(asked)) = (query.as_deref(), &page.asked) {
        let text = page.frame.t.say_with("change-email-sent", "email", asked);
        page.frame = page.frame.clone().saying(Notice::with(Tone::Done, text));
    }
    Ok(PagePolicy::default().page(page.render()?))
}

/// The form.
pub async fn submit(State(shell): State<Shell>, guest: Guest, form: Posted) -> Result<Response, Fault> {
    let person = step_up::fresh(&shell, &guest)?.0;
    let t = guest.texts(&shell, None);
    let email = form.text("email");
    let write = |to: &str, told: &Told<'_>| closure_letters::of_email(&shell, &t, &email, to, told);
    let trouble = match credentials::ask_email(&shell.domain, person, &email, write).await {
        Ok(()) => return Ok(see_other(&format!("{}?sent", paths::CHANGE_EMAIL))),
        Err(ChangeEmailError::Email) if email.is_empty() => t.say(Trouble::Missing.key()),
        Err(ChangeEmailError::Email) => t.say(Trouble::NotAnEmail.key()),
        Err(ChangeEmailError::Same) => t.say("change-email-same"),
        Err(ChangeEmailError::Limit) => t.say("notice-letters-enough"),
        Err(ChangeEmailError::Outage(outage)) => return Err(outage.into()),
        Err(error @ (ChangeEmailError::Over | ChangeEmailError::Taken)) => return Err(Fault::broken(error)),
    };
    let asked = credentials::asked_email(&shell.domain, person.id).await?;
    let page = ChangeEmail { typed: email, trouble: Some(trouble), ..page(&shell, &guest, person, asked) };
    Ok(PagePolicy::default().page(page.render()?))
}

/// The person does not want it any more.
pub async fn drop_it(State(shell): State<Shell>, guest: Guest, _: Posted) -> Result<Response, Fault> {
    let person = guest.must_be_signed_in()?.0;
    credentials::drop_asked_email(&shell.domain, person.id).await?;
    Ok(see_other(paths::CHANGE_EMAIL))
}

fn page(shell: &Shell, guest: &Guest, person: &Person, asked: Option<String>) -> ChangeEmail {
    ChangeEmail {
        frame: guest.frame(shell),
        email: person.email.clone(),
        asked,
        typed: String::new(),
        trouble: None,
    }
}
