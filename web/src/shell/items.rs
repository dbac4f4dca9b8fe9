//! The items of a kind, the newest first.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::authorizations::Caller;
use keepwell_core::ids::TypeId;
use keepwell_core::records::Record;
use keepwell_core::thing_types::{self, ThingType};
use keepwell_core::things::{self, Thing, Walk};
use serde::Deserialize;
use uuid::Uuid;

use super::fault::Fault;
use super::guest::Guest;
use super::measures::{self, Column, Drawn};
use super::query::Query;
use super::records::At;
use super::writers::Writers;
use super::{Shell, item_words, records as own, words, write_item};
use crate::locale::{Key, Texts};
use crate::pages::items::{Figure, ItemRow, Items, Number, Range};
use crate::plot::Plot;
use crate::security_headers::PagePolicy;

/// How many stand on a page.
pub const PAGE: u32 = 50;

/// Where a page of older items begins.
#[derive(Default, Deserialize)]
pub struct Older {
    /// After this place.
    pub after: Option<String>,
    /// How far back plots go.
    pub range: Option<String>,
}

const DAY: i64 = 86_400_000_000;

/// How far back a plot goes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Back {
    Month,
    Year,
    All,
}

const BACK: [(Back, &str, Key); 3] = [
    (Back::Month, "month", Key("range-month")),
    (Back::Year, "year", Key("range-year")),
    (Back::All, "all", Key("range-all")),
];

impl Back {
    fn since(self, now: i64) -> i64 {
        match self {
            Self::Month => now - 30 * DAY,
            Self::Year => now - 365 * DAY,
            Self::All => i64::MIN,
        }
    }
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
    let kind = thing_types::find(TypeId(kind)).ok_or_else(Fault::not_found)?;
    let after = item_words::read_place(older.after.as_deref());
    let caller = Caller::person(person.id);
    let found = things::of_kind(&shell.domain, &caller, record.id, kind.id, after, PAGE).await?;
    let frame = own::frame(&shell, &guest, &record);
    let add_to = record.rights.custodian && write_item::can_be_added(&shell, kind, &frame.t).await?;
    let columns = shown_columns(kind, &found.things, &frame.t);
    let here = own::kind_at(&record, kind.id);
    let wanted = BACK.into_iter().find(|(_, name, _)| older.range.as_deref() == Some(*name));
    let drawn = match after.is_none() && found.things.len() > 1 && !columns.is_empty() {
        true => Some(
            draw(&shell, &caller, &record, kind, &columns, wanted.map(|(back, ..)| back), &frame.t).await?,
        ),
        false => None,
    };
    let written = found.things.iter().map(|thing| thing.created);
    let writers = Writers::of(&shell, person.id, written, &frame.t).await?;
    let row = |thing: &Thing| ItemRow {
        line: item_words::line(thing, &frame.t),
        when: thing.eff_date,
        from: writers.who(&thing.created, &frame.t),
        numbers: measures::numbers(thing, &columns, &frame.t)
            .into_iter()
            .zip(&columns)
            .map(|(number, column)| number.map(|number| Number::of(&column.text(number))))
            .collect(),
        attachments: !thing.blobs.is_empty(),
        to: own::item_at(&record, thing.key.id),
    };
    let (back, drawn, part) =
        drawn.map_or((None, None, None), |(back, drawn, part)| (Some(back), Some(drawn), part));
    let range = |(each, name, key): &(Back, &str, Key)| Range {
        name: *key,
        to: format!("{here}?range={name}"),
        chosen: back == Some(*each),
    };
    let figure = |plot: &Plot| Figure {
        title: plot.title.clone(),
        drawing: plot.draw(&frame.t),
        words: plot.in_words(&frame.t),
    };
    let page = Items {
        kind: words::kind_alone(kind.id, &frame.t),
        record_name: record.rights.display_name.clone(),
        add_to: add_to.then(|| own::add_one_at(&record, kind.id)),
        items: found.things.iter().map(row).collect(),
        columns: columns.iter().map(Column::heading).collect(),
        figures: drawn.iter().flat_map(|drawn| &drawn.plots).map(figure).collect(),
        ranges: if drawn.is_some() { BACK.iter().map(range).collect() } else { Vec::new() },
        means: drawn.as_ref().is_some_and(|drawn| drawn.means),
        part,
        older_to: found.next.map(|place| format!("{here}?after={}", item_words::written(&place))),
        back_to: own::items_at(&record),
        frame,
    };
    Ok(PagePolicy::default().page(page.render()?))
}

/// The columns in which any of the things has a number.
fn shown_columns(kind: &ThingType, things: &[Thing], t: &Texts) -> Vec<Column> {
    let columns = measures::columns(kind, t);
    let numbers: Vec<Vec<Option<f64>>> =
        things.iter().map(|thing| measures::numbers(thing, &columns, t)).collect();
    let has = |nth: usize| numbers.iter().any(|numbers| numbers.get(nth).copied().flatten().is_some());
    columns.iter().enumerate().filter(|(nth, _)| has(*nth)).map(|(_, column)| column.clone()).collect()
}

/// The plots as far back as was wanted, or else over the year, or over everything where the year has too little
/// to draw; and how many things they are of, where there are more than could be read.
async fn draw(
    shell: &Shell,
    caller: &Caller,
    record: &Record,
    kind: &'static ThingType,
    columns: &[Column],
    wanted: Option<Back>,
    t: &Texts,
) -> Result<(Back, Drawn, Option<u32>), Fault> {
    let now = t.now_on_the_wall();
    let mut back = wanted.unwrap_or(Back::Year);
    let (mut read, mut part) = read(shell, caller, record, kind, columns, back.since(now), t).await?;
    if wanted.is_none() && read.len() < 2 {
        back = Back::All;
        (read, part) = self::read(shell, caller, record, kind, columns, back.since(now), t).await?;
    }
    let span = match back {
        Back::All => {
            let (first, last) =
                (read.last().map_or(now, |(at, _)| *at), read.first().map_or(now, |(at, _)| *at));
            let room = ((last - first) / 50).max(DAY / 2);
            (first - room, last + room)
        }
        // What is dated ahead, by a clock that goes wrong or an hour to the east, is not far ahead.
        _ => (back.since(now), now + DAY / 24),
    };
    Ok((back, measures::plots(kind, columns, &read, span, t), part))
}

type Numbers = Vec<(i64, Vec<Option<f64>>)>;

async fn read(
    shell: &Shell,
    caller: &Caller,
    record: &Record,
    kind: &'static ThingType,
    columns: &[Column],
    since: i64,
    t: &Texts,
) -> Result<(Numbers, Option<u32>), Fault> {
    let walk = Walk { types: Some(vec![kind.id]), since, after: None };
    let mut numbers = Numbers::new();
    let walked = things::walk(&shell.domain, caller, record.id, &walk, &mut |thing: Thing| {
        if measures::is_about_the_person(&thing) {
            numbers.push((thing.eff_date, measures::numbers(&thing, columns, t)));
        }
        true
    })
    .await?;
    let part = walked.next.map(|_| u32::try_from(walked.looked).unwrap_or(u32::MAX));
    Ok((numbers, part))
}
