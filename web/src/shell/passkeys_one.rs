//! One passkey: another name for it, and removing it.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::credentials;
use keepwell_core::credentials::passkeys::{self, Passkey, PasskeyError};
use keepwell_core::ids::PersonId;
use keepwell_core::sessions::shell as sign_ins;
use uuid::Uuid;

use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::passkeys::letter;
use super::records::At;
use super::{Shell, letter_names, step_up};
use crate::pages::passkey::{PasskeyPage, Removing};
use crate::paths;
use crate::security_headers::{PagePolicy, see_other};

/// The page.
pub async fn show(State(shell): State<Shell>, guest: Guest, At(id): At<Uuid>) -> Result<Response, Fault> {
    let person = guest.must_be_signed_in()?.0.id;
    let passkey = find(&shell, person, id).await?;
    page(&shell, &guest, passkey, None).await
}

/// Gives it another name.
pub async fn rename(
    State(shell): State<Shell>,
    guest: Guest,
    At(id): At<Uuid>,
    form: Posted,
) -> Result<Response, Fault> {
    let person = guest.must_be_signed_in()?.0.id;
    let name = form.text("name");
    match passkeys::rename(&shell.domain, person, id, &name).await {
        Ok(()) => Ok(see_other(paths::PASSKEYS)),
        Err(PasskeyError::Name) => {
            let passkey = find(&shell, person, id).await?;
            page(&shell, &guest, passkey, Some(name)).await
        }
        Err(error) => Err(of(error)),
    }
}

/// Removes it, and signs the person out on every other device: one that was lost may be signed in.
pub async fn remove(
    State(shell): State<Shell>,
    guest: Guest,
    At(id): At<Uuid>,
    _: Posted,
) -> Result<Response, Fault> {
    let (person, _) = step_up::fresh_on(&shell, &guest, &at(id))?;
    let passkey = find(&shell, person.id, id).await?;
    let t = guest.texts(&shell, None);
    let what = t.say_with("letter-passkey-removed-what", "name", letter_names::name(&passkey.name));
    let letter = letter(&shell, &t, person, t.say("letter-passkey-removed-subject"), what);
    match passkeys::remove(&shell.domain, person.id, id, letter.as_ref()).await {
        Ok(()) => {
            sign_ins::end_others(&shell.domain, person.id, guest.secret()).await?;
            Ok(see_other(&format!("{}?removed", paths::PASSKEYS)))
        }
        Err(PasskeyError::LastWay) => page(&shell, &guest, passkey, None).await,
        Err(error) => Err(of(error)),
    }
}

fn at(id: Uuid) -> String {
    format!("{}/{id}", paths::PASSKEYS)
}

async fn find(shell: &Shell, person: PersonId, id: Uuid) -> Result<Passkey, Fault> {
    passkeys::find(&shell.domain, person, id).await?.ok_or_else(Fault::not_found)
}

fn of(error: PasskeyError) -> Fault {
    match error {
        PasskeyError::Outage(outage) => outage.into(),
        _ => Fault::not_found(),
    }
}

async fn page(
    shell: &Shell,
    guest: &Guest,
    passkey: Passkey,
    entered: Option<String>,
) -> Result<Response, Fault> {
    let (person, session) = guest.must_be_signed_in()?;
    let is_only = passkeys::of_person(&shell.domain, person.id).await?.len() < 2;
    let removing = if is_only && !credentials::has_password(&shell.domain, person.id).await? {
        Removing::LastWay
    } else if session.is_fresh(shell.domain.env.now()) {
        Removing::Here
    } else {
        Removing::AfterProof(step_up::prove_for(&at(passkey.id)))
    };
    let page = PasskeyPage {
        frame: guest.frame(shell),
        name: passkey.name,
        entered,
        rename_to: at(passkey.id),
        remove_to: format!("{}/remove", at(passkey.id)),
        removing,
    };
    Ok(PagePolicy::default().page(page.render()?))
}
