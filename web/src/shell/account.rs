//! The person's account.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use keepwell_core::credentials::{self, second_factor};
use keepwell_core::erasure;

use super::Shell;
use super::fault::Fault;
use super::guest::Guest;
use crate::components::{Notice, Tone};
use crate::pages::Frame;
use crate::pages::account::Account;
use crate::pages::units::in_a_line;
use crate::paths;
use crate::security_headers::PagePolicy;

/// Where a change of the account is confirmed.
pub fn saved() -> String {
    format!("{}?saved", paths::ACCOUNT)
}

/// Where a letter that was sent again is told.
pub fn letter_sent() -> String {
    format!("{}?letter-sent", paths::ACCOUNT)
}

/// Where is told that there were letters enough.
pub fn letters_enough() -> String {
    format!("{}?letters-enough", paths::ACCOUNT)
}

/// Where is told that the second step was turned off.
pub fn second_step_off() -> String {
    format!("{}?second-step-off", paths::ACCOUNT)
}

/// The page.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let frame = guest.frame(&shell);
    let leaving = erasure::leaving(&shell.domain, person.id).await?.len();
    let notice = match query.as_deref() {
        Some("saved") => Some(Notice::saved(&frame.t)),
        Some("letter-sent") => Some(Notice::letter_sent(&frame.t, &person.email)),
        Some("second-step-off") => Some(Notice::with(Tone::Plain, frame.t.say("second-step-notice-off"))),
        Some("letters-enough") => Some(Notice::letters_enough(&frame.t)),
        _ => None,
    };
    let frame = Frame { notice, ..frame };
    let has_password = credentials::has_password(&shell.domain, person.id).await?;
    let page = Account {
        units: in_a_line(frame.t.units(), &frame.t),
        units_to: paths::UNITS.to_owned(),
        frame,
        name: person.name.clone(),
        email: person.email.clone(),
        confirmed: person.email_validated,
        send_again_to: paths::SEND_CONFIRMATION.to_owned(),
        has_password,
        password_to: paths::NEW_PASSWORD.to_owned(),
        passkeys_to: paths::PASSKEYS.to_owned(),
        second_step: second_factor::is_on(&shell.domain, person.id).await?,
        second_step_to: paths::SECOND_STEP.to_owned(),
        sessions_to: paths::SESSIONS.to_owned(),
        devices_to: paths::DEVICES.to_owned(),
        leaving: u32::try_from(leaving).unwrap_or(u32::MAX),
    };
    Ok(PagePolicy::default().page(page.render()?))
}
