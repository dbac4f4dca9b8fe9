//! Which persons and records an application is allowed, and which applications a person allowed.

use std::sync::Arc;

use keepwell_store::{ReadFlight, params};
use uuid::Uuid;

use super::grant::Grant;
use super::standing::{Standing, standing};
use super::store::{
    APPS_OF, GRANT, PEOPLE, PERSON_BY_PSEUDONYM, PERSON_OF, RECORD_BY_PSEUDONYM, RECORDS_OF,
    RecordPseudonymRow,
};
use crate::applications::Application;
use crate::ids::{AppId, PersonId, PersonPseudonym, RecordId, RecordPseudonym};
use crate::persons::{self, Person};
use crate::records::{self, Record};
use crate::{Domain, Outage, app_settings};

/// A record that a person allowed an application, as the application knows it.
#[derive(Clone, Debug)]
pub struct AuthorizedRecord {
    /// What the application knows it by.
    pub pseudonym: RecordPseudonym,
    /// The same for all its persons within the application.
    pub app_specific_record_id: String,
    /// The record.
    pub record: Record,
    /// What was granted.
    pub grant: Grant,
    /// When, microseconds UTC; a change of the grant does not change it.
    pub granted: i64,
    /// Whether there is something to ask the person.
    pub standing: Standing,
}

/// A person who allowed an application at least one record.
#[derive(Clone, Debug)]
pub struct AuthorizedPerson {
    /// What the application knows them by.
    pub pseudonym: PersonPseudonym,
    /// The person.
    pub person: Person,
    /// The record they chose for it, if it is still allowed.
    pub selected: Option<RecordPseudonym>,
    /// What the application keeps about them for itself.
    pub settings: Option<String>,
    /// The records.
    pub records: Vec<AuthorizedRecord>,
}

/// Which people an application asks for (methods.md 5.5).
#[derive(Clone, Copy, Debug)]
pub struct PeopleQuery {
    /// People after this one.
    pub after: Option<PersonPseudonym>,
    /// People with an authorization made strictly after this time.
    pub since: Option<i64>,
    /// How many.
    pub count: u32,
}

/// The records that a person allows an application now.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn records_of(
    domain: &Domain,
    app: &Application,
    person: PersonId,
) -> Result<Vec<AuthorizedRecord>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&RECORDS_OF, params![app.id, person]);
    let rows = domain.store.read(flight).await?.all(slot)?;
    let rows: Vec<RecordPseudonymRow> = rows.into_iter().filter(|r| r.active).collect();
    let mut flight = ReadFlight::new();
    let asked: Vec<_> = rows
        .iter()
        .map(|row| {
            let record = records::ask(&mut flight, row.record, person);
            (record, flight.ask(&GRANT, params![row.record, app.id, person]))
        })
        .collect();
    let mut answers = domain.store.read(flight).await?;
    let now = domain.env.now();
    let mut records = Vec::new();
    for (row, (record, grant)) in rows.into_iter().zip(asked) {
        let record = answers.first(record)?.map(Record::from);
        let grant = answers.first(grant)?.map(Grant::read).transpose()?;
        if let (Some(record), Some(grant)) = (record, grant) {
            if record.rights.expires <= now || grant.expires <= now || !record.state.is_open() {
                continue;
            }
            let standing = standing(app, &record, Some(&grant), now);
            records.push(AuthorizedRecord {
                pseudonym: row.pseudonym,
                app_specific_record_id: row.app_specific_record_id,
                record,
                grant,
                granted: row.granted,
                standing,
            });
        }
    }
    Ok(records)
}

/// A person as the application knows them; `None` when they have never allowed it anything.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn find_person(
    domain: &Domain,
    app: &Application,
    person: PersonId,
) -> Result<Option<AuthorizedPerson>, Outage> {
    let mut flight = ReadFlight::new().short();
    let known = flight.ask(&PERSON_OF, params![app.id, person]);
    let about = persons::ask(&mut flight, person);
    let settings = app_settings::ask(&mut flight, app.id, person);
    let mut answers = domain.store.read(flight).await?;
    let (Some(known), Some(about)) = (answers.first(known)?, answers.first(about)?) else { return Ok(None) };
    let records = records_of(domain, app, person).await?;
    let selected = records.iter().find(|r| Some(r.record.id) == known.selected).map(|r| r.pseudonym);
    let settings = answers.first(settings)?.map(|(document,)| document);
    Ok(Some(AuthorizedPerson {
        pseudonym: known.pseudonym,
        person: about.into(),
        selected,
        settings,
        records,
    }))
}

/// A page of the people who allow the application something now, and whether there are more.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn authorized_people(
    domain: &Domain,
    app: &Arc<Application>,
    query: PeopleQuery,
) -> Result<(Vec<AuthorizedPerson>, bool), Outage> {
    let count = usize::try_from(query.count).unwrap_or(usize::MAX);
    let mut people = Vec::new();
    let mut after = query.after.map_or(Uuid::nil(), |p| p.0);
    // A page may be of people whose records are closed for now or whose access has ended: then the next
    // one is looked at, so that a client is never told "more" with nobody to go on from.
    loop {
        let mut flight = ReadFlight::new();
        let since = query.since.unwrap_or(i64::MIN);
        let slot = flight.ask(&PEOPLE, params![app.id, after, since, i64::from(query.count) + 1]);
        let rows = domain.store.read(flight).await?.all(slot)?;
        let last_page = rows.len() <= count;
        for row in rows {
            if people.len() == count {
                return Ok((people, true));
            }
            after = row.pseudonym.0;
            let person = find_person(domain, app, row.person).await?;
            people.extend(person.filter(|p| p.person.active && !p.records.is_empty()));
        }
        if last_page {
            return Ok((people, false));
        }
    }
}

/// The record that the application knows by this id, allowed or not any more, and for which person it does.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn resolve_record(
    domain: &Domain,
    app: AppId,
    pseudonym: RecordPseudonym,
) -> Result<Option<(RecordId, PersonId)>, Outage> {
    let mut flight = ReadFlight::new().short();
    let slot = flight.ask(&RECORD_BY_PSEUDONYM, params![app, pseudonym]);
    domain.store.read(flight).await?.first(slot)
}

/// The person whom the application knows by this id.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn resolve_person(
    domain: &Domain,
    app: AppId,
    pseudonym: PersonPseudonym,
) -> Result<Option<PersonId>, Outage> {
    let mut flight = ReadFlight::new().short();
    let slot = flight.ask(&PERSON_BY_PSEUDONYM, params![app, pseudonym]);
    Ok(domain.store.read(flight).await?.first(slot)?.map(|(id,)| id))
}

/// Which applications the person allows which records now, and since when: for the page Apps.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn of_person_at_home(
    domain: &Domain,
    person: PersonId,
) -> Result<Vec<(AppId, RecordId, i64)>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&APPS_OF, params![person]);
    domain.store.read(flight).await?.all(slot)
}
