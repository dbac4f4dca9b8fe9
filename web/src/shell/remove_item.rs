//! Remove an item: for the record's custodian.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use keepwell_core::authorizations::Caller;
use keepwell_core::ids::{ThingId, VersionStamp};
use keepwell_core::things::{self, Problem, ThingError};
use uuid::Uuid;

use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::records::At;
use super::{Shell, item, item_words, records as own, words};
use crate::components::{Notice, Tone};
use crate::pages::remove_item::RemoveItem;
use crate::security_headers::{PagePolicy, see_other};

/// The page that asks once more.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    At((record, id)): At<(Uuid, Uuid)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(&shell, person, record).await?;
    if !record.rights.custodian {
        return Err(Fault::denied());
    }
    let known = item::find(&shell, person, &record, ThingId(id), None).await?;
    if known.removed {
        return Err(Fault::not_found());
    }
    let thing = known.shown;
    let mut frame = own::frame(&shell, &guest, &record);
    if query.as_deref() == Some("meanwhile") {
        let text = frame.t.say("remove-item-meanwhile");
        frame = frame.saying(Notice::with(Tone::Plain, text));
    }
    let page = RemoveItem {
        line: item_words::line(&thing, &frame.t),
        kind: words::kind_alone(thing.type_id, &frame.t),
        when: thing.eff_date,
        record_name: record.rights.display_name.clone(),
        version: thing.key.stamp.to_string(),
        post_to: own::remove_at(&record, thing.key.id),
        frame,
    };
    Ok(PagePolicy::default().page(page.render()?))
}

/// The form.
pub async fn submit(
    State(shell): State<Shell>,
    guest: Guest,
    At((record, id)): At<(Uuid, Uuid)>,
    form: Posted,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(&shell, person, record).await?;
    if !record.rights.custodian {
        return Err(Fault::denied());
    }
    let id = ThingId(id);
    if form.raw("decision") != "remove" {
        return Ok(see_other(&own::item_at(&record, id)));
    }
    let stamp = form.text("version").parse().map(VersionStamp).map_err(|_| Fault::not_found())?;
    let asked = [(id, Some(stamp))];
    let to = match things::remove(&shell.domain, &Caller::person(person.id), record.id, &asked).await {
        Ok(()) => format!("{}?removed", own::item_at(&record, id)),
        // What the person looked at is no longer what is there: they look again.
        Err(ThingError::Item { problem: Problem::StampMismatch, .. }) => {
            format!("{}?meanwhile", own::remove_at(&record, id))
        }
        // Removed in another window, or never there: the item's page knows.
        Err(ThingError::Item { problem: Problem::Unknown, .. }) => own::item_at(&record, id),
        Err(error) => {
            shell.denied_write(person.id, record.id, &error).await;
            format!("{}?{}", own::item_at(&record, id), item::refused(error)?)
        }
    };
    Ok(see_other(&to))
}
