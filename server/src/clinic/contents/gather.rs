//! The files that are meant: those that are named, and those in the folders that are named.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::names::shown;

/// Files of a package, at most.
pub const MOST_FILES: usize = 500;

/// How deep folders lie in each other, at most.
const DEEPEST: usize = 16;

/// Files that a system puts into folders by itself.
const OF_THE_SYSTEM: [&str; 2] = ["thumbs.db", "desktop.ini"];

/// The files in the order in which they are named, those of a folder sorted, each once. What is hidden in a
/// folder is passed over; a link in one is refused, for where it leads nobody has named.
pub fn gather(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Found::default();
    for path in paths {
        let what = fs::metadata(path).with_context(|| format!("cannot read {}", shown(path)))?;
        if what.is_dir() {
            let before = found.files.len();
            found.folder(path, 0)?;
            if found.files.len() == before {
                bail!("there are no files in {}", shown(path));
            }
        } else if what.is_file() {
            found.file(path)?;
        } else {
            bail!("{} is neither a file nor a folder", shown(path));
        }
    }
    Ok(found.files)
}

#[derive(Default)]
struct Found {
    files: Vec<PathBuf>,
    seen: HashSet<PathBuf>,
}

impl Found {
    fn file(&mut self, path: &Path) -> anyhow::Result<()> {
        let place = fs::canonicalize(path).with_context(|| format!("cannot read {}", shown(path)))?;
        if !self.seen.insert(place) {
            return Ok(());
        }
        if self.files.len() == MOST_FILES {
            bail!("these are more than {MOST_FILES} files; make several packages of them");
        }
        self.files.push(path.to_owned());
        Ok(())
    }

    fn folder(&mut self, path: &Path, depth: usize) -> anyhow::Result<()> {
        if depth == DEEPEST {
            bail!("{}: folders lie in each other more than {DEEPEST} deep", shown(path));
        }
        let read = || fs::read_dir(path)?.collect::<Result<Vec<_>, _>>();
        let mut entries = read().with_context(|| format!("cannot read {}", shown(path)))?;
        entries.retain(|entry| !is_hidden(&entry.file_name().to_string_lossy()));
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let inside = entry.path();
            let what = entry.file_type().with_context(|| format!("cannot read {}", shown(&inside)))?;
            if what.is_dir() {
                self.folder(&inside, depth + 1)?;
            } else if what.is_file() {
                self.file(&inside)?;
            } else if what.is_symlink() {
                bail!("{} is a link; name what it leads to", shown(&inside));
            } else {
                bail!("{} is neither a file nor a folder", shown(&inside));
            }
        }
        Ok(())
    }
}

fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || OF_THE_SYSTEM.iter().any(|own| name.eq_ignore_ascii_case(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, file).expect("written");
        }
        folder
    }

    fn names(folder: &Path, found: &[PathBuf]) -> Vec<String> {
        found.iter().map(|p| p.strip_prefix(folder).expect("inside").to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_folder_gives_its_files_sorted_and_without_what_is_hidden() {
        let at = folder(&["b.pdf", "a/2.png", "a/1.png", ".hidden", ".git/config", "a/Thumbs.db"]);
        let found = gather(&[at.path().to_owned(), at.path().join("b.pdf")]).expect("found");
        assert_eq!(names(at.path(), &found), ["a/1.png", "a/2.png", "b.pdf"]);
        let named = gather(&[at.path().join(".hidden")]).expect("what is named is meant");
        assert_eq!(named.len(), 1);
    }

    #[test]
    fn what_cannot_be_gathered_is_refused_by_name() {
        let at = folder(&["a/.hidden"]);
        for (path, why) in [("none.pdf", "cannot read"), ("a", "no files in")] {
            let error = gather(&[at.path().join(path)]).expect_err(path).to_string();
            assert!(error.contains(why) && error.contains(path), "{error}");
        }
    }

    #[test]
    fn a_huge_folder_and_a_deep_one_are_refused() {
        let many: Vec<String> = (0..=MOST_FILES).map(|n| format!("{n}.txt")).collect();
        let at = folder(&many.iter().map(String::as_str).collect::<Vec<_>>());
        let error = gather(&[at.path().to_owned()]).expect_err("too many").to_string();
        assert!(error.contains("more than 500 files"), "{error}");
        let deep = "d/".repeat(DEEPEST) + "a.pdf";
        let error = gather(&[folder(&[&deep]).path().to_owned()]).expect_err("too deep").to_string();
        assert!(error.contains("deep"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_a_folder_is_not_followed_though_it_leads_in_a_circle() {
        use std::os::unix::fs::symlink;
        let at = folder(&["a/1.pdf"]);
        symlink(at.path(), at.path().join("a/up")).expect("linked");
        let error = gather(&[at.path().to_owned()]).expect_err("a link").to_string();
        assert!(error.contains("a/up is a link"), "{error}");
        let link = folder(&[]);
        symlink(at.path().join("a/1.pdf"), link.path().join("1.pdf")).expect("linked");
        assert_eq!(gather(&[link.path().join("1.pdf")]).expect("a link that is named").len(), 1);
    }
}
