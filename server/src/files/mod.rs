//! `keepwell file …`: files in and out of a record, as an application on this or any other machine.

pub mod progress;
mod put;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use keepwell_client::{BlobFormat, Query, RecordCaller, Thing};
use keepwell_core::ids::TypeId;
use keepwell_core::thing_types;
use tokio::fs::File;
use uuid::{Uuid, uuid};

use self::progress::Line;
use crate::cli::FileCommand;
use crate::link::Link;
use crate::vocabularies::print;

/// The type of a file; its bytes are the default attachment.
pub const FILE: Uuid = uuid!("bd0403c5-4ae2-4b0e-a8db-1888678e4528");

/// Carries out the command. It asks a server over the network, like any application.
pub async fn run(command: FileCommand) -> anyhow::Result<()> {
    match command {
        FileCommand::Put { files, link } => {
            let link = Link::open(&link).await?;
            for file in &files {
                put::put(&link.record(), file).await?;
            }
            Ok(())
        }
        FileCommand::List { link } => list(&Link::open(&link).await?.record()).await,
        FileCommand::Get { id, name, to, link } => {
            let link = Link::open(&link).await?;
            get(&link.record(), id, name.as_deref(), to).await
        }
    }
}

/// All things with attachments that the application may read.
async fn list(record: &RecordCaller<'_>) -> anyhow::Result<()> {
    let types = thing_types::all().iter().map(|kind| kind.id.0);
    let query = Query::of_types(types).with_blobs(BlobFormat::Information);
    let mut text = String::new();
    for thing in record.all_things(&query).await? {
        for blob in &thing.blobs {
            let size = blob.length.map_or_else(|| "?".to_owned(), progress::size);
            let what = thing_types::find(TypeId(thing.type_id)).map_or("", |kind| kind.name);
            writeln!(text, "{}  {size:>10}  {what}: {}", thing.key.id, shown(&thing, &blob.name))?;
        }
    }
    if text.is_empty() {
        text.push_str("There are no attachments that this application may read.\n");
    }
    print(&text)
}

/// What an attachment is called where people read it: nothing in it acts on their terminal.
fn shown(thing: &Thing, name: &str) -> String {
    let name = match name {
        "" => file_name(thing).unwrap_or_else(|| "(no name)".to_owned()),
        name => name.to_owned(),
    };
    name.chars().filter(|c| !c.is_control()).collect()
}

/// The name in the data of a file.
fn file_name(thing: &Thing) -> Option<String> {
    let data = thing.data_xml.as_deref().filter(|_| thing.type_id == FILE)?;
    let wrapped = format!("<data-xml>{data}</data-xml>");
    let document = keepwell_wire::roxmltree::Document::parse(&wrapped).ok()?;
    let name = document.descendants().find(|node| node.has_tag_name("name"))?;
    name.text().map(str::to_owned)
}

async fn get(
    record: &RecordCaller<'_>,
    id: Uuid,
    name: Option<&str>,
    to: Option<PathBuf>,
) -> anyhow::Result<()> {
    let query = Query::of_ids([id]).with_blobs(BlobFormat::Streamed);
    let found = record.get_things(&query).await?;
    let thing =
        found.things.first().context("the record has no such thing, or the application may not read it")?;
    let blob = match name {
        Some(name) => thing.blob(name),
        None => thing.blob("").or(thing.blobs.first()),
    };
    let blob = blob.context("the thing has no such attachment; see: keepwell file list")?;
    let to = to.map_or_else(|| safe(&shown(thing, &blob.name)), Ok)?;
    if to.exists() {
        bail!("{} is there already; say where to with --to", to.display());
    }
    let partly = beside(&to, "part");
    let mut line = Line::of(&to);
    let mut file =
        File::create(&partly).await.with_context(|| format!("cannot write {}", partly.display()))?;
    record.download(blob, &mut file, |progress| line.show(progress)).await?;
    file.sync_all().await?;
    std::fs::rename(&partly, &to)?;
    line.end();
    Ok(())
}

/// A name that somebody else chose, as a file in this folder and nowhere else.
fn safe(name: &str) -> anyhow::Result<PathBuf> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default().trim_start_matches('.').trim();
    if last.is_empty() {
        bail!("the attachment has no name that a file could have; say where to with --to");
    }
    Ok(PathBuf::from(last))
}

/// The file with this ending more.
fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_outside_stays_in_this_folder() {
        for (name, file) in [
            ("scan.png", "scan.png"),
            ("../../etc/passwd", "passwd"),
            ("C:\\windows\\win.ini", "win.ini"),
            ("/etc/passwd", "passwd"),
            ("..hidden", "hidden"),
        ] {
            assert_eq!(safe(name).expect(name), Path::new(file));
        }
        for name in ["", "..", "a/", "/", "..\\.."] {
            assert!(safe(name).is_err(), "{name}");
        }
    }
}
