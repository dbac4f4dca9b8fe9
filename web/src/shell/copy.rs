//! A copy of a record to keep.

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderValue, header};
use keepwell_core::authorizations::Caller;
use keepwell_core::things;
use uuid::Uuid;

use super::copy_contents::Contents;
use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::records::At;
use super::{Shell, records as own, step_up};
use crate::archive::archive;
use crate::attachments;
use crate::pages::copy::Copy;
use crate::pages::trouble::What;
use crate::security_headers::{PagePolicy, alone};

/// Copies that are made at the same time.
pub const AT_ONCE: usize = 8;

/// The page.
pub async fn show(State(shell): State<Shell>, guest: Guest, At(record): At<Uuid>) -> Result<Response, Fault> {
    let (person, _) = step_up::fresh(&shell, &guest)?;
    let record = own::find(&shell, person, record).await?;
    if !record.rights.custodian {
        return Err(Fault::denied());
    }
    let page = Copy {
        frame: own::frame(&shell, &guest, &record),
        record_name: record.rights.display_name.clone(),
        post_to: own::copy_at(&record),
        back_to: own::items_at(&record),
    };
    Ok(PagePolicy::default().page(page.render()?))
}

/// The form: what is answered is the copy.
pub async fn submit(
    State(shell): State<Shell>,
    guest: Guest,
    At(record): At<Uuid>,
    _form: Posted,
) -> Result<Response, Fault> {
    let (person, _) = step_up::fresh(&shell, &guest)?;
    let record = own::find(&shell, person, record).await?;
    let room = Arc::clone(&shell.copies).try_acquire_owned().map_err(|_| Fault::of(What::Busy))?;
    let caller = Caller::person(person.id);
    things::begin_export(&shell.domain, &caller, record.id).await?;
    let t = guest.texts(&shell, None);
    let today = shell.now().to_zoned_datetime(shell.settings.zone.clone()).date();
    let named = t.say_two("copy-file", "name", record.rights.display_name.replace('.', " "), "day", today);
    let kind = attachments::Kind::of(Some(b"PK\x03\x04"));
    let name = attachments::file_name(&format!("{named}.zip"), "record", kind, false);
    let (archive, sent) = archive();
    let contents = Contents { shell: shell.clone(), you: person.id, caller, record, t };
    tokio::spawn(async move {
        let _room = room;
        // Who downloads it sees that it broke off.
        if let Err(error) = contents.fill(archive).await {
            tracing::warn!(%error, "a copy of a record broke off");
        }
    });
    let mut response = Response::new(Body::from_stream(sent));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    if let Ok(value) = HeaderValue::try_from(attachments::header("attachment", &name)) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(alone(response))
}
