//! What lies in a folder of objects.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use crate::key::is_part;

/// A file that the library wrote.
pub(crate) struct Found {
    /// Its key below the folder walked, or that of the object that it was to become.
    pub(crate) key: String,
    pub(crate) path: PathBuf,
    /// Whether it is the beginning of an object, which a put has under way or left behind.
    pub(crate) is_unfinished: bool,
}

enum Name<'a> {
    Object(&'a str),
    /// The library writes to `NAME#1` (or another number) first, and renames it.
    Unfinished(&'a str),
}

/// All files with names of ours below a folder, which need not be there. Whatever else lies there,
/// such as `lost+found`, is passed over, and symbolic links are not followed. This blocks.
pub(crate) fn walk(folder: &Path) -> io::Result<Vec<Found>> {
    let mut found = Vec::new();
    let mut folders = vec![(folder.to_owned(), String::new())];
    while let Some((folder, before)) = folders.pop() {
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            // Removed meanwhile.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            let (kind, path) = (entry.file_type()?, entry.path());
            match name_of(&name) {
                Some(Name::Object(name)) if kind.is_dir() => folders.push((path, format!("{before}{name}/"))),
                Some(Name::Object(name)) if kind.is_file() => {
                    found.push(Found { key: format!("{before}{name}"), path, is_unfinished: false });
                }
                Some(Name::Unfinished(name)) if kind.is_file() => {
                    found.push(Found { key: format!("{before}{name}"), path, is_unfinished: true });
                }
                _ => {}
            }
        }
    }
    Ok(found)
}

fn name_of(name: &OsStr) -> Option<Name<'_>> {
    let name = name.to_str()?;
    match name.split_once('#') {
        None => is_part(name).then_some(Name::Object(name)),
        Some((name, number)) => {
            (is_part(name) && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
                .then_some(Name::Unfinished(name))
        }
    }
}
