//! One item: what it says, where it comes from, its versions; and bringing it back.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use keepwell_core::authorizations::Caller;
use keepwell_core::ids::{ThingId, VersionStamp};
use keepwell_core::persons::Person;
use keepwell_core::records::Record;
use keepwell_core::thing_types;
use keepwell_core::things::{self, Change, History, Problem, ThingError, ThingKey, Version};
use serde::Deserialize;
use uuid::Uuid;

use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::query::Query;
use super::records::At;
use super::writers::Writers;
use super::{Shell, attachments, item_words, moment, records as own, words, write_item};
use crate::components::{Notice, Tone};
use crate::locale::{Key, Texts};
use crate::pages::Frame;
use crate::pages::attachments::AttachmentRow;
use crate::pages::item::{Item, Standing, VersionRow, Written};
use crate::security_headers::{PagePolicy, see_other};

/// How much of an item's own text is shown.
const RAW: usize = 64 * 1024;

/// Which part of an item with many attachments is looked at.
#[derive(Default, Deserialize)]
pub struct Shown {
    /// From this one on.
    from: Option<String>,
}

/// The item as it is now.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    At((record, item)): At<(Uuid, Uuid)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let frame_says = query.as_deref().and_then(said);
    page(&shell, &guest, record, (ThingId(item), None), 0, frame_says).await
}

/// The item in one of its versions.
pub async fn show_version(
    State(shell): State<Shell>,
    guest: Guest,
    At((record, item, version)): At<(Uuid, Uuid, Uuid)>,
    Query(shown): Query<Shown>,
) -> Result<Response, Fault> {
    let from = shown.from.and_then(|from| from.parse().ok()).unwrap_or_default();
    page(&shell, &guest, record, (ThingId(item), Some(VersionStamp(version))), from, None).await
}

/// The form that brings it back.
pub async fn bring_back(
    State(shell): State<Shell>,
    guest: Guest,
    At((record, item)): At<(Uuid, Uuid)>,
    form: Posted,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(&shell, person, record).await?;
    let item = ThingId(item);
    let stamp = form.text("version").parse().map(VersionStamp).map_err(|_| Fault::not_found())?;
    let keys = [ThingKey { id: item, stamp }];
    let result = things::restore(&shell.domain, &Caller::person(person.id), record.id, &keys).await;
    let outcome = match result {
        Ok(_) => "back",
        Err(error) => {
            shell.denied_write(person.id, record.id, &error).await;
            refused(error)?
        }
    };
    Ok(see_other(&format!("{}?{outcome}", own::item_at(&record, item))))
}

/// What the item's page says of a refusal, where the person can do something about it.
pub fn refused(error: ThingError) -> Result<&'static str, Fault> {
    match error {
        // Done in another window, or by somebody else: the page shows how it is now.
        ThingError::Item { problem: Problem::StampMismatch | Problem::NotRemoved, .. } => Ok("meanwhile"),
        ThingError::Item { problem: Problem::Singleton, .. } => Ok("another"),
        ThingError::Item { problem: Problem::Denied(_), .. } => Ok("closed"),
        ThingError::Item { problem: Problem::Unknown, .. } => Err(Fault::not_found()),
        ThingError::Quota => Ok("full"),
        other => Err(other.into()),
    }
}

fn said(query: &str) -> Option<(Tone, Key)> {
    Some(match query {
        "added" => (Tone::Done, Key("item-notice-added")),
        "changed" => (Tone::Done, Key("item-notice-changed")),
        "removed" => (Tone::Done, Key("item-notice-removed")),
        "back" => (Tone::Done, Key("item-notice-back")),
        "meanwhile" => (Tone::Plain, Key("item-notice-meanwhile")),
        "another" => (Tone::Warning, Key("item-notice-another")),
        "closed" => (Tone::Warning, Key("item-notice-closed")),
        "full" => (Tone::Warning, Key("item-notice-full")),
        _ => return None,
    })
}

async fn page(
    shell: &Shell,
    guest: &Guest,
    record: Uuid,
    (item, version): (ThingId, Option<VersionStamp>),
    from: usize,
    says: Option<(Tone, Key)>,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(shell, person, record).await?;
    let known = find(shell, person, &record, item, version).await?;
    let mut frame = own::frame(shell, guest, &record);
    if let Some((tone, key)) = says {
        let text = frame.t.say(key);
        frame = frame.saying(Notice::with(tone, text));
    }
    let writings = known.versions.iter().map(|version| version.by);
    let writings = writings.chain([known.shown.created, known.shown.updated]);
    let writers = Writers::of(shell, person.id, writings, &frame.t).await?;
    let attachments = attachments::rows(shell, person, &record, &known.shown, from, &frame.t).await?;
    let is_here = known.shown.key == known.current && !known.removed;
    let can_edit = is_here && write_item::may_edit(shell, &record, &known.shown, &frame.t).await?;
    let edit_to = can_edit.then(|| own::edit_at(&record, item));
    let page = Item { edit_to, ..filled(frame, &record, &known, &writers, attachments) };
    Ok(PagePolicy::default().page(page.render()?))
}

/// The item, if the person may see it.
pub async fn find(
    shell: &Shell,
    person: &Person,
    record: &Record,
    item: ThingId,
    version: Option<VersionStamp>,
) -> Result<History, Fault> {
    let caller = Caller::person(person.id);
    let known = things::history(&shell.domain, &caller, record.id, item, version).await?;
    known.ok_or_else(Fault::not_found)
}

fn filled(
    frame: Frame,
    record: &Record,
    known: &History,
    writers: &Writers,
    (attachments, attachments_more): (Vec<AttachmentRow>, Option<String>),
) -> Item {
    let (thing, t) = (&known.shown, &frame.t);
    let is_current = thing.key == known.current;
    let (fields, cut) = item_words::fields(thing, t);
    let custodian = record.rights.custodian;
    let item = thing.key.id;
    let xml: String = thing.data_xml.chars().take(RAW).collect();
    Item {
        line: item_words::line(thing, t),
        kind: words::kind_alone(thing.type_id, t),
        when: thing.eff_date,
        until: thing.end_date,
        fields,
        cut: cut.then_some(item_words::MOST_FIELDS),
        edit_to: None,
        document: thing_types::find(thing.type_id).is_some_and(|kind| kind.opaque),
        attachments_more,
        attachments,
        tags: thing.tags.clone(),
        personal: thing.flags & things::PERSONAL != 0,
        standing: match (is_current, known.removed) {
            (false, _) => Standing::Former { current_to: own::item_at(record, item) },
            (true, true) => Standing::Removed {
                post_to: own::item_at(record, item),
                version: thing.key.stamp.to_string(),
            },
            (true, false) => Standing::Here { remove_to: custodian.then(|| own::remove_at(record, item)) },
        },
        created: written(&thing.created, writers, t),
        updated: written(&thing.updated, writers, t),
        versions: rows(record, known, writers, t),
        more: known.more,
        xml_cut: thing.data_xml.len() > xml.len(),
        xml,
        item: item.to_string(),
        version: thing.key.stamp.to_string(),
        back_to: own::kind_at(record, thing.type_id),
        removed_to: (custodian && known.removed).then(|| own::removed_at(record)),
        frame,
    }
}

fn written(writing: &things::Writing, writers: &Writers, t: &Texts) -> Written {
    Written { at: moment(writing.at), who: writers.who(writing, t), how: Writers::how(writing, t) }
}

fn rows(record: &Record, known: &History, writers: &Writers, t: &Texts) -> Vec<VersionRow> {
    let row = |version: &Version| VersionRow {
        change: match version.change {
            Change::Created => Key("version-added"),
            Change::Changed => Key("version-changed"),
            Change::Removed => Key("version-removed"),
            Change::BroughtBack => Key("version-back"),
        },
        by: written(&version.by, writers, t),
        current: version.key == known.current,
        shown: version.key == known.shown.key,
        to: own::version_at(record, version.key.id, version.key.stamp),
    };
    known.versions.iter().map(row).collect()
}
