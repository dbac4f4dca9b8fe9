//! What was removed from a record, the latest first: for its custodian.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::authorizations::Caller;
use keepwell_core::things::{self, Thing};
use uuid::Uuid;

use super::fault::Fault;
use super::guest::Guest;
use super::items::{Older, PAGE};
use super::query::Query;
use super::records::At;
use super::writers::Writers;
use super::{Shell, item_words, moment, records as own, words};
use crate::pages::removed_items::{RemovedItems, RemovedRow};
use crate::security_headers::PagePolicy;

/// The page.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    At(record): At<Uuid>,
    Query(older): Query<Older>,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(&shell, person, record).await?;
    let after = item_words::read_place(older.after.as_deref());
    let found = things::removed(&shell.domain, &Caller::person(person.id), record.id, after, PAGE).await?;
    let frame = own::frame(&shell, &guest, &record);
    let removals = found.things.iter().map(|thing| thing.updated);
    let writers = Writers::of(&shell, person.id, removals, &frame.t).await?;
    let row = |thing: &Thing| RemovedRow {
        line: item_words::line(thing, &frame.t),
        kind: words::kind_alone(thing.type_id, &frame.t),
        removed: moment(thing.updated.at),
        who: writers.who(&thing.updated, &frame.t),
        to: own::item_at(&record, thing.key.id),
    };
    let older = |place| format!("{}?after={}", own::removed_at(&record), item_words::written(&place));
    let page = RemovedItems {
        record_name: record.rights.display_name.clone(),
        items: found.things.iter().map(row).collect(),
        older_to: found.next.map(older),
        back_to: own::items_at(&record),
        frame,
    };
    Ok(PagePolicy::default().page(page.render()?))
}
