//! What a person calls a record.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::records::{self, Record, Relationship, RenameError};
use uuid::Uuid;

use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::records::At;
use super::{Shell, home, records as own};
use crate::components::Trouble;
use crate::pages::Frame;
use crate::pages::create_record::About;
use crate::pages::record_settings::RecordSettings;
use crate::security_headers::{PagePolicy, see_other};

/// The page.
pub async fn show(State(shell): State<Shell>, guest: Guest, At(record): At<Uuid>) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(&shell, person, record).await?;
    let page = at_home(&shell, &guest, &record);
    Ok(PagePolicy::default().page(page.render()?))
}

/// The form.
pub async fn submit(
    State(shell): State<Shell>,
    guest: Guest,
    At(record): At<Uuid>,
    form: Posted,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(&shell, person, record).await?;
    if form.raw("decision") == "save"
        && let Err(wrong) = save(&shell, person.id, &record, &form).await?
    {
        let page = at_home(&shell, &guest, &record);
        return Ok(PagePolicy::default().page(again(page, &form, wrong).render()?));
    }
    Ok(see_other(&own::record_at(&record)))
}

/// The page as the person opens it: with the way to a picture, and to have the record erased.
fn at_home(shell: &Shell, guest: &Guest, record: &Record) -> RecordSettings {
    let may_close = record.rights.custodian && record.state.is_open();
    RecordSettings {
        close_to: may_close.then(|| own::close_at(record)),
        picture_to: record.rights.custodian.then(|| own::choose_picture_at(record)),
        ..filled(own::frame(shell, guest, record), record, own::settings_at(record))
    }
}

/// The page, filled with what is so.
pub fn filled(frame: Frame, record: &Record, post_to: String) -> RecordSettings {
    RecordSettings {
        frame,
        app: None,
        about: Some(home::about(record.rights.relationship)),
        name: record.rights.display_name.clone(),
        name_trouble: None,
        post_to,
        close_to: None,
        picture_to: None,
    }
}

/// The page once more, with what was typed.
pub fn again(page: RecordSettings, form: &Posted, wrong: Trouble) -> RecordSettings {
    RecordSettings {
        name: form.text("name"),
        about: About::parse(form.raw("about")).or(page.about),
        name_trouble: Some(wrong),
        ..page
    }
}

/// Keeps what the form says; or tells what is wrong with the name.
pub async fn save(
    shell: &Shell,
    person: keepwell_core::ids::PersonId,
    record: &Record,
    form: &Posted,
) -> Result<Result<(), Trouble>, Fault> {
    let name = form.text("name");
    match name.chars().count() {
        0 => return Ok(Err(Trouble::Missing)),
        101.. => return Ok(Err(Trouble::TooLong)),
        _ => {}
    }
    // Several relations are one to this page: who says the same again keeps the finer one.
    let known = record.rights.relationship;
    let relationship = match About::parse(form.raw("about")) {
        Some(about) if about != home::about(known) => {
            Relationship::from_code(i64::from(about.relationship()))
        }
        _ => known,
    };
    match records::rename(&shell.domain, person, record.id, &name, relationship).await {
        Ok(()) => Ok(Ok(())),
        Err(RenameError::Name) => Ok(Err(Trouble::TooLong)),
        Err(RenameError::NotTheirs) => Err(Fault::denied()),
        Err(RenameError::Outage(outage)) => Err(outage.into()),
    }
}
