//! What is in the copy of a record: all things in all versions as they are stored, attachments, the log, a page
//! for reading, and a manifest. Everything is fetched and written piece by piece.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::pin::pin;

use askama::Template;
use futures_util::StreamExt;
use jiff::Timestamp;
use keepwell_core::audit::Filter;
use keepwell_core::authorizations::{Avenue, Caller};
use keepwell_core::blobs::{Blob, BlobId};
use keepwell_core::ids::PersonId;
use keepwell_core::records::Record;
use keepwell_core::thing_types;
use keepwell_core::things::{self, KeptVersion, PERSONAL, Thing, ThingError, VersionPlace, Writing};
use serde_json::json;

use super::activity_files::{File, Format};
use super::writers::Writers;
use super::{Shell, item_words, moment, words};
use crate::archive::{Archive, Written};
use crate::attachments::{self, HEAD, Kind};
use crate::locale::Texts;
use crate::pages::copy::{CopyAttachment, CopyHead, CopyItem, CopyKind, TAIL};

/// Versions fetched at a time; each may be as large as a request.
const PAGE: u32 = 16;

/// Why a copy breaks off.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// Who downloads it has gone.
    #[error(transparent)]
    Download(#[from] std::io::Error),
    /// It cannot be read, or not any more.
    #[error(transparent)]
    Things(#[from] ThingError),
    /// The same, of an attachment.
    #[error(transparent)]
    Outage(#[from] keepwell_core::Outage),
    /// A page could not be written.
    #[error(transparent)]
    Page(#[from] askama::Error),
    /// Names could not be looked up.
    #[error("names could not be looked up")]
    Names,
}

/// Whose copy, for whom.
pub struct Contents {
    pub shell: Shell,
    pub you: PersonId,
    pub caller: Caller,
    pub record: Record,
    pub t: Texts,
}

/// What was counted on the way.
#[derive(Default)]
struct Counts {
    things: u64,
    versions: u64,
    removed: u64,
    attachments: u64,
    missing: Vec<BlobId>,
}

impl Contents {
    /// Writes all of it.
    ///
    /// # Errors
    /// `Broken` when it cannot go on.
    pub async fn fill(self, mut archive: Archive) -> Result<(), Broken> {
        let began = self.shell.now();
        let mut counts = Counts::default();
        let mut files = vec![
            self.read_me(&mut archive, began).await?,
            self.things(&mut archive, &mut counts).await?,
            self.log(&mut archive).await?,
        ];
        self.attachments(&mut archive, &mut counts, &mut files).await?;
        let manifest = json!({
            "what": "A copy of a health record, with all things in all versions",
            "format": 1,
            "record": { "id": self.record.id, "name": self.record.name },
            "began": began.to_string(),
            "ended": self.shell.now().to_string(),
            "counts": {
                "things": counts.things, "versions": counts.versions, "removed": counts.removed,
                "attachments": counts.attachments,
            },
            "missing-attachments": counts.missing,
            "files": files,
        });
        let text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
        let mut file = archive.file("manifest.json".to_owned(), true).await?;
        file.write(text).await?;
        drop(file);
        Ok(archive.end().await?)
    }

    async fn versions(&self, after: Option<VersionPlace>) -> Result<Vec<KeptVersion>, Broken> {
        let Self { shell, caller, record, .. } = self;
        Ok(things::export_versions(&shell.domain, caller, record.id, after, PAGE).await?)
    }

    /// All things as they are stored.
    async fn things(&self, archive: &mut Archive, counts: &mut Counts) -> Result<Written, Broken> {
        let mut file = archive.file("things.xml".to_owned(), true).await?;
        let name = escaped(&self.record.name);
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
        file.write(format!("{head}<record id=\"{}\" name=\"{name}\">\n", self.record.id)).await?;
        let mut after = None;
        loop {
            let page = self.versions(after).await?;
            let Some(last) = page.last() else { break };
            after = Some((last.thing.key.id, last.thing.key.stamp));
            for kept in page {
                counts.versions += 1;
                counts.things += u64::from(kept.current);
                counts.removed += u64::from(kept.current && kept.removed);
                file.write(as_stored(&kept)?).await?;
            }
        }
        file.write("</record>\n").await?;
        Ok(file.end())
    }

    /// Who looked.
    async fn log(&self, archive: &mut Archive) -> Result<Written, Broken> {
        let log = File {
            shell: self.shell.clone(),
            you: self.you,
            record: self.record.id,
            filter: Filter::default(),
            t: self.t.clone(),
            format: Format::Json,
        };
        let mut file = archive.file("who-looked.json".to_owned(), true).await?;
        let mut pieces = pin!(log.pieces());
        while let Some(piece) = pieces.next().await {
            file.write(piece?).await?;
        }
        Ok(file.end())
    }

    /// The bytes of every attachment of every version, each once.
    async fn attachments(
        &self,
        archive: &mut Archive,
        counts: &mut Counts,
        files: &mut Vec<Written>,
    ) -> Result<(), Broken> {
        let mut seen = BTreeSet::new();
        let mut after = None;
        loop {
            let page = self.versions(after).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some((last.thing.key.id, last.thing.key.stamp));
            for kept in page {
                for blob in kept.thing.blobs.list()? {
                    if seen.insert(blob.id) {
                        match self.attachment(archive, &blob).await? {
                            Some(written) => files.push(written),
                            None => counts.missing.push(blob.id),
                        }
                        counts.attachments += 1;
                    }
                }
            }
        }
    }

    async fn attachment(&self, archive: &mut Archive, blob: &Blob) -> Result<Option<Written>, Broken> {
        let Self { shell, caller, record, .. } = self;
        let Some(content) = things::export_blob(&shell.domain, caller, record.id, blob.id).await? else {
            return Ok(None);
        };
        let length = content.length();
        let first = match length {
            0 => bytes::Bytes::new(),
            _ => content.read(&shell.domain, 0..length, HEAD).await?,
        };
        let encoding = blob.encoding.as_deref().unwrap_or_default();
        let is_gzip =
            encoding.rsplit(',').next().is_some_and(|last| last.trim().eq_ignore_ascii_case("gzip"));
        // The folder is ours and tells apart what is called the same.
        let name = attachments::file_name(&blob.name, "attachment", Kind::of(Some(&first)), is_gzip);
        let mut file = archive.file(format!("{}{name}", folder(blob.id)), false).await?;
        let mut pieces = pin!(content.stream(shell.domain.clone(), 0..length));
        while let Some(piece) = pieces.next().await {
            file.write(piece?).await?;
        }
        Ok(Some(file.end()))
    }

    /// What is there now, in plain words.
    async fn read_me(&self, archive: &mut Archive, made: Timestamp) -> Result<Written, Broken> {
        let Self { shell, caller, record, t, .. } = self;
        let mut file = archive.file("read-me.html".to_owned(), true).await?;
        let record_name = record.rights.display_name.clone();
        file.write(CopyHead { t: t.clone(), record_name, made }.render()?).await?;
        let mut is_empty = true;
        for kind in things::export_kinds(&shell.domain, caller, record.id).await? {
            is_empty = false;
            file.write(CopyKind { name: words::kind_alone(kind.type_id, t) }.render()?).await?;
            let mut after = None;
            loop {
                let page =
                    things::export_kind(&shell.domain, caller, record.id, kind.type_id, after, PAGE).await?;
                for thing in &page.things {
                    file.write(self.item(thing).await?).await?;
                }
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
        }
        if is_empty {
            file.write(format!("<p>{}</p>", t.say("copy-empty"))).await?;
        }
        file.write(TAIL).await?;
        Ok(file.end())
    }

    async fn item(&self, thing: &Thing) -> Result<String, Broken> {
        let t = &self.t;
        let writers = Writers::of(&self.shell, self.you, std::iter::once(thing.created), t).await;
        let writers = writers.map_err(|_| Broken::Names)?;
        let attachments = thing.blobs.list()?.into_iter().map(|blob| CopyAttachment {
            name: match attachments::readable(&blob.name) {
                nothing if nothing.is_empty() => t.say("attachment-default"),
                name => name,
            },
            folder: folder(blob.id),
        });
        let item = CopyItem {
            t: t.clone(),
            line: item_words::line(thing, t),
            when: thing.eff_date,
            from: writers.who(&thing.created, t),
            fields: item_words::fields(thing, t).0,
            attachments: attachments.collect(),
        };
        Ok(item.render()?)
    }
}

fn folder(blob: BlobId) -> String {
    format!("attachments/{blob}/")
}

/// A version as it is stored: what is known about it as attributes, its XML as it came.
fn as_stored(kept: &KeptVersion) -> Result<String, Broken> {
    let thing = &kept.thing;
    let state = match (kept.current, kept.removed) {
        (true, true) => "removed",
        (true, false) => "current",
        (false, true) => "former-removed",
        (false, false) => "former",
    };
    let kind = thing_types::find(thing.type_id).map_or("", |kind| kind.name);
    let mut text = format!(
        "<thing id=\"{}\" version=\"{}\" type=\"{}\" type-name=\"{}\" state=\"{state}\" personal=\"{}\" \
         eff-date=\"{}\"",
        thing.key.id,
        thing.key.stamp,
        thing.type_id,
        escaped(kind),
        thing.flags & PERSONAL != 0,
        wall(thing.eff_date),
    );
    if let Some(end) = thing.end_date {
        let _ = write!(text, " end-date=\"{}\"", wall(end));
    }
    written(&mut text, "created", &thing.created);
    written(&mut text, "updated", &thing.updated);
    for (name, value) in
        [("client-thing-id", thing.client_thing_id.as_deref()), ("tags", Some(&thing.tags[..]))]
    {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let _ = write!(text, " {name}=\"{}\"", escaped(value));
        }
    }
    let _ = write!(text, ">\n<data-xml>{}</data-xml>\n", thing.data_xml);
    if let Some(signature) = &thing.signature {
        let _ = writeln!(text, "{}", signature.xml());
    }
    for blob in thing.blobs.list()? {
        let _ = writeln!(
            text,
            "<attachment name=\"{}\" content-type=\"{}\" length=\"{}\" in=\"{}\"/>",
            escaped(&blob.name),
            escaped(&blob.content_type),
            blob.length,
            folder(blob.id)
        );
    }
    text.push_str("</thing>\n");
    Ok(text)
}

fn written(text: &mut String, what: &str, by: &Writing) {
    let _ = write!(text, " {what}=\"{}\" {what}-by=\"{}\"", moment(by.at), by.person);
    if let Some(app) = by.app {
        let _ = write!(text, " {what}-with=\"{app}\"");
    }
    if by.avenue != Avenue::Shell {
        let _ = write!(text, " {what}-how=\"{}\"", by.avenue.name());
    }
}

/// A time on the clock of the wall, which has no zone.
fn wall(micros: i64) -> String {
    moment(micros).strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // XML 1.0 has no way at all to write these.
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                out.push(char::REPLACEMENT_CHARACTER);
            }
            '<' | '>' | '&' | '"' | '\'' | '\n' | '\r' | '\t' => {
                let _ = write!(out, "&#{};", c as u32);
            }
            c => out.push(c),
        }
    }
    out
}
