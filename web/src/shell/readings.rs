//! What is in a record, the latest first.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use keepwell_core::authorizations::Caller;
use keepwell_core::things::{self, Criteria, Group, Thing};
use serde::Deserialize;
use uuid::Uuid;

use super::fault::Fault;
use super::guest::Guest;
use super::reading_value::{self, Reading};
use super::records::At;
use super::writers::Writers;
use super::{Shell, records as own, words};
use crate::pages::readings::{ReadingRow, Readings};
use crate::security_headers::PagePolicy;

/// How many stand on a page.
const PAGE: usize = 50;

/// Where a page of older readings begins: a date in microseconds, wall clock.
#[derive(Deserialize)]
pub struct Older {
    before: Option<String>,
}

/// The page.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    At(record): At<Uuid>,
    Query(older): Query<Older>,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(&shell, person, record).await?;
    let mut criteria = Criteria::default();
    if let Some(before) = older.before.and_then(|before| before.parse().ok()) {
        criteria.eff_date.1 = before;
    }
    let count = u32::try_from(PAGE + 1).ok();
    let group = Group { criteria, max: count, max_full: count, ..Group::default() };
    let (mut groups, _) = things::get(&shell.domain, &Caller::person(person.id), record.id, &[group]).await?;
    let mut found = groups.pop().map(|group| group.full).unwrap_or_default();
    let older_to = found.get(PAGE).map(|next| {
        // Bounds are inclusive. A page of nothing but one moment is stepped over.
        let stuck = found.first().is_some_and(|first| first.eff_date == next.eff_date);
        format!("{}?before={}", own::readings_at(&record), next.eff_date - i64::from(stuck))
    });
    found.truncate(PAGE);
    let frame = own::frame(&shell, &guest, &record);
    let writers = Writers::of(&shell, person.id, found.iter().map(|thing| thing.created), &frame.t).await?;
    let row = |thing: &Thing| {
        let Reading { value, unit } = reading_value::of(thing, &frame.t);
        ReadingRow {
            when: thing.eff_date,
            what: words::kind_alone(thing.type_id, &frame.t),
            value,
            unit,
            from: writers.app(&thing.created),
            to: own::item_at(&record, thing.key.id),
        }
    };
    let readings = found.iter().map(row).collect();
    let page = Readings {
        record_name: record.rights.display_name.clone(),
        readings,
        older_to,
        items_to: own::items_at(&record),
        apps_to: own::apps_at(&record),
        frame,
    };
    Ok(PagePolicy::default().page(page.render()?))
}
