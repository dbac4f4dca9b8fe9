//! The second step of the person's sign-in, turned on and off by them.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::credentials::second_factor::{self, TurnOnError};
use keepwell_core::persons::Person;
use keepwell_core::sessions::shell as sign_ins;
use qrcode::QrCode;
use qrcode::render::svg;

use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::{Shell, account, moment, security_letters, step_up};
use crate::locale::{Markup, Texts, escape};
use crate::pages::recovery_codes::RecoveryCodes;
use crate::pages::second_step::{SecondStep, Step};
use crate::paths;
use crate::security_headers::{PagePolicy, see_other};

/// The page.
pub async fn show(State(shell): State<Shell>, guest: Guest) -> Result<Response, Fault> {
    let (person, _) = step_up::fresh(&shell, &guest)?;
    page(&shell, &guest, person, false).await
}

/// The forms of it.
pub async fn submit(State(shell): State<Shell>, guest: Guest, form: Posted) -> Result<Response, Fault> {
    let (person, _) = step_up::fresh(&shell, &guest)?;
    match form.raw("action") {
        "on" => turn_on(&shell, &guest, person, &form.text("code")).await,
        "codes" => renew(&shell, &guest, person).await,
        "off" => turn_off(&shell, &guest, person).await,
        _ => page(&shell, &guest, person, false).await,
    }
}

async fn turn_on(shell: &Shell, guest: &Guest, person: &Person, code: &str) -> Result<Response, Fault> {
    let letter = security_letters::second_step_on(shell, &guest.texts(shell, None), person);
    match second_factor::turn_on(&shell.domain, person, code, letter.as_ref()).await {
        Ok(codes) => {
            sign_ins::end_others(&shell.domain, person.id, guest.secret()).await?;
            codes_page(shell, guest, person, codes)
        }
        Err(TurnOnError::Wrong) => page(shell, guest, person, true).await,
        Err(TurnOnError::Over) => Ok(see_other(paths::SECOND_STEP)),
        Err(TurnOnError::Outage(outage)) => Err(outage.into()),
    }
}

async fn renew(shell: &Shell, guest: &Guest, person: &Person) -> Result<Response, Fault> {
    let letter = security_letters::recovery_codes(shell, &guest.texts(shell, None), person);
    match second_factor::renew_recovery_codes(&shell.domain, person, letter.as_ref()).await {
        Ok(codes) => codes_page(shell, guest, person, codes),
        Err(TurnOnError::Wrong | TurnOnError::Over) => Ok(see_other(paths::SECOND_STEP)),
        Err(TurnOnError::Outage(outage)) => Err(outage.into()),
    }
}

async fn turn_off(shell: &Shell, guest: &Guest, person: &Person) -> Result<Response, Fault> {
    let letter = security_letters::second_step_off(shell, &guest.texts(shell, None), person);
    second_factor::turn_off(&shell.domain, person.id, letter.as_ref()).await?;
    sign_ins::end_others(&shell.domain, person.id, guest.secret()).await?;
    Ok(see_other(&account::second_step_off()))
}

/// The only page that shows them.
fn codes_page(shell: &Shell, guest: &Guest, person: &Person, codes: Vec<String>) -> Result<Response, Fault> {
    let page = RecoveryCodes {
        frame: guest.frame(shell),
        email: person.email.clone(),
        codes,
        on_to: paths::SECOND_STEP.to_owned(),
    };
    Ok(PagePolicy::default().page(page.render()?))
}

async fn page(shell: &Shell, guest: &Guest, person: &Person, wrong: bool) -> Result<Response, Fault> {
    let frame = guest.frame(shell);
    let step = match second_factor::standing(&shell.domain, person.id).await? {
        Some(on) => Step::On { since: moment(on.since), codes_left: on.codes_left },
        None => {
            let offer = second_factor::offer(&shell.domain, person, &shell.settings.product_name).await?;
            // It was turned on in this moment, elsewhere.
            let Some(offer) = offer else { return Ok(see_other(paths::SECOND_STEP)) };
            Step::Offered {
                picture: picture(&offer.address, &frame.t)?,
                secret: in_groups(&offer.secret),
                open_to: offer.address,
                wrong,
            }
        }
    };
    let page = SecondStep { frame, post_to: paths::SECOND_STEP.to_owned(), step };
    Ok(PagePolicy::default().page(page.render()?))
}

fn in_groups(secret: &str) -> String {
    let groups: Vec<_> = secret.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
    groups.join(" ")
}

/// A square to scan, as a picture that stands within the page: dark on light, whatever the page is.
fn picture(address: &str, t: &Texts) -> Result<Markup, Fault> {
    let code = QrCode::new(address.as_bytes()).map_err(Fault::broken)?;
    let picture = code.render::<svg::Color<'_>>().min_dimensions(220, 220).quiet_zone(true).build();
    let picture = picture.trim_start_matches(r#"<?xml version="1.0" standalone="yes"?>"#);
    let label = escape(&t.say("second-step-picture"));
    let named = format!("<svg class=\"qr\" role=\"img\" aria-label=\"{label}\" ");
    Ok(Markup::of(picture.replacen("<svg ", &named, 1)))
}
