//! The attachments of an item: how they stand on its page, and their bytes.
//!
//! What somebody attached can be anything and claim to be anything. A browser is told to keep it, in a room
//! where nothing runs; only what begins as a picture or a PDF is shown, as exactly that.

use std::ops::Range;

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use keepwell_core::authorizations::Caller;
use keepwell_core::blobs::{Blob, Content, Part};
use keepwell_core::ids::{ThingId, VersionStamp};
use keepwell_core::persons::Person;
use keepwell_core::records::Record;
use keepwell_core::things::{self, Thing, ThingKey};
use uuid::Uuid;

use super::fault::Fault;
use super::guest::Guest;
use super::records::At;
use super::{Shell, item, item_words, records as own};
use crate::attachments::{self, HEAD, Kind};
use crate::locale::{Key, Texts};
use crate::pages::attachments::AttachmentRow;

/// The most attachments of an item that a page shows; a picture study may have hundreds.
const MOST: usize = 50;
/// The most bytes of a picture that stands on a page; a larger one is opened by itself.
const PREVIEW: u64 = 20 * 1000 * 1000;

/// The record, the item, its version, and which of the attachments.
type Place = (Uuid, Uuid, Uuid, usize);

/// The attachments of an item from a place on, for its page; and where there are more.
pub async fn rows(
    shell: &Shell,
    person: &Person,
    record: &Record,
    thing: &Thing,
    from: usize,
    t: &Texts,
) -> Result<(Vec<AttachmentRow>, Option<String>), Fault> {
    if thing.blobs.is_empty() {
        return Ok((Vec::new(), None));
    }
    let to = from.saturating_add(MOST);
    let caller = Caller::person(person.id);
    let found = things::beginnings(&shell.domain, &caller, record.id, thing.key, from..to, HEAD).await?;
    let row = |(index, (blob, first)): (usize, &(Blob, Option<bytes::Bytes>))| {
        let kind = kind(blob, first.as_deref());
        let at = own::attachment_at(record, thing.key, from + index);
        AttachmentRow {
            name: name(blob, t),
            what: t.say(kind.words),
            size: size(blob.length, t),
            see_to: kind.shown_as().map(|_| format!("{at}/view")),
            preview: kind.is_picture() && blob.length <= PREVIEW,
            keep_to: at,
        }
    };
    let here = own::version_at(record, thing.key.id, thing.key.stamp);
    let more = (thing.blobs.list()?.len() > to).then(|| format!("{here}?from={to}#attachments"));
    Ok((found.iter().enumerate().map(row).collect(), more))
}

/// Keeps it.
pub async fn keep(
    State(shell): State<Shell>,
    guest: Guest,
    At(place): At<Place>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let asked = ask(&shell, &guest, place).await?;
    Ok(asked.give(&shell, &headers, "application/octet-stream", "attachment"))
}

/// Shows it, if a browser can do so without harm.
pub async fn see(
    State(shell): State<Shell>,
    guest: Guest,
    At(place): At<Place>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let asked = ask(&shell, &guest, place).await?;
    let content_type = asked.kind.shown_as().ok_or_else(Fault::not_found)?;
    Ok(asked.give(&shell, &headers, content_type, "inline"))
}

/// An attachment that the person may have.
struct Asked {
    content: Content,
    kind: Kind,
    file_name: String,
}

async fn ask(shell: &Shell, guest: &Guest, place: Place) -> Result<Asked, Fault> {
    let (record, item, version, index) = place;
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(shell, person, record).await?;
    let key = ThingKey { id: ThingId(item), stamp: VersionStamp(version) };
    let caller = Caller::person(person.id);
    let (blob, content) = things::nth_attachment(&shell.domain, &caller, record.id, key, index).await?;
    let first = match content.length() {
        0 => bytes::Bytes::new(),
        length => content.read(&shell.domain, Range { start: 0, end: length }, HEAD).await?,
    };
    let kind = kind(&blob, Some(&first));
    let t = guest.texts(shell, None);
    // The default attachment has no name of its own: it is what the item is about.
    let named = match blob.name.is_empty() {
        true => {
            item_words::line(&item::find(shell, person, &record, key.id, Some(key.stamp)).await?.shown, &t)
        }
        false => blob.name.clone(),
    };
    let is_gzip = encodings(&blob).next_back().is_some_and(|last| last.eq_ignore_ascii_case("gzip"));
    let file_name = attachments::file_name(&named, &t.say("attachment-file"), kind, is_gzip);
    Ok(Asked { content, kind, file_name })
}

impl Asked {
    /// The bytes, or those that the browser lacks of what it began to fetch.
    fn give(self, shell: &Shell, headers: &HeaderMap, content_type: &'static str, how: &str) -> Response {
        let length = self.content.length();
        let said = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let (status, range) = match self.content.part(said(header::RANGE), said(header::IF_RANGE)) {
            Part::Whole => (StatusCode::OK, 0..length),
            Part::Bytes(range) => (StatusCode::PARTIAL_CONTENT, range),
            Part::Beyond => (StatusCode::RANGE_NOT_SATISFIABLE, 0..0),
        };
        let told = match status {
            StatusCode::PARTIAL_CONTENT => Some(format!("bytes {}-{}/{length}", range.start, range.end - 1)),
            StatusCode::RANGE_NOT_SATISFIABLE => Some(format!("bytes */{length}")),
            _ => None,
        };
        let texts = [
            (header::CONTENT_RANGE, told),
            (header::ETAG, Some(self.content.tag())),
            (header::CONTENT_DISPOSITION, Some(attachments::header(how, &self.file_name))),
        ];
        let count = range.end - range.start;
        let bytes = self.content.stream(shell.domain.clone(), range);
        let mut response = Response::new(Body::from_stream(bytes));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(count));
        headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        for (name, text) in texts {
            if let Some(value) = text.and_then(|text| HeaderValue::try_from(text).ok()) {
                headers.insert(name, value);
            }
        }
        crate::security_headers::alone(response)
    }
}

fn kind(blob: &Blob, first: Option<&[u8]>) -> Kind {
    let kind = Kind::of(first);
    if encodings(blob).next().is_some() { kind.encoded() } else { kind }
}

/// How the bytes are encoded, in the order in which it was done.
fn encodings(blob: &Blob) -> impl DoubleEndedIterator<Item = &str> {
    let said = blob.encoding.as_deref().unwrap_or_default().split(',').map(str::trim);
    said.filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case("identity"))
}

fn name(blob: &Blob, t: &Texts) -> String {
    match attachments::readable(&blob.name) {
        _ if blob.name.is_empty() => t.say("attachment-default"),
        nothing if nothing.is_empty() => t.say("attachment-nameless"),
        name => name,
    }
}

/// A size as people say it.
fn size(bytes: u64, t: &Texts) -> String {
    const UNITS: [(u64, Key); 3] =
        [(1_000_000_000, Key("size-gb")), (1_000_000, Key("size-mb")), (1_000, Key("size-kb"))];
    let Some((unit, key)) = UNITS.into_iter().find(|(unit, _)| bytes >= *unit) else {
        return t.say_count("size-bytes", u32::try_from(bytes).unwrap_or(u32::MAX));
    };
    let tenths = (bytes * 10 + unit / 2) / unit;
    let number = match (tenths / 10, tenths % 10) {
        (whole, part) if whole < 10 && part > 0 => format!("{whole}.{part}"),
        _ => ((bytes + unit / 2) / unit).to_string(),
    };
    t.say_with(key, "number", number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_said_with_at_most_two_digits_that_matter_after_the_first() {
        let t = Texts::for_samples();
        for (bytes, said) in [
            (0, "0 bytes"),
            (1, "1 byte"),
            (999, "999 bytes"),
            (1_000, "1 kB"),
            (1_240, "1.2 kB"),
            (20_480, "20 kB"),
            (3_400_000, "3.4 MB"),
            (2_147_483_647, "2.1 GB"),
        ] {
            assert_eq!(size(bytes, &t), said);
        }
    }
}
