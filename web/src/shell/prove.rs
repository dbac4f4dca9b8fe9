//! A person who is signed in proves once more who they are, and goes on to the page that asked for it.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::credentials::second_factor::{self, SecondFactorError};
use keepwell_core::credentials::{self, Place, SignInError, passkeys};
use keepwell_core::sessions::shell as sign_ins;

use super::Shell;
use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::onward::{own_page, sign_in_for};
use super::second_step_code::typed;
use super::step_up::prove_for;
use super::visit::Named;
use crate::components::Trouble;
use crate::pages::prove::{Prove, ProveTrouble};
use crate::pages::sign_in_code::CodeTrouble;
use crate::paths;
use crate::security_headers::{PagePolicy, see_other};

/// The page.
pub async fn show(State(shell): State<Shell>, guest: Guest, named: Named) -> Result<Response, Fault> {
    page(&shell, &guest, &named, None).await
}

/// The form: the password, and the code where the person has a second step.
pub async fn submit(
    State(shell): State<Shell>,
    guest: Guest,
    named: Named,
    form: Posted,
) -> Result<Response, Fault> {
    let (person, session) = guest.must_be_signed_in()?;
    let domain = &shell.domain;
    let password = credentials::prove_password(domain, person, session.id, form.raw("password"));
    let trouble = match password.await {
        Ok(()) => None,
        Err(SignInError::Wrong | SignInError::Suspended) => {
            Some(ProveTrouble::Password(Trouble::PasswordWrong))
        }
        Err(SignInError::Paused { seconds }) => Some(ProveTrouble::Paused { minutes: minutes(seconds) }),
        Err(SignInError::Outage(outage)) => return Err(outage.into()),
    };
    if trouble.is_some() {
        return page(&shell, &guest, &named, trouble).await;
    }
    if second_factor::is_on(domain, person.id).await? {
        match second_factor::check(domain, person.id, &typed(&form), &Place::of_session(session.id)).await {
            Ok(_) => {}
            Err(error) => {
                let trouble = code_trouble(error)?;
                return page(&shell, &guest, &named, Some(ProveTrouble::Code(trouble))).await;
            }
        }
    }
    sign_ins::prove(domain, guest.secret()).await?;
    Ok(see_other(&next(&named).unwrap_or_else(|| paths::ACCOUNT.to_owned())))
}

/// What is wrong with a code.
pub fn code_trouble(error: SecondFactorError) -> Result<CodeTrouble, Fault> {
    match error {
        SecondFactorError::Wrong => Ok(CodeTrouble::Wrong),
        SecondFactorError::Paused { seconds } => Ok(CodeTrouble::TooMany { minutes: minutes(seconds) }),
        SecondFactorError::Outage(outage) => Err(outage.into()),
    }
}

/// A wait as it is told.
pub fn minutes(seconds: i64) -> u32 {
    u32::try_from((seconds + 59) / 60).unwrap_or(1).max(1)
}

fn next(named: &Named) -> Option<String> {
    named.next.as_deref().and_then(own_page)
}

async fn page(
    shell: &Shell,
    guest: &Guest,
    named: &Named,
    trouble: Option<ProveTrouble>,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    // Who has passkeys only signs in anew.
    if !credentials::has_password(&shell.domain, person.id).await? {
        return Ok(see_other(&sign_in_for(next(named).as_deref())));
    }
    let post_to = next(named).map_or_else(|| paths::PROVE.to_owned(), |page| prove_for(&page));
    let has_passkey =
        shell.passkeys.is_some() && !passkeys::of_person(&shell.domain, person.id).await?.is_empty();
    let page = Prove {
        passkey_to: has_passkey.then(|| sign_in_for(next(named).as_deref())),
        frame: guest.frame(shell),
        post_to,
        email: person.email.clone(),
        asks_code: second_factor::is_on(&shell.domain, person.id).await?,
        trouble,
    };
    Ok(PagePolicy::default().page(page.render()?))
}
