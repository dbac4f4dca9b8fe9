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
use super::visit::{Going, Named, at};
use crate::components::Trouble;
use crate::locale::Texts;
use crate::pages::forgot_password::ForgotPassword;
use crate::pages::link_sent::LinkSent;
use crate::paths;
use crate::security_headers::PagePolicy;

/// The page.
pub async fn show(State(shell): State<Shell>, guest: Guest, named: Named) -> Result<Response, Fault> {
    let going = Going::named(&shell, &guest, &named).await?;
    page(&shell, &guest, going.as_ref(), String::new(), None)
}

/// The form.
pub async fn submit(
    State(shell): State<Shell>,
    guest: Guest,
    named: Named,
    form: Posted,
) -> Result<Response, Fault> {
    let going = Going::named(&shell, &guest, &named).await?;
    let email = form.text("email");
    if !email.contains('@') || email.len() > 254 {
        return page(&shell, &guest, going.as_ref(), email, Some(Trouble::NotAnEmail));
    }
    let t = guest.texts(&shell, going.as_ref().and_then(|going| going.visit.culture.as_deref()));
    shell.beside.start(send(shell.clone(), t, email.clone()));
    let page = LinkSent {
        frame: frame(&shell, &guest, going.as_ref()),
        email,
        minutes: minutes(),
        again_to: at(going.as_ref(), paths::FORGOT_PASSWORD),
    };
    Ok(policy(going.as_ref()).page(page.render()?))
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

fn frame(shell: &Shell, guest: &Guest, going: Option<&Going>) -> crate::pages::Frame {
    going.map_or_else(|| guest.frame(shell), |going| going.frame(shell, guest))
}

fn policy(going: Option<&Going>) -> PagePolicy {
    going.map_or_else(PagePolicy::default, Going::policy)
}

fn page(
    shell: &Shell,
    guest: &Guest,
    going: Option<&Going>,
    email: String,
    trouble: Option<Trouble>,
) -> Result<Response, Fault> {
    let page = ForgotPassword {
        frame: frame(shell, guest, going),
        post_to: at(going, paths::FORGOT_PASSWORD),
        email,
        trouble,
        sign_in_to: at(going, paths::SIGN_IN),
    };
    Ok(policy(going).page(page.render()?))
}
