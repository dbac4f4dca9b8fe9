//! Who looked at a record, and all else that was done to it.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use keepwell_core::applications;
use keepwell_core::audit::{self, Actor, Deed, Filter, Logged, STRANGER, Who};
use keepwell_core::authorizations::{self, Avenue, Caller};
use keepwell_core::env::DAY;
use keepwell_core::ids::{AppId, PersonId};
use keepwell_core::persons::Person;
use keepwell_core::records::Record;
use keepwell_core::things::Writing;
use serde::Deserialize;
use uuid::Uuid;

use super::fault::Fault;
use super::guest::Guest;
use super::query::Query;
use super::records::At;
use super::writers::Writers;
use super::{Shell, activity_words, moment, records as own};
use crate::components::Choice;
use crate::locale::{Key, Texts};
use crate::pages::activity::{Activity, ActivityRow, ReaderRow, Search};
use crate::security_headers::PagePolicy;

/// How many stand on a page.
const PAGE: u32 = 50;

/// What is looked for, as it stands in the address. What cannot be read is not looked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    who: Option<String>,
    what: Option<String>,
    from: Option<String>,
    until: Option<String>,
    after: Option<String>,
}

impl Asked {
    /// The same for the log.
    pub fn filter(&self, zone: &TimeZone) -> Filter {
        let day = |text: &Option<String>| text.as_deref().unwrap_or_default().parse::<Date>().ok();
        let starts = |day: Date| Some(day.to_zoned_datetime(zone.clone()).ok()?.timestamp().as_microsecond());
        Filter {
            who: self.who.as_deref().map(who).unwrap_or_default(),
            deed: self.what.as_deref().and_then(deed),
            from: day(&self.from).and_then(starts),
            until: day(&self.until).and_then(|day| starts(day.tomorrow().ok()?)),
        }
    }

    /// The same in an address.
    fn query(&self, after: Option<Uuid>) -> String {
        let after = after.map(|id| id.to_string());
        let all = [
            ("who", &self.who),
            ("what", &self.what),
            ("from", &self.from),
            ("until", &self.until),
            ("after", &after),
        ];
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in all {
            if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) {
                query.append_pair(name, value);
            }
        }
        match query.finish() {
            nothing if nothing.is_empty() => nothing,
            query => format!("?{query}"),
        }
    }
}

/// The page.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    At(record): At<Uuid>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(&shell, person, record).await?;
    let access = authorizations::open(&shell.domain, &Caller::person(person.id), record.id).await?;
    let filter = asked.filter(&shell.settings.zone);
    let after = asked.after.as_deref().and_then(|id| id.parse().ok());
    let found = audit::activity(&shell.domain, &access, &filter, after, PAGE).await?;
    let is_searched = filter != Filter::default();
    let actors = audit::actors(&shell.domain, &access).await?;
    let week = shell.domain.env.now() - 7 * DAY;
    let readers = match is_searched || after.is_some() {
        true => None,
        false => Some(audit::readers(&shell.domain, &access, week).await?),
    };
    let frame = own::frame(&shell, &guest, &record);
    let t = &frame.t;
    let names = Names::of(&shell, person.id, &found.entries, &actors, t).await?;
    let own_at = own::activity_at(&record);
    let page = Activity {
        record_name: record.rights.display_name.clone(),
        readers: readers.map(|readers| names.readers(&readers, t)),
        rows: found.entries.iter().map(|entry| names.row(entry, t)).collect(),
        search: search(&asked, &filter, is_searched, &actors, &names, t),
        older_to: found.next.map(|next| format!("{own_at}{}", asked.query(Some(next)))),
        csv_to: format!("{own_at}/csv{}", asked.query(None)),
        json_to: format!("{own_at}/json{}", asked.query(None)),
        all_to: own_at,
        apps_to: own::apps_at(&record),
        copy_to: record.rights.custodian.then(|| own::copy_at(&record)),
        frame,
    };
    Ok(PagePolicy::default().page(page.render()?))
}

/// Who but the reader looked at the record last, and when, within so many days.
pub async fn last_look(
    shell: &Shell,
    person: &Person,
    record: &Record,
    days: i64,
    t: &Texts,
) -> Result<Option<(String, Timestamp)>, Fault> {
    let access = authorizations::open(&shell.domain, &Caller::person(person.id), record.id).await?;
    let from = Some(shell.domain.env.now() - days * DAY);
    let filter = Filter { who: Who::Others, deed: Some(Deed::Looked), from, ..Filter::default() };
    let found = audit::activity(&shell.domain, &access, &filter, None, 1).await?.entries;
    let names = Names::of(shell, person.id, &found, &[], t).await?;
    Ok(found.first().map(|entry| (names.who(&actor(entry), t), moment(entry.at))))
}

/// The names of those who acted, as the reader knows them.
pub struct Names(Writers);

impl Names {
    /// Looks up the names in these entries, for this reader.
    pub async fn of(
        shell: &Shell,
        you: PersonId,
        entries: &[Logged],
        actors: &[Actor],
        t: &Texts,
    ) -> Result<Self, Fault> {
        let written = entries.iter().map(|entry| writing(&actor(entry)));
        let writers = Writers::of(shell, you, written.chain(actors.iter().map(writing)), t).await?;
        Ok(Self(writers))
    }

    /// Who it was: "You", "Northside Clinic", "Northside Clinic, for Karl Berg".
    pub fn who(&self, actor: &Actor, t: &Texts) -> String {
        match actor.avenue {
            Avenue::Host => t.say("activity-host"),
            // What a person decides about an app is done by the person.
            Avenue::Shell => self.0.who(&Writing { app: None, ..writing(actor) }, t),
            Avenue::Online | Avenue::Offline => self.0.who(&writing(actor), t),
        }
    }

    /// The app that an entry is about, if it is about one.
    pub fn app(&self, actor: &Actor) -> Option<String> {
        self.0.app(&writing(actor))
    }

    fn row(&self, entry: &Logged, t: &Texts) -> ActivityRow {
        let actor = actor(entry);
        let how = match actor.avenue {
            Avenue::Host => None,
            Avenue::Shell => Some(t.say("activity-here")),
            Avenue::Online | Avenue::Offline => Some(Writers::how(&writing(&actor), t)),
        };
        ActivityRow {
            who: self.who(&actor, t),
            what: activity_words::what(entry, self.app(&actor), t),
            how,
            when: moment(entry.at),
        }
    }

    /// Who has looked, each once.
    fn readers(&self, readers: &[audit::Reader], t: &Texts) -> Vec<ReaderRow> {
        let mut rows: Vec<ReaderRow> = Vec::new();
        for reader in readers {
            let who = self.who(&reader.who, t);
            let times = u32::try_from(reader.count).unwrap_or(u32::MAX);
            // The latest comes first.
            match rows.iter_mut().find(|row| row.who == who) {
                Some(row) => row.times = row.times.saturating_add(times),
                None => rows.push(ReaderRow { who, times, last: moment(reader.last) }),
            }
        }
        rows
    }
}

/// Who stands in an entry.
pub fn actor(entry: &Logged) -> Actor {
    let app = entry.app.filter(|app| *app != applications::SHELL);
    Actor { person: entry.person, app, avenue: Avenue::from_name(&entry.avenue) }
}

fn writing(actor: &Actor) -> Writing {
    Writing { at: 0, app: actor.app, person: actor.person, avenue: actor.avenue }
}

const OTHERS: &str = "others";
const HOST: &str = "host";
const STRANGERS: &str = "strangers";

fn who(text: &str) -> Who {
    let id = |rest: &str| rest.parse::<Uuid>().ok();
    match text.split_once('-') {
        Some(("person", rest)) => id(rest).map_or(Who::Anyone, |id| Who::Person(PersonId(id))),
        Some(("app", rest)) => id(rest).map_or(Who::Anyone, |id| Who::App(AppId(id))),
        _ if text == OTHERS => Who::Others,
        _ if text == HOST => Who::Host,
        _ if text == STRANGERS => Who::Stranger,
        _ => Who::Anyone,
    }
}

const DEEDS: [(Deed, &str, Key); 5] = [
    (Deed::Looked, "looked", Key("activity-looked")),
    (Deed::Changed, "changed", Key("activity-changed")),
    (Deed::Allowed, "allowed", Key("activity-allowed")),
    (Deed::Refused, "refused", Key("activity-refused")),
    (Deed::Other, "other", Key("activity-other")),
];

fn deed(text: &str) -> Option<Deed> {
    DEEDS.into_iter().find(|(_, name, _)| *name == text).map(|(deed, ..)| deed)
}

fn search(
    asked: &Asked,
    filter: &Filter,
    active: bool,
    actors: &[Actor],
    names: &Names,
    t: &Texts,
) -> Search {
    let choice = |value: String, label: String, chosen| Choice { value, label, chosen };
    let mut people = Vec::new();
    let mut apps = Vec::new();
    let mut is_host = filter.who == Who::Host;
    let mut is_stranger = filter.who == Who::Stranger;
    for actor in actors {
        if let Some(app) = actor.app {
            let label = names.app(actor).unwrap_or_default();
            apps.push(choice(format!("app-{app}"), label, filter.who == Who::App(app)));
        }
        match actor.avenue {
            _ if actor.person == STRANGER => is_stranger = true,
            Avenue::Host => is_host = true,
            Avenue::Shell => {
                let who = Actor { app: None, ..*actor };
                let chosen = filter.who == Who::Person(actor.person);
                people.push(choice(format!("person-{}", actor.person), names.who(&who, t), chosen));
            }
            Avenue::Online | Avenue::Offline => {}
        }
    }
    for list in [&mut people, &mut apps] {
        list.sort_by(|one, other| one.label.cmp(&other.label).then_with(|| one.value.cmp(&other.value)));
        list.dedup();
    }
    let mut who = vec![
        choice(String::new(), t.say("activity-anyone"), filter.who == Who::Anyone),
        choice(OTHERS.to_owned(), t.say("activity-others"), filter.who == Who::Others),
    ];
    who.extend(people.into_iter().chain(apps));
    if is_host {
        who.push(choice(HOST.to_owned(), t.say("activity-host"), filter.who == Who::Host));
    }
    if is_stranger {
        who.push(choice(STRANGERS.to_owned(), t.say("writer-stranger"), filter.who == Who::Stranger));
    }
    let anything = choice(String::new(), t.say("activity-anything"), filter.deed.is_none());
    let deeds = DEEDS
        .iter()
        .map(|(deed, name, key)| choice((*name).to_owned(), t.say(key), filter.deed == Some(*deed)));
    // A day that cannot be read is not written back.
    let day = |text: &Option<String>, is_read: bool| text.clone().filter(|_| is_read).unwrap_or_default();
    Search {
        active,
        who,
        what: std::iter::once(anything).chain(deeds).collect(),
        from: day(&asked.from, filter.from.is_some()),
        until: day(&asked.until, filter.until.is_some()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_not_looked_for() {
        for (name, value) in [("who", "person-x"), ("who", "app-"), ("what", "<b>"), ("from", "2026-13-01")] {
            let some = Some(value.to_owned());
            let asked = match name {
                "who" => Asked { who: some, ..Asked::default() },
                "what" => Asked { what: some, ..Asked::default() },
                _ => Asked { from: some.clone(), until: some, ..Asked::default() },
            };
            assert_eq!(asked.filter(&TimeZone::UTC), Filter::default(), "{name}={value}");
        }
    }

    #[test]
    fn the_last_day_is_looked_through_to_its_end() {
        let day = |text: &str| Some(text.to_owned());
        let asked = Asked { from: day("2026-06-01"), until: day("2026-06-01"), ..Asked::default() };
        let filter = asked.filter(&TimeZone::UTC);
        assert_eq!(filter.until.zip(filter.from).map(|(until, from)| until - from), Some(DAY));
    }
}
