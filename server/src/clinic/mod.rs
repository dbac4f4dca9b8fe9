//! What a clinic does at its desk, as an application on its own machine: ask patients to share their records,
//! and leave documents for them.

pub mod connect;
mod contents;
pub mod dropoff;
mod ledger;
mod letter;
mod packing;
mod secret;
mod wording;

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use keepwell_core::Env;

use self::contents::clean;
use self::ledger::{Entry, Ledger};
pub use self::wording::Language;
use crate::cli::LetterOptions;
use crate::link::{ClientFile, ClientOptions};

/// Who writes letters, and what address they tell.
struct Desk {
    clinic: String,
    shell: String,
}

/// Characters of a name or an id, at most, as the server takes them.
const LONGEST: usize = 255;

/// Refuses what the server would, before anything is sent.
fn check(what: &str, text: &str) -> anyhow::Result<()> {
    if text.trim().is_empty() || text.chars().count() > LONGEST {
        bail!("the {what} has between 1 and {LONGEST} characters");
    }
    Ok(())
}

fn desk(file: &ClientFile) -> anyhow::Result<Desk> {
    let shell = file.shell.clone();
    let shell = shell.context("the client's file does not say shell, the address that the letter tells")?;
    let clinic = file.name.clone().context("the client's file does not say name, who writes the letter")?;
    Ok(Desk { clinic, shell })
}

/// What the patient is asked. The answer is on the slip if it was made here.
struct Asked {
    question: String,
    answer: String,
    slip: Option<String>,
}

impl Asked {
    /// An own question, whose answer is asked for; or words that are made.
    fn of(options: &LetterOptions) -> anyhow::Result<Self> {
        Ok(match options.question.clone() {
            Some(question) => Asked { question, answer: ask("The answer: ")?, slip: None },
            None => {
                let words = secret::words();
                Asked {
                    question: options.language.wording().say("question"),
                    answer: words.clone(),
                    slip: Some(words),
                }
            }
        })
    }
}

impl LetterOptions {
    /// Where the letter goes. No other is written over.
    fn place(&self, usual: impl FnOnce() -> String) -> anyhow::Result<Place> {
        let path = self.letter.clone().unwrap_or_else(|| PathBuf::from(usual()));
        if path.exists() {
            bail!("{} is there already; it may hold a code that you still need", path.display());
        }
        Ok(Place { path })
    }
}

/// The file of a letter.
struct Place {
    path: PathBuf,
}

impl Place {
    fn write(&self, html: &str) -> anyhow::Result<()> {
        write_new(&self.path, html)
    }

    /// What to do with it.
    fn advise(&self, has_slip: bool) {
        match has_slip {
            true => {
                println!(
                    "Print it, cut off the slip, and delete the file: it holds the code with its answer."
                )
            }
            false => println!("Print it, and delete the file: it holds the code."),
        }
    }
}

/// Keeps a code in the desk's list. The code is given out already, so that this failing undoes nothing.
fn write_down(client: &ClientOptions, entry: Entry) {
    if let Err(error) = Ledger::of(client).add(entry) {
        eprintln!("keepwell: this is not in the list: {error:#}");
    }
}

/// What is said of a code in any list.
fn line(entry: &Entry) -> String {
    let made = day(entry.made);
    format!("{}  {}  {made}  code …{}", clean(&entry.id), clean(&entry.name), entry.code_ends)
}

/// The day, where the desk is.
fn day(at: Timestamp) -> jiff::civil::Date {
    at.to_zoned_datetime(TimeZone::system()).date()
}

fn now() -> anyhow::Result<Timestamp> {
    Ok(Timestamp::from_microsecond(Env::system().now())?)
}

/// An answer from whoever sits at the desk. It is in no list of commands and in no history.
fn ask(what: &str) -> anyhow::Result<String> {
    if std::io::stdin().is_terminal() {
        print!("{what}");
        std::io::stdout().flush()?;
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    let answer = line.trim_end_matches(['\r', '\n']);
    if answer.trim().is_empty() {
        bail!("the answer is empty");
    }
    Ok(answer.to_owned())
}

/// A letter is for its reader: nobody else on the machine may read it, and no other is written over.
fn write_new(to: &Path, html: &str) -> anyhow::Result<()> {
    let mut options = std::fs::File::options();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let write = || options.open(to)?.write_all(html.as_bytes());
    write().with_context(|| format!("cannot write {}", to.display()))
}

/// What of an id can stand in the name of a file.
fn file_part(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(60).collect()
}
