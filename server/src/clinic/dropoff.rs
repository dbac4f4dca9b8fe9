//! `keepwell dropoff …`: documents that a clinic leaves for a patient, once.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use keepwell_client::{ConnectionName, NewPackage, SecretString};

use super::contents::{self, clean};
use super::ledger::{Entry, Kind, Ledger, ends};
use super::letter::{Letter, Purpose};
use super::packing::pack;
use super::{Asked, check, desk, file_part, now, write_down};
use crate::cli::{DropoffCommand, LetterOptions};
use crate::link::{ClientFile, ClientOptions};
use crate::vocabularies::print;

/// Carries out the command.
pub async fn run(command: DropoffCommand) -> anyhow::Result<()> {
    match command {
        DropoffCommand::New { files, patient, id, letter, client } => {
            new(&files, &patient, &id, letter, &client).await
        }
        DropoffCommand::List { json, client } => list(json, &client),
        DropoffCommand::Delete { id, code, client } => delete(id, code, &client).await,
    }
}

async fn new(
    files: &[PathBuf],
    patient: &str,
    id: &str,
    options: LetterOptions,
    client: &ClientOptions,
) -> anyhow::Result<()> {
    check("patient's name", patient)?;
    check("patient's id", id)?;
    let file = ClientFile::read(client)?;
    let desk = desk(&file)?;
    let to = options.place(|| format!("package-{}.html", file_part(id)))?;
    let items = contents::read(files)?;
    let count = items.len();
    print(&told(&items)?)?;
    let Asked { question, answer, slip } = Asked::of(&options)?;
    let app = file.client()?;
    let mut draft = app.begin_package(&SecretString::from(answer)).await?;
    // With a code of its own, a package whose answer is lost on the way is not left twice.
    let code = app.allocate_package_code().await?;
    pack(&mut draft, items).await?;
    let package = NewPackage {
        code: Some(code.clone()),
        friendly_name: patient.to_owned(),
        question,
        external_id: id.to_owned(),
    };
    draft.send(&package).await?;
    let has_slip = slip.is_some();
    let letter = Letter {
        purpose: Purpose::DropOff { files: count },
        clinic: desk.clinic,
        phone: file.phone,
        name: patient.to_owned(),
        code: code.clone(),
        shell: desk.shell,
        slip,
        language: options.language,
        large: options.large,
    };
    if let Err(error) = to.write(&letter.html()?) {
        // Nobody would ever know its code.
        app.delete_pending_packages(&ConnectionName::Code(code)).await?;
        return Err(error.context("the package was taken back"));
    }
    println!("A package waits for {}. The letter is {}.", clean(id), to.path.display());
    to.advise(has_slip);
    let entry = Entry::new(Kind::DropOff, id, patient, &code, now()?);
    write_down(client, Entry { files: Some(count), ..entry });
    Ok(())
}

/// What is in the package, a line for each file.
fn told(items: &[contents::Item]) -> anyhow::Result<String> {
    let mut text = String::new();
    for item in items {
        writeln!(text, "{}", item.told())?;
    }
    Ok(text)
}

/// What was left. What became of it nobody tells, so that is all.
fn list(json: bool, client: &ClientOptions) -> anyhow::Result<()> {
    let now = now()?;
    let mut entries = Ledger::of(client).read()?;
    entries.retain(|entry| entry.kind == Kind::DropOff);
    if json {
        return print(&(serde_json::to_string_pretty(&entries)? + "\n"));
    }
    let mut text = String::new();
    for entry in &entries {
        let state = match entry {
            entry if entry.taken_back => "taken back".to_owned(),
            entry if entry.until() <= now => "its time is up".to_owned(),
            entry => format!("until {}", super::day(entry.until())),
        };
        let files = match entry.files {
            Some(1) => "1 file".to_owned(),
            files => format!("{} files", files.unwrap_or_default()),
        };
        writeln!(text, "{}, {files}, {state}", super::line(entry))?;
    }
    text.push_str(match entries.is_empty() {
        true => "Nothing was left from here.\n",
        false => "Whether a package was picked up, only the patient knows.\n",
    });
    print(&text)
}

async fn delete(id: Option<String>, code: Option<String>, client: &ClientOptions) -> anyhow::Result<()> {
    let app = ClientFile::read(client)?.client()?;
    let name = match (&id, &code) {
        (Some(id), _) => ConnectionName::ExternalId(id.clone()),
        (None, code) => ConnectionName::Code(code.clone().context("say an id, or --code CODE")?),
    };
    app.delete_pending_packages(&name).await?;
    let code_ends = code.as_deref().map(ends);
    Ledger::of(client).take_back(|entry| {
        let is_meant =
            id.as_ref().is_some_and(|id| *id == entry.id) || code_ends.as_ref() == Some(&entry.code_ends);
        entry.kind == Kind::DropOff && is_meant
    })?;
    match id {
        Some(id) => println!("No package waits for {} any more.", clean(&id)),
        None => println!("No package waits under this code any more."),
    }
    println!("What was picked up before is in the patient's record, and stays there.");
    Ok(())
}
