//! All that a record holds, by date, or all of one kind.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::authorizations::Caller;
use keepwell_core::ids::TypeId;
use keepwell_core::records::Record;
use keepwell_core::thing_types;
use keepwell_core::things::{self, Thing, Walk};
use serde::Deserialize;
use uuid::Uuid;

use super::fault::Fault;
use super::guest::Guest;
use super::query::Query;
use super::records::At;
use super::writers::Writers;
use super::{Shell, item_words, records as own, words};
use crate::locale::{Key, Texts};
use crate::pages::timeline::{Month, Timeline, TimelineRow};
use crate::security_headers::{PagePolicy, see_other};

/// How many stand on a page.
const PAGE: usize = 50;
/// The most kinds that are shown together.
const KINDS: usize = 50;

/// Which part.
#[derive(Default, Deserialize)]
pub struct Shown {
    /// Only of this kind, or of these with commas between.
    kind: Option<String>,
    /// After this place.
    after: Option<String>,
}

/// The page.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    At(record): At<Uuid>,
    Query(shown): Query<Shown>,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(&shell, person, record).await?;
    let caller = Caller::person(person.id);
    let named = shown.kind.unwrap_or_default();
    let chosen: Vec<TypeId> = named
        .split(',')
        .take(KINDS)
        .filter_map(|kind| Some(thing_types::find(TypeId(kind.parse().ok()?))?.id))
        .collect();
    let walk = Walk {
        types: Some(chosen.clone()).filter(|chosen| !chosen.is_empty()),
        after: item_words::read_place(shown.after.as_deref()),
        ..Walk::default()
    };
    let mut found: Vec<Thing> = Vec::new();
    let walked = things::walk(&shell.domain, &caller, record.id, &walk, &mut |thing| {
        found.push(thing);
        found.len() < PAGE
    })
    .await?;
    let kinds = things::kinds(&shell.domain, &caller, record.id).await?;
    let frame = own::frame(&shell, &guest, &record).here(Key("round-timeline"));
    let writers = Writers::of(&shell, person.id, found.iter().map(|thing| thing.created), &frame.t).await?;
    let here = own::timeline_at(&record);
    let ids: Vec<String> = chosen.iter().map(ToString::to_string).collect();
    let only = if ids.is_empty() { String::new() } else { format!("kind={}&", ids.join(",")) };
    let is_chosen = |id| matches!(chosen[..], [kind] if thing_types::are_related(kind, id));
    let mut kinds: Vec<(String, String, bool)> = kinds
        .iter()
        .map(|kind| {
            (kind.type_id.to_string(), words::kind_alone(kind.type_id, &frame.t), is_chosen(kind.type_id))
        })
        .collect();
    kinds.sort_by(|a, b| a.1.cmp(&b.1));
    let page = Timeline {
        months: months(&record, &found, &writers, &frame.t),
        record_name: record.rights.display_name.clone(),
        kinds,
        older_to: walked.next.map(|place| format!("{here}?{only}after={}", item_words::written(&place))),
        here,
        frame,
    };
    Ok(PagePolicy::default().page(page.render()?))
}

fn months(record: &Record, found: &[Thing], writers: &Writers, t: &Texts) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    for thing in found {
        let row = TimelineRow {
            line: item_words::line(thing, t),
            kind: words::kind_alone(thing.type_id, t),
            when: thing.eff_date,
            from: writers.who(&thing.created, t),
            to: own::item_at(record, thing.key.id),
        };
        let name = t.month_on_the_wall(thing.eff_date);
        match months.last_mut().filter(|month| month.name == name) {
            Some(month) => month.rows.push(row),
            None => months.push(Month { name, rows: vec![row] }),
        }
    }
    months
}

/// The address that the timeline had before.
pub async fn older_address(At(record): At<Uuid>) -> Response {
    see_other(&format!("/records/{record}/timeline"))
}
