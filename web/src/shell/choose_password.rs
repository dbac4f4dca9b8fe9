//! A new password: by the link of a letter, or signed in and with the present one. Who has none yet sets one
//! just after proving who they are.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::credentials::{self, ChangeError, ResetError, second_factor};
use keepwell_core::persons::Person;
use keepwell_core::sessions::shell::{self as sign_ins, ShellSession};
use serde::Deserialize;

use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::onward::Onward;
use super::query::Query;
use super::sign_up::of_password;
use super::step_up::{self, Proof};
use super::{Shell, account, prove, security_letters, sign_in};
use crate::components::Trouble;
use crate::pages::choose_password::{ChoosePassword, How};
use crate::pages::trouble::What;
use crate::paths;
use crate::security_headers::{PagePolicy, see_other};

/// The part of the address that a letter's link has.
#[derive(Default, Deserialize)]
pub struct Link {
    token: Option<String>,
}

#[derive(Default)]
struct Troubles {
    current: Option<Trouble>,
    password: Option<Trouble>,
    again: Option<Trouble>,
    /// Too many wrong ones: minutes to wait.
    wait: Option<u32>,
}

/// Who changes it. The present password, which the form asks for, is as good a proof as any; who has a second
/// step gives that as well.
async fn changing<'a>(shell: &Shell, guest: &'a Guest) -> Result<(&'a Person, &'a ShellSession), Fault> {
    let (person, session) = guest.must_be_signed_in()?;
    if second_factor::is_on(&shell.domain, person.id).await? {
        return step_up::fresh(shell, guest);
    }
    Ok((person, session))
}

/// The page.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    Query(link): Query<Link>,
) -> Result<Response, Fault> {
    match link.token {
        Some(token) => {
            let email = account_of(&shell, &token).await?;
            page(&shell, &guest, email, How::ByLink(token), Troubles::default())
        }
        None => {
            let troubles = Troubles::default();
            let (person, _) = guest.must_be_signed_in()?;
            let how = match credentials::has_password(&shell.domain, person.id).await? {
                true => {
                    changing(&shell, &guest).await?;
                    How::Change
                }
                false => {
                    step_up::fresh(&shell, &guest)?;
                    How::First
                }
            };
            page(&shell, &guest, person.email.clone(), how, troubles)
        }
    }
}

/// The form.
pub async fn submit(State(shell): State<Shell>, guest: Guest, form: Posted) -> Result<Response, Fault> {
    let token = Some(form.text("token")).filter(|token| !token.is_empty());
    let password = form.raw("password");
    let again = (password != form.raw("again")).then_some(Trouble::PasswordsDiffer);
    match token {
        Some(token) => by_link(&shell, &guest, token, password, again).await,
        None => {
            let person = guest.must_be_signed_in()?.0.id;
            match credentials::has_password(&shell.domain, person).await? {
                true => signed_in(&shell, &guest, form.raw("current"), password, again).await,
                false => first(&shell, &guest, password, again).await,
            }
        }
    }
}

async fn by_link(
    shell: &Shell,
    guest: &Guest,
    token: String,
    password: &str,
    again: Option<Trouble>,
) -> Result<Response, Fault> {
    let email = account_of(shell, &token).await?;
    if again.is_some() {
        return page(shell, guest, email, How::ByLink(token), Troubles { again, ..Troubles::default() });
    }
    let letter = |person: &Person| security_letters::password(shell, &guest.texts_of(shell, person), person);
    match credentials::choose_password(&shell.domain, &token, password, letter).await {
        Ok(person) => sign_in::enter(shell, guest, Onward::Home, person, Proof::Letter).await,
        Err(ResetError::Password(weak)) => {
            let troubles = Troubles { password: Some(of_password(weak)), ..Troubles::default() };
            page(shell, guest, email, How::ByLink(token), troubles)
        }
        Err(ResetError::Over) => Err(link_is_over()),
        Err(ResetError::Outage(outage)) => Err(outage.into()),
    }
}

async fn signed_in(
    shell: &Shell,
    guest: &Guest,
    current: &str,
    password: &str,
    again: Option<Trouble>,
) -> Result<Response, Fault> {
    let (person, session) = changing(shell, guest).await?;
    let trouble = |troubles| page(shell, guest, person.email.clone(), How::Change, troubles);
    if again.is_some() {
        return trouble(Troubles { again, ..Troubles::default() });
    }
    let letter = |person: &Person| security_letters::password(shell, &guest.texts(shell, None), person);
    let session = session.id;
    match credentials::change_password(&shell.domain, person, session, current, password, letter).await {
        Ok(()) => {
            sign_ins::end_others(&shell.domain, person.id, guest.secret()).await?;
            Ok(see_other(&account::saved()))
        }
        Err(ChangeError::Wrong) => {
            trouble(Troubles { current: Some(Trouble::PasswordWrong), ..Troubles::default() })
        }
        Err(ChangeError::Paused { seconds }) => {
            let wait = Some(prove::minutes(seconds));
            trouble(Troubles { wait, ..Troubles::default() })
        }
        Err(ChangeError::Password(weak)) => {
            trouble(Troubles { password: Some(of_password(weak)), ..Troubles::default() })
        }
        Err(ChangeError::Outage(outage)) => Err(outage.into()),
    }
}

/// Sets the password of a person who has none. There is no present one to ask for, so they prove who they are.
async fn first(
    shell: &Shell,
    guest: &Guest,
    password: &str,
    again: Option<Trouble>,
) -> Result<Response, Fault> {
    let (person, _) = step_up::fresh(shell, guest)?;
    let trouble = |troubles| page(shell, guest, person.email.clone(), How::First, troubles);
    if again.is_some() {
        return trouble(Troubles { again, ..Troubles::default() });
    }
    let letter = |person: &Person| security_letters::first_password(shell, &guest.texts(shell, None), person);
    match credentials::set_password(&shell.domain, person, password, letter).await {
        Ok(()) => {
            sign_ins::end_others(&shell.domain, person.id, guest.secret()).await?;
            Ok(see_other(&account::saved()))
        }
        Err(ChangeError::Password(weak)) => {
            trouble(Troubles { password: Some(of_password(weak)), ..Troubles::default() })
        }
        // Set in another window meanwhile: now the present one is asked for.
        Err(ChangeError::Wrong | ChangeError::Paused { .. }) => Ok(see_other(paths::NEW_PASSWORD)),
        Err(ChangeError::Outage(outage)) => Err(outage.into()),
    }
}

/// The account that a link is for, while it works.
async fn account_of(shell: &Shell, token: &str) -> Result<String, Fault> {
    credentials::reset_login(&shell.domain, token).await?.ok_or_else(link_is_over)
}

fn link_is_over() -> Fault {
    Fault::of(What::LinkExpired).with_next(paths::FORGOT_PASSWORD)
}

fn page(
    shell: &Shell,
    guest: &Guest,
    email: String,
    how: How,
    troubles: Troubles,
) -> Result<Response, Fault> {
    let page = ChoosePassword {
        frame: guest.frame(shell),
        post_to: paths::NEW_PASSWORD.to_owned(),
        email,
        how,
        current_trouble: troubles.current,
        password_trouble: troubles.password,
        again_trouble: troubles.again,
        wait: troubles.wait,
    };
    Ok(PagePolicy::default().page(page.render()?))
}
