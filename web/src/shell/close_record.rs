//! Erase one record: asked once more, with what it means.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::erasure::{self, CloseRecordError};
use keepwell_core::persons::Person;
use keepwell_core::records::Record;
use uuid::Uuid;

use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::records::At;
use super::{Shell, closure_letters, records as own, step_up};
use crate::components::Trouble;
use crate::pages::close_record::CloseRecord;
use crate::pages::closed::{Closed, Was};
use crate::pages::trouble::What;
use crate::security_headers::{PagePolicy, see_other};

/// A record and its custodian, who has proved lately who they are.
async fn own_record<'g>(
    shell: &Shell,
    guest: &'g Guest,
    record: Uuid,
) -> Result<(&'g Person, Record), Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(shell, person, record).await?;
    match record.rights.custodian && record.state.is_open() {
        true => Ok((step_up::fresh(shell, guest)?.0, record)),
        false => Err(Fault::denied()),
    }
}

/// The page.
pub async fn show(State(shell): State<Shell>, guest: Guest, At(record): At<Uuid>) -> Result<Response, Fault> {
    let (person, record) = own_record(&shell, &guest, record).await?;
    Ok(PagePolicy::default().page(page(&shell, &guest, person, &record, None).await?.render()?))
}

/// The form.
pub async fn submit(
    State(shell): State<Shell>,
    guest: Guest,
    At(record): At<Uuid>,
    form: Posted,
) -> Result<Response, Fault> {
    let (person, record) = own_record(&shell, &guest, record).await?;
    if form.raw("decision") != "close" {
        return Ok(see_other(&own::settings_at(&record)));
    }
    if !form.ticked("agreed") {
        let again = page(&shell, &guest, person, &record, Some(Trouble::NotTicked)).await?;
        return Ok(PagePolicy::default().page(again.render()?));
    }
    let t = guest.texts(&shell, None);
    let write =
        |name: &str, erase_after| closure_letters::record_closed(&shell, &t, person, name, erase_after);
    match erasure::close_record(&shell.domain, person, record.id, write).await {
        Ok(erase_after) => {
            let frame = guest.frame(&shell);
            let was = Was::Record(record.rights.display_name);
            let page = Closed { until: frame.t.day_in_full(erase_after), was, frame };
            Ok(PagePolicy::default().page(page.render()?))
        }
        Err(CloseRecordError::Shared) => Ok(see_other(&own::close_at(&record))),
        Err(CloseRecordError::NotTheirs) => Err(Fault::denied()),
        Err(CloseRecordError::Changed) => Err(Fault::of(What::Busy)),
        Err(CloseRecordError::Outage(outage)) => Err(outage.into()),
    }
}

async fn page(
    shell: &Shell,
    guest: &Guest,
    person: &Person,
    record: &Record,
    trouble: Option<Trouble>,
) -> Result<CloseRecord, Fault> {
    let fates = erasure::fates(&shell.domain, person.id).await?;
    let fate = fates.into_iter().find(|fate| fate.record.id == record.id);
    let others = match fate.map(|fate| fate.becomes) {
        Some(erasure::Becomes::Stays(others)) => others,
        _ => Vec::new(),
    };
    let frame = own::frame(shell, guest, record);
    Ok(CloseRecord {
        name: record.rights.display_name.clone(),
        others: (!others.is_empty()).then(|| frame.t.list(&others)),
        erased_on: frame.t.day_in_full(shell.domain.env.now().saturating_add(shell.domain.grace())),
        copy_to: own::copy_at(record),
        post_to: own::close_at(record),
        back_to: own::settings_at(record),
        trouble,
        frame,
    })
}
