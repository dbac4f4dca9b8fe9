//! A forgotten password: a letter with a link, if there is such an account. The page is the same, and as
//! quick, whether there is one or not.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::credentials::{self, RESET_LIFE};
use keepwell_core::env::MINUTE;
use keepwell_core::letters::{Letter, LetterError};

use super::Shell;
use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::onward::Onward;
use super::visit::Named;
use crate::components::Trouble;
use crate::locale::Texts;
use crate::pages::forgot_password::ForgotPassword;
use crate::pages::link_sent::LinkSent;
use crate::paths;

/// The page.
pub async fn show(State(shell): State<Shell>, guest: Guest, named: Named) -> Result<Response, Fault> {
    let onward = Onward::named(&shell, &guest, &named).await?;
    page(&shell, &guest, &onward, String::new(), None)
}

/// The form.
pub async fn submit(
    State(shell): State<Shell>,
    guest: Guest,
    named: Named,
    form: Posted,
) -> Result<Response, Fault> {
    let onward = Onward::named(&shell, &guest, &named).await?;
    let email = form.text("email");
    if !email.contains('@') || email.len() > 254 {
        return page(&shell, &guest, &onward, email, Some(Trouble::NotAnEmail));
    }
    let t = guest.texts(&shell, onward.going().and_then(|going| going.visit.culture.as_deref()));
    shell.beside.start(send(shell.clone(), t, email.clone()));
    let page = LinkSent {
        frame: onward.frame(&shell, &guest),
        email,
        minutes: minutes(),
        again_to: onward.at(paths::FORGOT_PASSWORD),
    };
    Ok(onward.policy().page(page.render()?))
}

fn minutes() -> u32 {
    u32::try_from(RESET_LIFE / MINUTE).unwrap_or(1)
}

/// Not awaited by the page: how long it takes would tell whether there is an account, and whether it got
/// letters before.
async fn send(shell: Shell, t: Texts, email: String) {
    let sent = credentials::send_reset(&shell.domain, &email, |reset| {
        let link = format!("{}{}?token={}", shell.settings.origin, paths::NEW_PASSWORD, reset.token);
        let paragraphs = [
            t.say("letter-reset-why"),
            link,
            t.say_count("letter-reset-how-long", minutes()),
            t.say("letter-reset-not-you"),
            t.say("keepwell"),
        ];
        Letter::from_server(&reset.email, t.say("letter-reset-subject"), paragraphs.join("\n\n"))
    });
    match sent.await {
        Ok(()) => {}
        Err(LetterError::Limit) => tracing::info!("an address got letters with links enough for now"),
        Err(error) => tracing::error!(%error, "a letter with a link could not be sent"),
    }
}

fn page(
    shell: &Shell,
    guest: &Guest,
    onward: &Onward,
    email: String,
    trouble: Option<Trouble>,
) -> Result<Response, Fault> {
    let page = ForgotPassword {
        frame: onward.frame(shell, guest),
        post_to: onward.at(paths::FORGOT_PASSWORD),
        email,
        trouble,
        sign_in_to: onward.at(paths::SIGN_IN),
    };
    Ok(onward.policy().page(page.render()?))
}
