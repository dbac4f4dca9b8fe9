//! Confirming an e-mail address by the link of a letter. Opening the link confirms nothing: what scans mail
//! for bad links opens them too. The button on the page does.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::credentials::{self, CONFIRMATION_LIFE, ConfirmError};
use keepwell_core::env::DAY;
use keepwell_core::letters::{Letter, LetterError};
use keepwell_core::persons::Person;
use serde::Deserialize;

use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::query::Query;
use super::{Shell, account};
use crate::locale::Texts;
use crate::pages::confirm::Confirm;
use crate::pages::confirmed::Confirmed;
use crate::pages::trouble::What;
use crate::paths;
use crate::security_headers::{PagePolicy, see_other};

/// The part of the address that a letter's link has.
#[derive(Default, Deserialize)]
pub struct Link {
    #[serde(default)]
    token: String,
}

/// The page with the button.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    Query(link): Query<Link>,
) -> Result<Response, Fault> {
    let email = credentials::email_to_confirm(&shell.domain, &link.token).await?.ok_or_else(link_is_over)?;
    let page = Confirm {
        frame: guest.frame(&shell),
        post_to: paths::CONFIRM_EMAIL.to_owned(),
        email,
        token: link.token,
    };
    Ok(PagePolicy::default().page(page.render()?))
}

/// The button.
pub async fn submit(State(shell): State<Shell>, guest: Guest, form: Posted) -> Result<Response, Fault> {
    match credentials::confirm_email(&shell.domain, &form.text("token")).await {
        Ok(email) => {
            let page = Confirmed { frame: guest.frame(&shell), email };
            Ok(PagePolicy::default().page(page.render()?))
        }
        Err(ConfirmError::Over) => Err(link_is_over()),
        Err(ConfirmError::Outage(outage)) => Err(outage.into()),
    }
}

/// Sends the letter again, on the account page's button.
pub async fn send_again(State(shell): State<Shell>, guest: Guest, _: Posted) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    if person.email_validated {
        return Ok(see_other(paths::ACCOUNT));
    }
    match send(&shell, &guest.texts(&shell, None), person).await {
        Ok(()) => Ok(see_other(&account::letter_sent())),
        Err(LetterError::Limit) => Ok(see_other(&account::letters_enough())),
        Err(LetterError::Outage(outage)) => Err(outage.into()),
        Err(error) => Err(Fault::broken(error)),
    }
}

/// Sends a person the letter with the link.
pub async fn send(shell: &Shell, t: &Texts, person: &Person) -> Result<(), LetterError> {
    credentials::send_confirmation(&shell.domain, person, |confirmation| {
        let link = format!("{}{}?token={}", shell.settings.origin, paths::CONFIRM_EMAIL, confirmation.token);
        let days = u32::try_from(CONFIRMATION_LIFE / DAY).unwrap_or(1);
        let paragraphs = [
            t.say("letter-confirm-why"),
            link,
            t.say_count("letter-confirm-how-long", days),
            t.say("letter-confirm-not-you"),
            t.say("keepwell"),
        ];
        Letter::from_server(&confirmation.email, t.say("letter-confirm-subject"), paragraphs.join("\n\n"))
    })
    .await
}

fn link_is_over() -> Fault {
    Fault::of(What::LinkExpired).with_next(paths::ACCOUNT)
}
