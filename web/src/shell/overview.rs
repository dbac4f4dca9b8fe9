//! A record at a glance.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::authorizations::Caller;
use keepwell_core::ids::TypeId;
use keepwell_core::records::{Operation, Record};
use keepwell_core::thing_types;
use keepwell_core::things::{self, Changed, Criteria, Group, GroupAnswer, KindHeld, Thing};
use uuid::Uuid;

use super::fault::Fault;
use super::guest::Guest;
use super::records::At;
use super::writers::Writers;
use super::{Shell, activity, item_words, moment, records as own, words};
use crate::locale::{Key, Texts};
use crate::pages::overview::{AtHand, Latest, News, Overview};
use crate::security_headers::PagePolicy;

/// How many measurements are shown.
const MEASURES: usize = 8;
/// How many of each kind that is at hand are shown.
const AT_HAND: u32 = 6;
/// How many changes are looked at, and how many lines they make at most.
const NEWS: (u32, usize) = (60, 6);

/// Days in which somebody else's look is told.
const LOOKED: i64 = 30;

/// What is at hand: its root, its heading, and what is said if there is none.
const KINDS: [(&str, Key, Key); 3] = [
    ("medication", Key("overview-medicines"), Key("overview-no-medicines")),
    ("allergy", Key("overview-allergies"), Key("overview-no-allergies")),
    ("condition", Key("overview-conditions"), Key("overview-no-conditions")),
];

/// The page.
pub async fn show(State(shell): State<Shell>, guest: Guest, At(record): At<Uuid>) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(&shell, person, record).await?;
    let caller = Caller::person(person.id);
    let kinds = things::kinds(&shell.domain, &caller, record.id).await?;
    let frame = own::frame(&shell, &guest, &record).here(Key("round-overview"));
    let measured: Vec<&KindHeld> =
        kinds.iter().filter(|kind| is_measured(kind.type_id)).take(MEASURES).collect();
    let now = frame.t.now_on_the_wall();
    let mut groups: Vec<Group> = measured.iter().map(|kind| newest(kind.type_id, 1, i64::MIN)).collect();
    let at_hand = KINDS.iter().filter_map(|(root, ..)| Some(thing_types::by_name(root)?.id));
    // What is over is not at hand: its end lies behind us.
    groups.extend(at_hand.map(|kind| newest(kind, AT_HAND, now)));
    let (mut found, _) = things::get(&shell.domain, &caller, record.id, &groups).await?;
    let rest = found.split_off(measured.len().min(found.len()));
    let latest = measured.iter().zip(&found).filter_map(|(kind, group)| {
        let thing = group.full.first()?;
        Some(Latest {
            kind: words::kind_alone(kind.type_id, &frame.t),
            says: item_words::line(thing, &frame.t),
            when: thing.eff_date,
            to: own::kind_at(&record, kind.type_id),
        })
    });
    let changed = things::latest(&shell.domain, &caller, record.id, NEWS.0).await?;
    let written = changed.iter().map(|changed| changed.thing.updated);
    let writers = Writers::of(&shell, person.id, written, &frame.t).await?;
    let page = Overview {
        latest: latest.collect(),
        at_hand: KINDS
            .iter()
            .zip(rest)
            .map(|(kind, group)| at_hand_of(&record, kind, &group, &frame.t))
            .collect(),
        news: news(&record, &changed, &writers, &frame.t),
        empty: kinds.is_empty() && changed.is_empty(),
        record_name: record.rights.display_name.clone(),
        add_to: record.rights.custodian.then(|| own::add_at(&record)),
        looked: activity::last_look(&shell, person, &record, LOOKED, &frame.t).await?,
        activity_to: own::activity_at(&record),
        timeline_to: own::timeline_at(&record),
        settings_to: own::settings_at(&record),
        frame,
    };
    Ok(PagePolicy::default().page(page.render()?))
}

/// Whether things of the kind are told by numbers of one's body, one thing a time.
fn is_measured(kind: TypeId) -> bool {
    const NOT: [&str; 3] = ["medication-fill", "insulin-injection", "lab-test-results"];
    thing_types::find(kind).is_some_and(|kind| !kind.measures.is_empty() && !NOT.contains(&kind.root))
}

/// The newest of a kind that do not end before a moment.
fn newest(kind: TypeId, count: u32, end: i64) -> Group {
    let criteria = Criteria { types: Some(vec![kind]), end_date: (end, i64::MAX), ..Criteria::default() };
    Group { criteria, max_full: Some(count), ..Group::default() }
}

fn at_hand_of(record: &Record, kind: &(&str, Key, Key), found: &GroupAnswer, t: &Texts) -> AtHand {
    let (root, heading, none) = *kind;
    let item =
        |thing: &Thing| (item_words::line(thing, t), thing.eff_date, own::item_at(record, thing.key.id));
    AtHand {
        heading,
        none,
        items: found.full.iter().map(item).collect(),
        more: u32::try_from(found.infos.len()).unwrap_or(u32::MAX),
        all_to: thing_types::by_name(root)
            .filter(|_| !found.full.is_empty())
            .map(|kind| own::kind_at(record, kind.id)),
    }
}

/// What was done, the latest first: what one writer did to one kind is one line.
fn news(record: &Record, changed: &[Changed], writers: &Writers, t: &Texts) -> Vec<News> {
    let mut lines: Vec<(&Changed, u32)> = Vec::new();
    for one in changed {
        match lines.iter_mut().find(|(first, _)| is_alike(first, one)) {
            Some((_, more)) => *more += 1,
            None => lines.push((one, 0)),
        }
    }
    let line = |(one, more): (&Changed, u32)| News {
        change: match one.operation {
            Operation::Create => Key("version-added"),
            Operation::Update => Key("version-changed"),
            Operation::Delete => Key("version-removed"),
        },
        line: item_words::line(&one.thing, t),
        kind: words::kind_alone(one.thing.type_id, t),
        more,
        at: moment(one.thing.updated.at),
        who: writers.who(&one.thing.updated, t),
        to: own::item_at(record, one.thing.key.id),
    };
    lines.into_iter().take(NEWS.1).map(line).collect()
}

fn is_alike(a: &Changed, b: &Changed) -> bool {
    let (first, second) = (&a.thing.updated, &b.thing.updated);
    a.operation == b.operation
        && (first.app, first.person) == (second.app, second.person)
        && thing_types::are_related(a.thing.type_id, b.thing.type_id)
}
