//! The items of a kind, the newest first.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use keepwell_core::authorizations::Caller;
use keepwell_core::ids::TypeId;
use keepwell_core::thing_types;
use keepwell_core::things::{self, Thing};
use serde::Deserialize;
use uuid::Uuid;

use super::fault::Fault;
use super::guest::Guest;
use super::records::At;
use super::writers::Writers;
use super::{Shell, item_words, records as own, words};
use crate::pages::items::{ItemRow, Items};
use crate::security_headers::PagePolicy;

/// How many stand on a page.
pub const PAGE: u32 = 50;

/// Where a page of older items begins.
#[derive(Deserialize)]
pub struct Older {
    /// After this place.
    pub after: Option<String>,
}

/// The page.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    At((record, kind)): At<(Uuid, Uuid)>,
    Query(older): Query<Older>,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(&shell, person, record).await?;
    let kind = thing_types::find(TypeId(kind)).ok_or_else(Fault::not_found)?.id;
    let after = item_words::read_place(older.after.as_deref());
    let caller = Caller::person(person.id);
    let found = things::of_kind(&shell.domain, &caller, record.id, kind, after, PAGE).await?;
    let frame = own::frame(&shell, &guest, &record);
    let written = found.things.iter().map(|thing| thing.created);
    let writers = Writers::of(&shell, person.id, written, &frame.t).await?;
    let row = |thing: &Thing| ItemRow {
        line: item_words::line(thing, &frame.t),
        when: thing.eff_date,
        from: writers.who(&thing.created, &frame.t),
        attachments: !thing.blobs.is_empty(),
        to: own::item_at(&record, thing.key.id),
    };
    let older = |place| format!("{}?after={}", own::kind_at(&record, kind), item_words::written(&place));
    let page = Items {
        kind: words::kind_alone(kind, &frame.t),
        record_name: record.rights.display_name.clone(),
        items: found.things.iter().map(row).collect(),
        older_to: found.next.map(older),
        back_to: own::items_at(&record),
        frame,
    };
    Ok(PagePolicy::default().page(page.render()?))
}
