//! What the desk gave out. The platform cannot tell a sender what became of a package, and nobody tells a
//! code a second time, so the desk keeps its own list: beside the client's file, without answers and
//! without codes but for their last letters.

use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::link::ClientOptions;

/// How long a code can be used, unless the host of the server has it otherwise.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(28 * 24);
/// How long a line is kept; by then nobody asks for it.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(400 * 24);

/// The list of one client.
pub struct Ledger {
    path: PathBuf,
}

/// A code that was given out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Entry {
    /// What it is for.
    pub kind: Kind,
    /// The clinic's own id of the patient.
    pub id: String,
    /// The patient, as the desk wrote the name.
    pub name: String,
    /// When it was given out.
    #[serde(with = "instant")]
    pub made: Timestamp,
    /// The last letters of the code, to compare with a letter.
    pub code_ends: String,
    /// Files in a package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<usize>,
    /// Whether the desk took it back.
    #[serde(default)]
    pub taken_back: bool,
}

/// What a code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// To share a record with the clinic.
    Connect,
    /// To pick a package up.
    DropOff,
}

impl Entry {
    /// A code that is given out now.
    pub fn new(kind: Kind, id: &str, name: &str, code: &str, now: Timestamp) -> Self {
        let (id, name, code_ends) = (id.to_owned(), name.to_owned(), ends(code));
        Entry { kind, id, name, made: now, code_ends, files: None, taken_back: false }
    }

    /// Until when it can be used, where the server has the usual limit.
    pub fn until(&self) -> Timestamp {
        self.made.saturating_add(GOOD_FOR).unwrap_or(Timestamp::MAX)
    }
}

/// The last letters of a code, however it was typed.
pub fn ends(code: &str) -> String {
    let letters: Vec<char> = code.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.iter().skip(letters.len().saturating_sub(4)).map(char::to_ascii_uppercase).collect()
}

impl Ledger {
    /// The list beside the client's file.
    pub fn of(options: &ClientOptions) -> Self {
        Ledger { path: options.client.with_extension("codes.jsonl") }
    }

    /// All that is in it, the oldest first. None is an empty one.
    pub fn read(&self) -> anyhow::Result<Vec<Entry>> {
        let path = self.path.display();
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error).with_context(|| format!("cannot read {path}")),
        };
        let entry = |(at, line): (usize, &str)| {
            serde_json::from_str(line)
                .with_context(|| format!("{path}: line {} is not what keepwell wrote", at + 1))
        };
        text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(entry).collect()
    }

    /// Writes a code down.
    pub fn add(&self, entry: Entry) -> anyhow::Result<()> {
        self.change(|entries| {
            entries.retain(|old| old.made.saturating_add(KEPT_FOR).is_ok_and(|end| end > entry.made));
            entries.push(entry);
        })
    }

    /// Notes that these were taken back.
    pub fn take_back(&self, is_meant: impl Fn(&Entry) -> bool) -> anyhow::Result<()> {
        self.change(|entries| {
            entries.iter_mut().filter(|entry| is_meant(entry)).for_each(|entry| entry.taken_back = true);
        })
    }

    /// Two desks may write at once: one waits. A list is there as it was or as it is to be, never half.
    fn change(&self, change: impl FnOnce(&mut Vec<Entry>)) -> anyhow::Result<()> {
        let write = || -> anyhow::Result<()> {
            let lock = private(&self.path.with_extension("lock"))?;
            lock.lock()?;
            let mut entries = self.read()?;
            change(&mut entries);
            let mut text = String::new();
            for entry in &entries {
                text.push_str(&serde_json::to_string(entry)?);
                text.push('\n');
            }
            let next = self.path.with_extension("next");
            let mut file = private(&next)?;
            file.set_len(0)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            Ok(fs::rename(&next, &self.path)?)
        };
        write().with_context(|| format!("cannot write {}", self.path.display()))
    }
}

/// A file that nobody else on the machine reads.
fn private(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.create(true).write(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// An instant as people read it.
mod instant {
    use jiff::Timestamp;
    use serde::{Deserialize as _, Deserializer, Serializer, de};

    pub fn serialize<S: Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(at)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "JKYZ-QNMN-VHRX-ZGNR-GZNH";

    fn ledger() -> (tempfile::TempDir, Ledger) {
        let folder = tempfile::tempdir().expect("a folder");
        let ledger = Ledger::of(&ClientOptions { client: folder.path().join("client.toml") });
        (folder, ledger)
    }

    fn entry(id: &str, days: i64) -> Entry {
        let now = Timestamp::from_second(1_793_000_000 + days * 86_400).expect("a time");
        Entry::new(Kind::DropOff, id, "Ada \"A\"\nExample", CODE, now)
    }

    #[test]
    fn what_is_given_out_is_found_again_without_its_code() {
        let (folder, ledger) = ledger();
        assert_eq!(ledger.read().expect("none yet"), []);
        let first = Entry { files: Some(3), ..entry("1017", 0) };
        let second = Entry { kind: Kind::Connect, ..entry("a,b", 1) };
        ledger.add(first.clone()).expect("added");
        ledger.add(second.clone()).expect("added");
        assert_eq!(ledger.read().expect("read"), [first, second]);
        let text = fs::read_to_string(folder.path().join("client.codes.jsonl")).expect("a file");
        assert!(text.contains("\"GZNH\"") && !text.contains("JKYZ"), "{text}");
        assert_eq!(text.lines().count(), 2);
    }

    #[test]
    fn what_is_taken_back_stays_in_the_list() {
        let (_folder, ledger) = ledger();
        ledger.add(entry("1017", 0)).expect("added");
        ledger.add(entry("1018", 0)).expect("added");
        ledger.take_back(|entry| entry.id == "1017").expect("noted");
        let back: Vec<_> = ledger.read().expect("read").iter().map(|entry| entry.taken_back).collect();
        assert_eq!(back, [true, false]);
    }

    #[test]
    fn a_code_is_good_for_four_weeks_and_forgotten_after_a_year() {
        let (_folder, ledger) = ledger();
        let first = entry("1017", 0);
        assert_eq!(first.until(), entry("", 28).made);
        ledger.add(first).expect("added");
        ledger.add(entry("1018", 399)).expect("added");
        assert_eq!(ledger.read().expect("read").len(), 2);
        ledger.add(entry("1019", 401)).expect("added");
        let ids: Vec<_> = ledger.read().expect("read").into_iter().map(|entry| entry.id).collect();
        assert_eq!(ids, ["1018", "1019"]);
    }

    #[test]
    fn a_list_that_cannot_be_read_is_not_written_over() {
        let (folder, ledger) = ledger();
        let path = folder.path().join("client.codes.jsonl");
        fs::write(&path, "{\"kind\":\"parcel\"}\n").expect("written");
        let why = format!("{:#}", ledger.add(entry("1017", 0)).expect_err("refused"));
        assert!(why.contains("line 1"), "{why}");
        assert_eq!(fs::read_to_string(&path).expect("a file"), "{\"kind\":\"parcel\"}\n");
    }

    #[test]
    fn many_desks_write_at_once_and_nothing_is_lost() {
        let (_folder, ledger) = ledger();
        std::thread::scope(|scope| {
            for n in 0..8 {
                let ledger = &ledger;
                scope.spawn(move || {
                    for day in 0..5 {
                        ledger.add(entry(&n.to_string(), day)).expect("added");
                    }
                });
            }
        });
        assert_eq!(ledger.read().expect("read").len(), 40);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_on_the_machine_reads_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let (folder, ledger) = ledger();
        ledger.add(entry("1017", 0)).expect("added");
        for file in fs::read_dir(folder.path()).expect("a folder") {
            let mode = file.expect("a file").metadata().expect("known").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn the_last_letters_are_those_of_the_code_however_it_was_typed() {
        assert_eq!(ends(CODE), "GZNH");
        assert_eq!(ends("jkyz qnmn vhrx zgnr gznh "), "GZNH");
        assert_eq!(ends("ab"), "AB");
    }
}
