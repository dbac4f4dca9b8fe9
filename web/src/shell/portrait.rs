//! The picture of whom a record is about: on each page about the record, and where it is chosen.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header;
use keepwell_core::authorizations::{AccessError, Caller};
use keepwell_core::persons::Person;
use keepwell_core::records::Record;
use keepwell_core::thing_types::{self, PERSONAL_IMAGE};
use keepwell_core::things::{
    self, AttachmentError, BlobSource, Portrait, Problem, PutBlob, PutThing, ThingError, ThingKey,
    data_by_hand,
};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::fault::Fault;
use super::form::PostedFile;
use super::guest::Guest;
use super::records::At;
use super::{Shell, records as own};
use crate::attachments::{HEAD, Kind};
use crate::locale::Key;
use crate::pages::portrait::PortraitPage;
use crate::portrait::{NotAPicture, portrait};
use crate::security_headers::{PagePolicy, alone, see_other};

/// The largest picture that is shown, in bytes; ours are a few thousand, an application's may be any.
const SHOWN: u64 = 2_000_000;
/// What is there when there is no picture: it covers nothing.
const NOTHING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
/// Pictures are opened one after the other: one may take some hundred megabytes meanwhile.
static OPENED: Semaphore = Semaphore::const_new(1);

/// The picture itself.
pub async fn picture(
    State(shell): State<Shell>,
    guest: Guest,
    At(record): At<Uuid>,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(&shell, person, record).await?;
    let found = of(&shell, person, &record).await?.and_then(|found| found.content);
    let Some(content) = found.filter(|content| content.length() > 0 && content.length() <= SHOWN) else {
        return Ok(nothing());
    };
    let bytes = content.whole(&shell.domain).await?;
    let head = &bytes[..bytes.len().min(usize::try_from(HEAD).unwrap_or(usize::MAX))];
    let kind = Kind::of(Some(head));
    Ok(match kind.shown_as().filter(|_| kind.is_picture()) {
        Some(content_type) => alone(([(header::CONTENT_TYPE, content_type)], bytes).into_response()),
        None => nothing(),
    })
}

fn nothing() -> Response {
    alone(([(header::CONTENT_TYPE, "image/svg+xml")], NOTHING).into_response())
}

/// The picture, if the person may see it.
async fn of(shell: &Shell, person: &Person, record: &Record) -> Result<Option<Portrait>, Fault> {
    match things::portrait(&shell.domain, &Caller::person(person.id), record.id).await {
        Err(AttachmentError::Access(AccessError::Denied)) => Ok(None),
        found => Ok(found?),
    }
}

/// Where it is chosen.
pub async fn show(State(shell): State<Shell>, guest: Guest, At(record): At<Uuid>) -> Result<Response, Fault> {
    let (person, record) = custodian(&shell, &guest, record).await?;
    page(&shell, &guest, person, &record, None).await
}

/// The form.
pub async fn submit(
    State(shell): State<Shell>,
    guest: Guest,
    At(record): At<Uuid>,
    posted: PostedFile,
) -> Result<Response, Fault> {
    let (person, record) = custodian(&shell, &guest, record).await?;
    let before = of(&shell, person, &record).await?.map(|found| found.key);
    let caller = Caller::person(person.id);
    if posted.fields.raw("decision") == "remove" {
        if let Some(key) = before {
            let removed =
                things::remove(&shell.domain, &caller, record.id, &[(key.id, Some(key.stamp))]).await;
            if let Some(trouble) = closed(&shell, person, &record, removed).await? {
                return page(&shell, &guest, person, &record, Some(trouble)).await;
            }
        }
        return Ok(see_other(&own::settings_at(&record)));
    }
    let jpeg = match posted.file {
        None if posted.is_too_long => Err(Key("picture-too-large")),
        None => Err(Key("picture-missing")),
        Some(file) => made(file).await?,
    };
    match jpeg {
        Err(trouble) => page(&shell, &guest, person, &record, Some(trouble)).await,
        Ok(jpeg) => {
            let put = things::put(&shell.domain, &caller, record.id, &[written(before, jpeg)?]).await;
            match closed(&shell, person, &record, put).await? {
                Some(trouble) => page(&shell, &guest, person, &record, Some(trouble)).await,
                None => Ok(see_other(&own::record_at(&record))),
            }
        }
    }
}

/// What the page says where the record can only be read.
async fn closed<T>(
    shell: &Shell,
    person: &Person,
    record: &Record,
    result: Result<T, ThingError>,
) -> Result<Option<Key>, Fault> {
    match result {
        Ok(_) => Ok(None),
        Err(error @ ThingError::Item { problem: Problem::Denied(_), .. }) => {
            shell.denied_write(person.id, record.id, &error).await;
            Ok(Some(Key("item-notice-closed")))
        }
        Err(error) => Err(error.into()),
    }
}

async fn custodian<'a>(shell: &Shell, guest: &'a Guest, record: Uuid) -> Result<(&'a Person, Record), Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(shell, person, record).await?;
    if !record.rights.custodian {
        return Err(Fault::denied());
    }
    Ok((person, record))
}

/// The picture made small, off the threads of requests; or what is wrong with it.
async fn made(file: Bytes) -> Result<Result<Vec<u8>, Key>, Fault> {
    let _one = OPENED.acquire().await.map_err(|_| Fault::broken("no picture is opened any more"))?;
    let made = tokio::task::spawn_blocking(move || portrait(&file)).await;
    Ok(made.map_err(|_| Fault::broken("a picture could not be opened"))?.map_err(|wrong| match wrong {
        NotAPicture::Unreadable => Key("picture-unreadable"),
        NotAPicture::TooLarge => Key("picture-too-large"),
    }))
}

/// The thing with the picture: there is one a record.
fn written(before: Option<ThingKey>, jpeg: Vec<u8>) -> Result<PutThing, Fault> {
    let kind = thing_types::find(PERSONAL_IMAGE).ok_or_else(|| Fault::broken("no type of pictures"))?;
    let picture = PutBlob {
        name: String::new(),
        content_type: "image/jpeg".to_owned(),
        hash: None,
        length: None,
        source: BlobSource::Inline(jpeg.into()),
        legacy_encoding: None,
        encoding: None,
    };
    // Who changes the picture keeps what else stands there.
    let data = before.is_none().then(|| data_by_hand(kind, format!("<{}/><common/>", kind.root)));
    Ok(PutThing {
        id: before.map(|key| key.id),
        stamp: before.map(|key| key.stamp),
        type_id: Some(PERSONAL_IMAGE),
        data,
        blobs: vec![picture],
        ..PutThing::default()
    })
}

async fn page(
    shell: &Shell,
    guest: &Guest,
    person: &Person,
    record: &Record,
    trouble: Option<Key>,
) -> Result<Response, Fault> {
    let there = of(shell, person, record).await?.is_some_and(|found| found.content.is_some());
    let page = PortraitPage {
        frame: own::frame(shell, guest, record),
        record_name: record.rights.display_name.clone(),
        picture: there.then(|| own::picture_at(record)),
        trouble,
        post_to: own::choose_picture_at(record),
        back_to: own::settings_at(record),
    };
    Ok(PagePolicy::default().page(page.render()?))
}
