//! All that was ever allowed with the person's records, as the log of each knows it.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::applications;
use keepwell_core::audit::{self, Action, Deed, Filter, Logged};
use keepwell_core::authorizations::{self, AccessError, Caller};
use keepwell_core::ids::{AppId, RecordId};
use keepwell_core::persons::Person;
use keepwell_core::records::{self, Record};

use super::activity::{Names, actor};
use super::fault::Fault;
use super::guest::Guest;
use super::{Shell, moment, records as own, words};
use crate::locale::Texts;
use crate::pages::app_history::{AppHistory, Did, HistoryEvent, HistoryRow};
use crate::security_headers::PagePolicy;

/// Entries of a record's log that are looked at; older ones stand in the log.
const MOST: u32 = 500;

/// The page.
pub async fn show(State(shell): State<Shell>, guest: Guest) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let frame = guest.frame(&shell);
    let now: Vec<(AppId, RecordId, i64)> = own::allowed(&shell, person.id).await?;
    let (mut rows, mut cut) = (Vec::new(), false);
    for record in records::of_person(&shell.domain, person.id).await? {
        let Some((entries, more)) = decisions(&shell, person, &record).await? else { continue };
        cut |= more;
        rows.extend(of_record(&shell, person, &record, &entries, &now, &frame.t).await?);
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.events.first().map(|event| event.when)));
    Ok(PagePolicy::default().page(AppHistory { frame, rows, cut }.render()?))
}

/// What was decided about apps with a record, the newest first, and whether there is more. None where the record is
/// closed for now.
async fn decisions(
    shell: &Shell,
    person: &Person,
    record: &Record,
) -> Result<Option<(Vec<Logged>, bool)>, Fault> {
    let access = match authorizations::open(&shell.domain, &Caller::person(person.id), record.id).await {
        Ok(access) => access,
        Err(AccessError::Closed) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let filter = Filter { deed: Some(Deed::Allowed), ..Filter::default() };
    let found = audit::activity(&shell.domain, &access, &filter, None, MOST).await?;
    Ok(Some((found.entries, found.next.is_some())))
}

async fn of_record(
    shell: &Shell,
    person: &Person,
    record: &Record,
    entries: &[Logged],
    now: &[(AppId, RecordId, i64)],
    t: &Texts,
) -> Result<Vec<HistoryRow>, Fault> {
    let names = Names::of(shell, person.id, entries, &[], t).await?;
    let mut events: HashMap<AppId, Vec<HistoryEvent>> = HashMap::new();
    for entry in entries {
        let (Some(app), Some(did)) = (entry.app, did(&entry.action)) else { continue };
        let event = HistoryEvent { did, who: names.who(&actor(entry), t), when: moment(entry.at) };
        events.entry(app).or_default().push(event);
    }
    let mut rows = Vec::new();
    for (app, events) in events {
        let registered = applications::find(&shell.domain, app).await?;
        let allowed = now.iter().any(|(of, with, _)| *of == app && *with == record.id);
        rows.push(HistoryRow {
            name: match &registered {
                Some(registered) => words::app(&registered.application, t).name,
                None => t.say("writer-app-gone"),
            },
            device: registered
                .as_ref()
                .and_then(|found| found.application.device())
                .map(|name| words::device(name, t)),
            badge: own::badge(record),
            details_to: allowed.then(|| own::app_at(record, app)),
            events,
        });
    }
    Ok(rows)
}

fn did(action: &str) -> Option<Did> {
    match Action::from_name(action)? {
        Action::CreateRecordAuthorization => Some(Did::Allowed),
        Action::UpdateRecordAuthorization => Some(Did::Changed),
        Action::RemoveRecordAuthorization => Some(Did::Stopped),
        _ => None,
    }
}
