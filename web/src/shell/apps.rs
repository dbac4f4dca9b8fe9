//! The apps of a record, or of all the person's records.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use keepwell_core::applications;
use keepwell_core::audit;
use keepwell_core::authorizations::{self, Avenue, Caller};
use keepwell_core::ids::{AppId, PersonId, RecordId};
use keepwell_core::records::{self, Record};
use uuid::Uuid;

use super::fault::Fault;
use super::guest::Guest;
use super::records::At;
use super::{Shell, moment, records as own, words};
use crate::locale::Texts;
use crate::pages::apps::{AppRow, Apps, RecordApps};
use crate::paths;
use crate::security_headers::PagePolicy;

/// How far back we look for an app's last use.
const LATEST: u32 = 500;

/// All records.
pub async fn of_all_records(State(shell): State<Shell>, guest: Guest) -> Result<Response, Fault> {
    let person = guest.must_be_signed_in()?.0.id;
    let records = records::of_person(&shell.domain, person).await?;
    let frame = guest.frame(&shell);
    let records = rows(&shell, person, &records, &frame.t).await?;
    Ok(PagePolicy::default().page(Apps { frame, records, devices_to: paths::DEVICES.to_owned() }.render()?))
}

/// One record.
pub async fn of_one_record(
    State(shell): State<Shell>,
    guest: Guest,
    At(record): At<Uuid>,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(&shell, person, record).await?;
    let frame = own::frame(&shell, &guest, &record);
    let records = rows(&shell, person.id, &[record], &frame.t).await?;
    Ok(PagePolicy::default().page(Apps { frame, records, devices_to: paths::DEVICES.to_owned() }.render()?))
}

async fn rows(
    shell: &Shell,
    person: PersonId,
    records: &[Record],
    t: &Texts,
) -> Result<Vec<RecordApps>, Fault> {
    let allowed = own::allowed(shell, person).await?;
    let mut answer = Vec::new();
    for record in records {
        let mut apps = Vec::new();
        let here: Vec<AppId> =
            allowed.iter().filter(|(_, id, _)| *id == record.id).map(|(app, ..)| *app).collect();
        let used = if here.is_empty() { HashMap::new() } else { last_used(shell, person, record.id).await? };
        for id in here {
            let Some(app) = applications::find(&shell.domain, id).await? else { continue };
            let grants = authorizations::records_of(&shell.domain, &app.application, person).await?;
            let grant = grants.into_iter().find(|grant| grant.record.id == record.id);
            apps.push(AppRow {
                app: words::app(&app.application, t),
                device: app.application.device().map(|name| words::device(name, t)),
                last_used: used.get(&id).copied(),
                away: grant.is_some_and(|grant| !grant.grant.offline.is_empty()),
                details_to: own::app_at(record, id),
            });
        }
        apps.sort_by_key(|app| std::cmp::Reverse(app.last_used));
        answer.push(RecordApps { badge: own::badge(record), apps });
    }
    Ok(answer)
}

/// When each app last used the record, as the audit log knows.
pub async fn last_used(
    shell: &Shell,
    person: PersonId,
    record: RecordId,
) -> Result<HashMap<AppId, Timestamp>, Fault> {
    let access = match authorizations::open(&shell.domain, &Caller::person(person), record).await {
        Ok(access) => access,
        // The apps of a record that is closed for now can still be seen and stopped.
        Err(authorizations::AccessError::Closed) => return Ok(HashMap::new()),
        Err(error) => return Err(error.into()),
    };
    let mut used: HashMap<AppId, Timestamp> = HashMap::new();
    for entry in audit::latest(&shell.domain, &access, LATEST).await? {
        if let (Some(app), true) = (entry.app, entry.avenue != Avenue::Shell.name()) {
            let at = moment(entry.at);
            used.entry(app).and_modify(|last| *last = at.max(*last)).or_insert(at);
        }
    }
    Ok(used)
}
