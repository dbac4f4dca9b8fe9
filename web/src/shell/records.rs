//! A record in an address: the person's own, or there is nothing here.

use axum::extract::{FromRequestParts, Path};
use http::request::Parts;
use keepwell_core::applications::{self, Registered};
use keepwell_core::authorizations;
use keepwell_core::ids::{AppId, PersonId, RecordId, ThingId, TypeId, VersionStamp};
use keepwell_core::persons::Person;
use keepwell_core::records::{self, Record};
use keepwell_core::things::ThingKey;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::Shell;
use super::fault::Fault;
use super::guest::Guest;
use crate::components::Badge;
use crate::pages::{Frame, RecordRound};
use crate::paths;

/// The ids in an address. What is no id names nothing.
pub struct At<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for At<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let ids = Path::<T>::from_request_parts(parts, state).await;
        ids.map(|Path(ids)| Self(ids)).map_err(|_| Fault::not_found())
    }
}

/// The person's record with this id.
pub async fn find(shell: &Shell, person: &Person, id: Uuid) -> Result<Record, Fault> {
    let records = records::of_person(&shell.domain, person.id).await?;
    records.into_iter().find(|record| record.id.0 == id).ok_or_else(Fault::denied)
}

/// An application that may use the record, and since when.
pub async fn find_app(
    shell: &Shell,
    person: &Person,
    record: &Record,
    app: Uuid,
) -> Result<(Registered, i64), Fault> {
    let since = allowed(shell, person.id)
        .await?
        .into_iter()
        .find(|(id, of, _)| id.0 == app && *of == record.id)
        .map(|(.., since)| since)
        .ok_or_else(Fault::not_found)?;
    let registered = applications::find(&shell.domain, AppId(app)).await?.ok_or_else(Fault::not_found)?;
    Ok((registered, since))
}

/// Which applications may use which of the person's records, since when.
pub async fn allowed(shell: &Shell, person: PersonId) -> Result<Vec<(AppId, RecordId, i64)>, Fault> {
    Ok(authorizations::of_person_at_home(&shell.domain, person).await?)
}

/// Whose it is, by the name that the person gave it.
pub fn badge(record: &Record) -> Badge {
    Badge::new(&record.rights.display_name, record.id.0)
}

/// A page about the record.
pub fn frame(shell: &Shell, guest: &Guest, record: &Record) -> Frame {
    guest.frame(shell).about(badge(record), paths::HOME).round(RecordRound::of(&record_at(record)))
}

/// The record's own page.
pub fn record_at(record: &Record) -> String {
    format!("/records/{}", record.id)
}

/// The record's apps.
pub fn apps_at(record: &Record) -> String {
    format!("/records/{}/apps", record.id)
}

/// One of them.
pub fn app_at(record: &Record, app: AppId) -> String {
    format!("/records/{}/apps/{app}", record.id)
}

/// Where its optional rules are changed.
pub fn change_at(record: &Record, app: AppId) -> String {
    format!("/records/{}/apps/{app}/change", record.id)
}

/// Where the record is closed.
pub fn close_at(record: &Record) -> String {
    format!("/records/{}/close", record.id)
}

/// All that it holds, by date.
pub fn timeline_at(record: &Record) -> String {
    format!("/records/{}/timeline", record.id)
}

/// What kinds of items the record holds.
pub fn items_at(record: &Record) -> String {
    format!("/records/{}/items", record.id)
}

/// The items of a kind.
pub fn kind_at(record: &Record, kind: TypeId) -> String {
    format!("/records/{}/items/of/{kind}", record.id)
}

/// One item.
pub fn item_at(record: &Record, item: ThingId) -> String {
    format!("/records/{}/items/{item}", record.id)
}

/// One version of it.
pub fn version_at(record: &Record, item: ThingId, version: VersionStamp) -> String {
    format!("/records/{}/items/{item}/versions/{version}", record.id)
}

/// One of the attachments of a version, by its place.
pub fn attachment_at(record: &Record, key: ThingKey, index: usize) -> String {
    format!("{}/attachments/{index}", version_at(record, key.id, key.stamp))
}

/// Where it is removed: a page that asks once more.
pub fn remove_at(record: &Record, item: ThingId) -> String {
    format!("/records/{}/items/{item}/remove", record.id)
}

/// What was removed from the record.
pub fn removed_at(record: &Record) -> String {
    format!("/records/{}/removed", record.id)
}

/// Search in it.
pub fn search_at(record: &Record) -> String {
    format!("/records/{}/search", record.id)
}

/// What the person calls the record.
pub fn settings_at(record: &Record) -> String {
    format!("/records/{}/settings", record.id)
}

/// The picture of whom it is about.
pub fn picture_at(record: &Record) -> String {
    format!("/records/{}/picture", record.id)
}

/// Where that is chosen.
pub fn choose_picture_at(record: &Record) -> String {
    format!("/records/{}/settings/picture", record.id)
}

/// Where something is written down.
pub fn add_at(record: &Record) -> String {
    format!("/records/{}/add", record.id)
}

/// Where something of this kind is.
pub fn add_one_at(record: &Record, kind: TypeId) -> String {
    format!("/records/{}/add/{kind}", record.id)
}

/// Where an item is changed.
pub fn edit_at(record: &Record, item: ThingId) -> String {
    format!("/records/{}/items/{item}/edit", record.id)
}

/// Where the record is copied.
pub fn copy_at(record: &Record) -> String {
    format!("/records/{}/copy", record.id)
}

/// Who looked at the record.
pub fn activity_at(record: &Record) -> String {
    format!("/records/{}/activity", record.id)
}
