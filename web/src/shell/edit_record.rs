//! An application sends a person to change what a record is called (shell.md 7, EDITRECORD).

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::persons::Person;
use keepwell_core::records::Record;

use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::step::{Known, Meant};
use super::visit::{Going, Named, Task};
use super::{Shell, record_settings, records as own, step, way_back};
use crate::pages::record_settings::RecordSettings;
use crate::paths;
use crate::redirect::return_trip::ReturnTarget;

/// The page.
pub async fn show(State(shell): State<Shell>, guest: Guest, named: Named) -> Result<Response, Fault> {
    let going = Going::required(&shell, &guest, &named).await?;
    let Some((_, record)) = about(&shell, &guest, &going).await? else {
        return step::next(&shell, &guest, guest.person().map(|person| person.id), &going).await;
    };
    page(&shell, &guest, &going, &record, |page| page)
}

/// The form.
pub async fn submit(
    State(shell): State<Shell>,
    guest: Guest,
    named: Named,
    form: Posted,
) -> Result<Response, Fault> {
    let going = Going::required(&shell, &guest, &named).await?;
    let Some((person, record)) = about(&shell, &guest, &going).await? else {
        return step::next(&shell, &guest, guest.person().map(|person| person.id), &going).await;
    };
    let target = match form.raw("decision") {
        "save" => match record_settings::save(&shell, person.id, &record, &form).await? {
            Ok(()) => ReturnTarget::EditRecordComplete,
            Err(wrong) => {
                return page(&shell, &guest, &going, &record, |page| {
                    record_settings::again(page, &form, wrong)
                });
            }
        },
        _ => ReturnTarget::EditRecordCancel,
    };
    going.finish(&shell).await?;
    way_back::send(&shell, &guest, Some(person.id), &going, target).await
}

/// Who is there, and the record that the visit is about.
async fn about<'g>(
    shell: &Shell,
    guest: &'g Guest,
    going: &Going,
) -> Result<Option<(&'g Person, Record)>, Fault> {
    let Some(person) = guest.person().filter(|_| going.visit.task == Task::EditRecord) else {
        return Ok(None);
    };
    let known = Known::read(shell, going, person.id).await?;
    Ok(record_of(&known).map(|record| (person, record)))
}

/// The record that is meant: the one that the application names, or the one that it is used with.
pub fn record_of(known: &Known) -> Option<Record> {
    let id = match known.meant {
        Meant::This(id) => known.allowed(id).map(|allowed| allowed.record.id),
        Meant::Any => known.selected.or(known.allowed.first().map(|allowed| allowed.record.id)),
        Meant::Nothing => None,
    };
    known.records.iter().find(|record| Some(record.id) == id).cloned()
}

fn page(
    shell: &Shell,
    guest: &Guest,
    going: &Going,
    record: &Record,
    with: impl FnOnce(RecordSettings) -> RecordSettings,
) -> Result<Response, Fault> {
    let frame = going.frame(shell, guest);
    let app = Some(going.app(&frame.t));
    let frame = crate::pages::Frame { whose: Some(own::badge(record)), ..frame };
    let page = record_settings::filled(frame, record, going.at(paths::EDIT_RECORD));
    let page = with(RecordSettings { app, ..page });
    Ok(going.policy().page(page.render()?))
}
