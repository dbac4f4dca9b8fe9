//! Records that wait to be erased, and how to keep them.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::authorizations::{self, AccessError, Caller};
use keepwell_core::erasure::{self, CloseRecordError};
use keepwell_core::ids::RecordId;
use uuid::Uuid;

use super::Shell;
use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use crate::components::Badge;
use crate::pages::leaving::{Leaving, LeavingRow};
use crate::pages::trouble::What;
use crate::paths;
use crate::security_headers::{PagePolicy, see_other};

/// The page.
pub async fn show(State(shell): State<Shell>, guest: Guest) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let frame = guest.frame(&shell);
    let leaving = erasure::leaving(&shell.domain, person.id).await?.into_iter();
    let rows = leaving.map(|one| LeavingRow {
        value: one.record.to_string(),
        badge: Badge::new(&one.name, one.record.0).of_shut(),
        erased_on: frame.t.day_in_full(one.erase_after),
    });
    let page = Leaving { rows: rows.collect(), frame };
    Ok(PagePolicy::default().page(page.render()?))
}

/// The form: keep this one.
pub async fn submit(State(shell): State<Shell>, guest: Guest, form: Posted) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = Uuid::try_parse(&form.text("record")).map_err(|_| Fault::not_found())?;
    match erasure::keep_record(&shell.domain, person.id, RecordId(record)).await {
        Ok(()) => Ok(see_other(&format!("/records/{record}"))),
        // Kept in another window, or too late: the page shows how it is.
        Err(CloseRecordError::NotTheirs | CloseRecordError::Shared) => {
            let door =
                authorizations::open(&shell.domain, &Caller::person(person.id), RecordId(record)).await;
            if matches!(door, Err(AccessError::Denied)) {
                shell.denied(person.id, RecordId(record)).await;
            }
            Ok(see_other(paths::LEAVING))
        }
        Err(CloseRecordError::Changed) => Err(Fault::of(What::Busy)),
        Err(CloseRecordError::Outage(outage)) => Err(outage.into()),
    }
}
