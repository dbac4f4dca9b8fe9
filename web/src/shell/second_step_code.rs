//! The second step of a sign-in: the password was right, and the code is asked for. Until it is given, nobody is
//! signed in; all that this browser carries is that it may give one.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::credentials::second_factor::{self, Waiting};
use keepwell_core::ids::PersonId;

use super::fault::Fault;
use super::form::Posted;
use super::guest::{Guest, with_cookie};
use super::onward::Onward;
use super::prove::code_trouble;
use super::step_up::Proof;
use super::visit::Named;
use super::{Shell, sign_in};
use crate::cookies::waiting_cookie;
use crate::pages::sign_in::SignInTrouble;
use crate::pages::sign_in_code::{CodeTrouble, SignInCode};
use crate::paths;
use crate::security_headers::see_other;

/// Sends a person who has given the first proof on to the page.
pub async fn ask(
    shell: &Shell,
    guest: &Guest,
    onward: &Onward,
    person: PersonId,
    proof: Proof,
) -> Result<Response, Fault> {
    if let Some(going) = onward.going() {
        // What the page before has put into the visit.
        going.keep(shell).await?;
    }
    let waiting = Waiting::new(&shell.domain, person, proof.is_told());
    let token = waiting.token(&shell.domain, &guest.browser())?;
    let response = see_other(&onward.at(paths::SIGN_IN_CODE));
    Ok(with_cookie(response, waiting_cookie(shell.transport(), Some(&token))))
}

/// The page.
pub async fn show(State(shell): State<Shell>, guest: Guest, named: Named) -> Result<Response, Fault> {
    let onward = Onward::named(&shell, &guest, &named).await?;
    match waiting(&shell, &guest).await? {
        Some(_) => page(&shell, &guest, &onward, None),
        None => sign_in::page(&shell, &guest, &onward, "", Some(SignInTrouble::CodeLate)),
    }
}

/// The form.
pub async fn submit(
    State(shell): State<Shell>,
    guest: Guest,
    named: Named,
    form: Posted,
) -> Result<Response, Fault> {
    let onward = Onward::named(&shell, &guest, &named).await?;
    let Some(waiting) = waiting(&shell, &guest).await? else {
        return sign_in::page(&shell, &guest, &onward, "", Some(SignInTrouble::CodeLate));
    };
    let code = typed(&form);
    match second_factor::check(&shell.domain, waiting.person, &code, &guest.place()).await {
        Ok(_) => {
            let proof = if waiting.told { Proof::Letter } else { Proof::Password };
            let response = sign_in::let_in(&shell, &guest, onward, waiting.person, proof).await?;
            Ok(with_cookie(response, waiting_cookie(shell.transport(), None)))
        }
        Err(error) => page(&shell, &guest, &onward, Some(code_trouble(error)?)),
    }
}

/// What was typed into one of the two fields.
pub fn typed(form: &Posted) -> String {
    let recovery = form.text("recovery");
    if recovery.is_empty() { form.text("code") } else { recovery }
}

async fn waiting(shell: &Shell, guest: &Guest) -> Result<Option<Waiting>, Fault> {
    let Some(token) = guest.waiting() else { return Ok(None) };
    Ok(Waiting::find(&shell.domain, &guest.browser(), token).await?)
}

fn page(
    shell: &Shell,
    guest: &Guest,
    onward: &Onward,
    trouble: Option<CodeTrouble>,
) -> Result<Response, Fault> {
    let frame = onward.frame(shell, guest);
    let page = SignInCode {
        post_to: onward.at(paths::SIGN_IN_CODE),
        app: onward.going().map(|going| going.app(&frame.t)),
        frame,
        trouble,
        again_to: onward.at(paths::SIGN_IN),
    };
    Ok(onward.policy().page(page.render()?))
}
