//! Search in a record: over the words that its pages show, thing by thing, so far at a time.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::authorizations::Caller;
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
use crate::pages::fields::Fields;
use crate::pages::search::Search;
use crate::pages::timeline::TimelineRow;
use crate::redirect::params::encode;
use crate::security_headers::PagePolicy;

/// How many finds stand on a page.
const PAGE: usize = 30;
/// The longest words that are searched for.
const LONGEST: usize = 100;

/// What is searched for.
#[derive(Default, Deserialize)]
pub struct Wanted {
    q: Option<String>,
    after: Option<String>,
}

/// The page.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    At(record): At<Uuid>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(&shell, person, record).await?;
    let frame = own::frame(&shell, &guest, &record).here(Key("round-search"));
    let said: String = wanted.q.unwrap_or_default().trim().chars().take(LONGEST).collect();
    let sought = Sought::of(&said);
    let mut found: Vec<Thing> = Vec::new();
    let mut next = None;
    if !sought.0.is_empty() {
        let walk = Walk { after: item_words::read_place(wanted.after.as_deref()), ..Walk::default() };
        let caller = Caller::person(person.id);
        let walked = things::walk(&shell.domain, &caller, record.id, &walk, &mut |thing| {
            if sought.is_in(&thing, &frame.t) {
                found.push(thing);
            }
            found.len() < PAGE
        })
        .await?;
        next = walked.next;
    }
    let writers = Writers::of(&shell, person.id, found.iter().map(|thing| thing.created), &frame.t).await?;
    let row = |thing: &Thing| TimelineRow {
        line: item_words::line(thing, &frame.t),
        kind: words::kind_alone(thing.type_id, &frame.t),
        when: thing.eff_date,
        from: writers.who(&thing.created, &frame.t),
        to: own::item_at(&record, thing.key.id),
    };
    let here = own::search_at(&record);
    let on = |place| format!("{here}?q={}&after={}", encode(said.as_bytes()), item_words::written(&place));
    let page = Search {
        record_name: record.rights.display_name.clone(),
        found: found.iter().map(row).collect(),
        looked_to: next.map(|place| place.at),
        on_to: next.map(on),
        words: said,
        here,
        frame,
    };
    Ok(PagePolicy::default().page(page.render()?))
}

/// Words, all of which must be found.
struct Sought(Vec<String>);

impl Sought {
    fn of(text: &str) -> Self {
        Self(text.split_whitespace().map(str::to_lowercase).collect())
    }

    fn is_in(&self, thing: &Thing, t: &Texts) -> bool {
        let mut said = item_words::line(thing, t);
        said.push('\n');
        said.push_str(&words::kind_alone(thing.type_id, t));
        collect(&item_words::fields(thing, t).0, &mut said);
        said.push('\n');
        said.push_str(&thing.tags);
        let said = said.to_lowercase();
        self.0.iter().all(|word| said.contains(word.as_str()))
    }
}

fn collect(fields: &Fields, said: &mut String) {
    for row in &fields.rows {
        if let Some(value) = &row.value {
            said.push('\n');
            said.push_str(value);
        }
        collect(&row.inside, said);
    }
}
