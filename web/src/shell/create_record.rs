//! Make a record, at home or on the way through a visit.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::persons::Person;
use keepwell_core::records::{self, NewRecord, RecordError, Relationship};

use super::Shell;
use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::visit::{Going, Named, Task, at};
use crate::components::Trouble;
use crate::pages::create_record::{About, CreateRecord};
use crate::paths;
use crate::security_headers::{PagePolicy, see_other};

/// The page.
pub async fn show(State(shell): State<Shell>, guest: Guest, named: Named) -> Result<Response, Fault> {
    let going = Going::named(&shell, &guest, &named).await?;
    signed_in(&guest, going.as_ref())?;
    // What an application suggests is shown in fields that can be changed.
    let suggested = going.as_ref().map(|going| going.visit.suggested.clone()).unwrap_or_default();
    let about = suggested.relationship.map(|code| super::home::about(Relationship::from_code(code)));
    page(&shell, &guest, going.as_ref(), about, suggested.record_name, [None, None])
}

/// The form.
pub async fn submit(
    State(shell): State<Shell>,
    guest: Guest,
    named: Named,
    form: Posted,
) -> Result<Response, Fault> {
    let mut going = Going::named(&shell, &guest, &named).await?;
    let person = signed_in(&guest, going.as_ref())?;
    let (about, name) = (About::parse(form.raw("about")), form.text("name"));
    let name_trouble = match name.chars().count() {
        0 => Some(Trouble::Missing),
        length => (length > 100).then_some(Trouble::TooLong),
    };
    let (Some(chosen), None) = (about, name_trouble) else {
        let about_trouble = about.is_none().then_some(Trouble::NotChosen);
        return page(&shell, &guest, going.as_ref(), about, name, [about_trouble, name_trouble]);
    };
    let new = NewRecord {
        name: name.clone(),
        relationship: Relationship::from_code(i64::from(chosen.relationship())),
        country: person.country.clone(),
    };
    match records::create(&shell.domain, person.id, new).await {
        Ok(_) => {
            if let Some(going) = &mut going {
                going.visit.made_record = true;
                going.keep(&shell).await?;
            }
            Ok(see_other(&at(
                going.as_ref(),
                if going.is_some() { paths::CONSENT } else { super::home::RECORD_MADE },
            )))
        }
        Err(RecordError::Name) => {
            page(&shell, &guest, going.as_ref(), about, name, [None, Some(Trouble::TooLong)])
        }
        Err(RecordError::Outage(outage)) => Err(outage.into()),
    }
}

/// The person; someone whose sign-in ended during a visit signs in again within it.
fn signed_in<'a>(guest: &'a Guest, going: Option<&Going>) -> Result<&'a Person, Fault> {
    guest.person().ok_or_else(|| Fault::elsewhere(at(going, paths::SIGN_IN)))
}

/// Where someone goes who makes no record. Who was sent here to make one may agree for another, or not at all.
fn back_to(going: Option<&Going>) -> String {
    match going {
        Some(going) if going.visit.task == Task::CreateRecord && !going.visit.made_record => {
            format!("{}&other", going.at(paths::CONSENT))
        }
        Some(going) => going.at(paths::CONSENT),
        None => paths::HOME.to_owned(),
    }
}

fn page(
    shell: &Shell,
    guest: &Guest,
    going: Option<&Going>,
    about: Option<About>,
    name: String,
    [about_trouble, name_trouble]: [Option<Trouble>; 2],
) -> Result<Response, Fault> {
    let frame = going.map_or_else(|| guest.frame(shell), |going| going.frame(shell, guest));
    let page = CreateRecord {
        post_to: at(going, paths::CREATE_RECORD),
        app: going.map(|going| going.app(&frame.t)),
        about,
        about_trouble,
        name,
        name_trouble,
        back_to: back_to(going),
        frame,
    };
    let policy = going.map_or_else(PagePolicy::default, Going::policy);
    Ok(policy.page(page.render()?))
}
