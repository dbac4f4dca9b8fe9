//! Sign in.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::credentials::{self, SignInError, second_factor};
use keepwell_core::ids::PersonId;

use super::fault::Fault;
use super::form::Posted;
use super::guest::{Guest, with_cookie};
use super::onward::Onward;
use super::step_up::Proof;
use super::visit::Named;
use super::{Shell, keep_account, passkeys_button, prove, second_step_code};
use crate::pages::passkey_button::Act;
use crate::pages::sign_in::{SignIn, SignInTrouble};
use crate::paths;

/// The page. A person who is signed in sees it too: that is how one changes accounts.
pub async fn show(State(shell): State<Shell>, guest: Guest, named: Named) -> Result<Response, Fault> {
    let onward = Onward::named(&shell, &guest, &named).await?;
    page(&shell, &guest, &onward, "", None)
}

/// The form.
pub async fn submit(
    State(shell): State<Shell>,
    guest: Guest,
    named: Named,
    form: Posted,
) -> Result<Response, Fault> {
    let mut onward = Onward::named(&shell, &guest, &named).await?;
    let email = form.text("email");
    let password = form.raw("password");
    match credentials::sign_in_from(&shell.domain, &email, password, &guest.place()).await {
        Ok(person) => {
            keep(&mut onward, &form);
            enter(&shell, &guest, onward, person, Proof::Password).await
        }
        Err(error) => page(&shell, &guest, &onward, &email, Some(trouble(error)?)),
    }
}

/// Remembers in a visit whether the person wants to stay signed in.
pub fn keep(onward: &mut Onward, form: &Posted) {
    if let Some(going) = onward.going_mut() {
        going.visit.stay = form.ticked("keep");
    }
}

/// What the page says about a sign-in that failed.
pub fn trouble(error: SignInError) -> Result<SignInTrouble, Fault> {
    match error {
        SignInError::Wrong => Ok(SignInTrouble::NoMatch),
        SignInError::Paused { seconds } => {
            Ok(SignInTrouble::TooManyTries { minutes: prove::minutes(seconds) })
        }
        SignInError::Suspended => Ok(SignInTrouble::Suspended),
        SignInError::Outage(outage) => Err(outage.into()),
    }
}

/// Lets a person in who has given this proof, after their second step where they have one and the proof is not
/// two by itself.
pub async fn enter(
    shell: &Shell,
    guest: &Guest,
    onward: Onward,
    person: PersonId,
    proof: Proof,
) -> Result<Response, Fault> {
    if proof.needs_code() && second_factor::is_on(&shell.domain, person).await? {
        return second_step_code::ask(shell, guest, &onward, person, proof).await;
    }
    let_in(shell, guest, onward, person, proof).await
}

/// Gives the browser a sign-in of a person who has proved all that is asked of them, and goes on. Who closed their
/// account is asked whether they keep it instead: all ways to sign in end here.
pub async fn let_in(
    shell: &Shell,
    guest: &Guest,
    onward: Onward,
    person: PersonId,
    proof: Proof,
) -> Result<Response, Fault> {
    if let Some(page) = keep_account::instead(shell, guest, person).await? {
        return Ok(page);
    }
    let (secret, cookies) = guest.sign_in(shell, person, proof).await?;
    let response = onward.go(shell, guest, &secret, person).await?;
    Ok(cookies.into_iter().fold(response, with_cookie))
}

/// The page, with what the last try brought.
pub fn page(
    shell: &Shell,
    guest: &Guest,
    onward: &Onward,
    email: &str,
    trouble: Option<SignInTrouble>,
) -> Result<Response, Fault> {
    let frame = onward.frame(shell, guest);
    let going = onward.going();
    let (passkey, policy) = passkeys_button::on(shell, &frame.t, onward, Act::SignIn);
    let page = SignIn {
        post_to: onward.at(paths::SIGN_IN),
        app: going.map(|going| going.app(&frame.t)),
        frame,
        email: email.to_owned(),
        trouble,
        offer_keep: going.is_some_and(|going| going.app.stay_signed_in_seconds.is_some()),
        sign_up_to: Some(onward.at(paths::SIGN_UP)),
        forgot_to: onward.at(paths::FORGOT_PASSWORD),
        passkey,
        again: guest.person().is_some() && onward.is_page(),
    };
    Ok(policy.page(page.render()?))
}
