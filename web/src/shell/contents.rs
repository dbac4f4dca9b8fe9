//! What is in a record, by kind.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::authorizations::Caller;
use keepwell_core::things;
use uuid::Uuid;

use super::fault::Fault;
use super::guest::Guest;
use super::records::At;
use super::{Shell, records as own, words};
use crate::locale::Key;
use crate::pages::contents::{Contents, KindRow};
use crate::security_headers::PagePolicy;

/// The page.
pub async fn show(State(shell): State<Shell>, guest: Guest, At(record): At<Uuid>) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(&shell, person, record).await?;
    let kinds = things::kinds(&shell.domain, &Caller::person(person.id), record.id).await?;
    let frame = own::frame(&shell, &guest, &record).here(Key("round-kinds"));
    let row = |kind: &things::KindHeld| KindRow {
        name: words::kind_alone(kind.type_id, &frame.t),
        count: u32::try_from(kind.count).unwrap_or(u32::MAX),
        latest: kind.latest,
        to: own::kind_at(&record, kind.type_id),
    };
    let page = Contents {
        kinds: kinds.iter().map(row).collect(),
        record_name: record.rights.display_name.clone(),
        removed_to: record.rights.custodian.then(|| own::removed_at(&record)),
        frame,
    };
    Ok(PagePolicy::default().page(page.render()?))
}
