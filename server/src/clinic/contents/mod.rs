//! What goes into a package: files as a clinic has them. All of them are read and judged before anything is
//! sent, for a package is not looked into before the patient opens it.

mod document;
mod gather;
mod kinds;
mod names;
#[cfg(test)]
mod tests;
mod text;
mod thing;

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use keepwell_client::NewThing;

use crate::files::progress::size;

pub use document::called;
use names::shown;
pub use names::{clean, file_name};

/// Bytes by which a file is known.
const HEAD: u64 = 256;
/// The longest XML that is read; a longer document is attached as it is.
const LONGEST_XML: u64 = 4 << 20;
/// XML of a package in all, at most: it goes in one request.
const MOST_XML: u64 = 8 << 20;

/// Things of a package, at most: they are written into the record at once.
const MOST_THINGS: usize = 1000;

/// A file, and what it becomes.
#[derive(Debug)]
pub struct Item {
    /// Where it is.
    pub path: PathBuf,
    /// What it becomes.
    pub becomes: Becomes,
}

/// What a file becomes in the record.
#[derive(Debug)]
pub enum Becomes {
    /// Things, which were read from it.
    Things(Vec<NewThing>),
    /// A file, attached as it is.
    File {
        /// Its media type.
        media_type: &'static str,
        /// Its bytes.
        length: u64,
    },
}

/// Reads files, and the files of folders.
pub fn read(paths: &[PathBuf]) -> anyhow::Result<Vec<Item>> {
    let (mut xml, mut things) = (0, 0);
    let mut items = Vec::new();
    for path in gather::gather(paths)? {
        let (becomes, length) = judge(&path)?;
        match &becomes {
            Becomes::Things(read) => {
                xml += length;
                things += read.len();
            }
            Becomes::File { .. } => things += 1,
        }
        if things > MOST_THINGS {
            bail!("these are more than {MOST_THINGS} entries of a record; make several packages of them");
        }
        if xml > MOST_XML {
            bail!("this is more than {} of XML; make several packages of it", size(MOST_XML));
        }
        items.push(Item { path, becomes });
    }
    Ok(items)
}

fn judge(path: &Path) -> anyhow::Result<(Becomes, u64)> {
    let cannot = || format!("cannot read {}", shown(path));
    let length = fs::metadata(path).with_context(cannot)?.len();
    if length == 0 {
        bail!("{} is empty", shown(path));
    }
    let mut file = File::open(path).with_context(cannot)?;
    let mut bytes = Vec::new();
    (&mut file).take(HEAD).read_to_end(&mut bytes).with_context(cannot)?;
    let as_file = |media_type| Ok((Becomes::File { media_type, length }, length));
    match kinds::media_type(&bytes, path) {
        Some(media_type) => return as_file(media_type),
        None if length > LONGEST_XML => return as_file(kinds::by_name(path)),
        None => {}
    }
    file.take(LONGEST_XML).read_to_end(&mut bytes).with_context(cannot)?;
    match document::read(path, &bytes).map_err(|why| anyhow!("{} {why}", shown(path)))? {
        Some(things) => Ok((Becomes::Things(things), length)),
        None => as_file(kinds::by_name(path)),
    }
}

impl Item {
    /// The file and what it becomes, in a line for the desk.
    pub fn told(&self) -> String {
        let name = file_name(&self.path);
        match &self.becomes {
            Becomes::File { media_type, length } => format!("{name}  {media_type}, {}", size(*length)),
            Becomes::Things(things) => {
                let mut kinds: Vec<_> = things.iter().map(|thing| called(thing.type_id())).collect();
                kinds.sort_unstable();
                kinds.dedup();
                match things.len() {
                    1 => format!("{name}  {}", kinds.join(", ")),
                    count => format!("{name}  {count} entries: {}", kinds.join(", ")),
                }
            }
        }
    }
}
