//! What somebody left for a person: it is shown after the right answer, and goes into a record that they choose
//! (connectivity.md 4).

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use keepwell_core::connections::PickupError;
use keepwell_core::ids::RecordId;
use keepwell_core::packages::{self, TakeError, Unlocked};
use keepwell_core::records::{Record, State as RecordState};
use keepwell_core::things::PutThing;

use super::asking::is_called_otherwise;
use super::connect::{End, end_of};
use super::fault::Fault;
use super::form::Posted;
use super::guest::{Guest, with_cookie};
use super::step::{Known, Step, decide};
use super::visit::{Going, Named};
use super::{Shell, connect_end, documents, item_words, records as own, step, words};
use crate::attachments::readable;
use crate::components::Trouble;
use crate::cookies::{package_cookie, package_token};
use crate::locale::Texts;
use crate::pages::connect_end::CodeEnd;
use crate::pages::consent::{Closed, RecordOption};
use crate::pages::pick_up::{InsideRow, PickUpPage};
use crate::paths;
use crate::security_headers::see_other;

/// How much of what is inside stands on the page.
const SHOWN: usize = 100;

/// A package that this person opened in this browser.
struct Open {
    unlocked: Unlocked,
    things: Vec<PutThing>,
    known: Known,
}

/// What a request comes to.
enum Stands {
    Open(Box<Open>),
    /// Something else is to be done, or it is over.
    Answered(Response),
}

/// The page, if it is this person's turn to see it.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    named: Named,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let mut going = Going::required(&shell, &guest, &named).await?;
    match open(&shell, &guest, &mut going, &headers).await? {
        Stands::Open(open) => page(&shell, &guest, &going, &open, None, None),
        Stands::Answered(response) => Ok(response),
    }
}

/// The form.
pub async fn submit(
    State(shell): State<Shell>,
    guest: Guest,
    named: Named,
    headers: HeaderMap,
    form: Posted,
) -> Result<Response, Fault> {
    let mut going = Going::required(&shell, &guest, &named).await?;
    let open = match open(&shell, &guest, &mut going, &headers).await? {
        Stands::Open(open) => *open,
        Stands::Answered(response) => return Ok(response),
    };
    let named = form.all("record");
    if let Some(person) = guest.person() {
        shell.denied_choice(person.id, &open.known.records, &named).await;
    }
    let chosen = <[String; 1]>::try_from(named).map(|[one]| one).unwrap_or_default();
    match form.raw("decision") {
        "take" => {}
        "not-now" => return closed(&shell, &guest, &going, CodeEnd::NotNow).await,
        _ => return page(&shell, &guest, &going, &open, Some(&chosen), None),
    }
    let now = shell.domain.env.now();
    let may = |record: &&Record| record.id.to_string() == chosen && is_writable(record, now);
    let Some(record) = open.known.records.iter().find(may).cloned() else {
        return page(&shell, &guest, &going, &open, Some(&chosen), Some(Trouble::NotChosen));
    };
    match take(&shell, open, record.id).await {
        Ok(()) => {
            let t = going.texts(&shell, &guest);
            let end = CodeEnd::PickedUp {
                record: own::badge(&record),
                message: documents::success(&going.app, t.lang()),
                items_to: own::items_at(&record),
            };
            closed(&shell, &guest, &going, end).await
        }
        Err(TakeError::Outage(outage)) => Err(outage.into()),
        Err(TakeError::Pickup(error)) => ended(&shell, &guest, &going, error).await,
        Err(error) => {
            // The sender wrote what no record takes, or this one is full.
            tracing::info!(%error, app = %going.app.id, "a package could not be taken");
            let end = if error == TakeError::Blob { CodeEnd::Damaged } else { CodeEnd::Refused };
            closed(&shell, &guest, &going, end).await
        }
    }
}

/// Takes it to its end, also when the browser gives up: nothing is left half done.
async fn take(shell: &Shell, open: Open, record: RecordId) -> Result<(), TakeError> {
    let domain = shell.domain.clone();
    let taken = async move { packages::take(&domain, &open.unlocked, record, open.things).await };
    let taken = tokio::spawn(taken).await;
    let died = |error| keepwell_core::Outage::Unavailable(format!("taking a package: {error}"));
    taken.map_err(died)?.map(drop)
}

async fn open(shell: &Shell, guest: &Guest, going: &mut Going, headers: &HeaderMap) -> Result<Stands, Fault> {
    let Some(person) = guest.person().map(|person| person.id) else {
        return Ok(Stands::Answered(step::next(shell, guest, None, going).await?));
    };
    let known = Known::read(shell, going, person).await?;
    let found = going.visit.pick_up.clone().filter(|_| decide(&going.visit, &known, person) == Step::PickUp);
    let Some(mut found) = found else {
        return Ok(Stands::Answered(step::next(shell, guest, Some(person), going).await?));
    };
    let token = package_token(headers, shell.transport()).unwrap_or_default();
    let Some(unlocked) = Unlocked::read(&shell.domain, person, found.connection, &token) else {
        // The browser has lost what opens it: the question is asked again.
        found.opened = None;
        going.visit.pick_up = Some(found);
        going.keep(shell).await?;
        return Ok(Stands::Answered(see_other(&going.at(paths::CONNECT_QUESTION))));
    };
    match things(shell, &unlocked).await {
        Ok(things) => Ok(Stands::Open(Box::new(Open { unlocked, things, known }))),
        Err(error) => Ok(Stands::Answered(ended(shell, guest, going, error).await?)),
    }
}

/// What is inside.
async fn things(shell: &Shell, unlocked: &Unlocked) -> Result<Vec<PutThing>, PickupError> {
    let contents = packages::contents(&shell.domain, unlocked).await?;
    let read = |xml: &str| {
        (shell.read_thing)(&shell.domain, xml).map_err(|error| {
            tracing::info!(%error, app = %contents.app, "a thing of a package cannot be read");
            PickupError::Damaged(contents.app)
        })
    };
    contents.things()?.into_iter().map(read).collect()
}

async fn ended(shell: &Shell, guest: &Guest, going: &Going, error: PickupError) -> Result<Response, Fault> {
    let end = match end_of(error) {
        End::With(_, end) => end,
        End::Unknown | End::Wait { .. } => CodeEnd::Gone,
        End::Fault(fault) => return Err(fault),
    };
    closed(shell, guest, going, end).await
}

/// Ends the visit, and takes what opens the package from the browser.
async fn closed(shell: &Shell, guest: &Guest, going: &Going, end: CodeEnd) -> Result<Response, Fault> {
    let response = connect_end::finish(shell, guest, going, end).await?;
    Ok(with_cookie(response, package_cookie(shell.transport(), None)))
}

fn is_writable(record: &Record, now: i64) -> bool {
    record.state == RecordState::Active && record.rights.expires > now
}

fn inside(thing: &PutThing, t: &Texts) -> InsideRow {
    let kind = thing.type_id.unwrap_or_default();
    let data = thing.data.as_ref();
    InsideRow {
        line: item_words::line_of(kind, data.map_or("", |data| &data.xml), t),
        kind: words::kind_alone(kind, t),
        when: data.and_then(|data| data.eff_date).or(thing.eff_date),
        files: thing
            .blobs
            .iter()
            .filter(|blob| !blob.name.is_empty())
            .map(|blob| readable(&blob.name))
            .collect(),
    }
}

fn page(
    shell: &Shell,
    guest: &Guest,
    going: &Going,
    open: &Open,
    chosen: Option<&str>,
    record_trouble: Option<Trouble>,
) -> Result<Response, Fault> {
    let frame = going.frame(shell, guest);
    let now = shell.domain.env.now();
    let app = going.app(&frame.t);
    let meant = going.visit.pick_up.as_ref().and_then(|found| found.opened.clone()).unwrap_or_default();
    let records = &open.known.records;
    let option = |record: &Record| {
        let name = &record.rights.display_name;
        let value = record.id.to_string();
        RecordOption {
            chosen: chosen.map_or(records.len() == 1, |chosen| chosen == value),
            closed: (!is_writable(record, now)).then_some(Closed::YourRights),
            warning: is_called_otherwise(&meant, name)
                .then(|| frame.t.say_two("consent-name-differs", "app", &app.name, "name", name)),
            ..RecordOption::open(value, own::badge(record))
        }
    };
    let page = PickUpPage {
        post_to: going.at(paths::PICK_UP),
        records: records.iter().map(option).collect(),
        items: open.things.iter().take(SHOWN).map(|thing| inside(thing, &frame.t)).collect(),
        count: u32::try_from(open.things.len()).unwrap_or(u32::MAX),
        meant: meant.clone(),
        app: app.clone(),
        record_trouble,
        new_record_to: Some(going.at(paths::CREATE_RECORD)),
        frame,
    };
    Ok(going.policy().page(page.render()?))
}
