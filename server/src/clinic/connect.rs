//! `keepwell connect …`: patients who share their records with the clinic.

use std::collections::HashSet;
use std::fmt::Write as _;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use keepwell_client::{AuthorizedConnectRequest, NewConnectRequest};

use super::contents::clean;
use super::ledger::{Entry, Kind, Ledger};
use super::letter::{Letter, Purpose};
use super::{Asked, day, desk, file_part, line, now, write_down};
use crate::cli::{ConnectCommand, LetterOptions};
use crate::link::{ClientFile, ClientOptions};
use crate::vocabularies::print;

/// Carries out the command.
pub async fn run(command: ConnectCommand) -> anyhow::Result<()> {
    match command {
        ConnectCommand::New { name, id, letter, client } => new(name, id, letter, &client).await,
        ConnectCommand::List { client } => list(&client).await,
        ConnectCommand::Poll { since, json, client } => poll(since, json, &client).await,
        ConnectCommand::Delete { id, client } => {
            ClientFile::read(&client)?.client()?.delete_pending_connect_request(&id).await?;
            Ledger::of(&client).take_back(|entry| entry.kind == Kind::Connect && entry.id == id)?;
            println!("No code waits for {} any more.", clean(&id));
            Ok(())
        }
    }
}

async fn new(name: String, id: String, options: LetterOptions, client: &ClientOptions) -> anyhow::Result<()> {
    let file = ClientFile::read(client)?;
    let desk = desk(&file)?;
    let to = options.place(|| format!("letter-{}.html", file_part(&id)))?;
    let Asked { question, answer, slip } = Asked::of(&options)?;
    let request =
        NewConnectRequest { friendly_name: name.clone(), question, answer, external_id: id.clone() };
    let code = file.client()?.create_connect_request(&request).await?;
    let entry = Entry::new(Kind::Connect, &id, &name, &code, now()?);
    let has_slip = slip.is_some();
    let letter = Letter {
        purpose: Purpose::Connect,
        clinic: desk.clinic,
        phone: file.phone,
        name,
        code,
        shell: desk.shell,
        slip,
        language: options.language,
        large: options.large,
    };
    to.write(&letter.html()?)?;
    println!("A code waits for {}. The letter is {}.", clean(&id), to.path.display());
    to.advise(has_slip);
    write_down(client, entry);
    Ok(())
}

/// What the desk gave out, and what the platform says of it.
async fn list(client: &ClientOptions) -> anyhow::Result<()> {
    let now = now()?;
    let used = ClientFile::read(client)?.client()?.authorized_connect_requests(None).await?;
    let mut entries = Ledger::of(client).read()?;
    entries.retain(|entry| entry.kind == Kind::Connect);
    let mut text = String::new();
    let known: HashSet<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
    for (at, entry) in entries.iter().enumerate() {
        let is_last = !entries.iter().skip(at + 1).any(|later| later.id == entry.id);
        let found = used.iter().find(|one| is_last && one.external_id == entry.id);
        let state = match found {
            Some(one) => format!("used, person {}  record {}", one.person_id, one.record_id),
            None if entry.taken_back => "taken back".to_owned(),
            None if entry.until() <= now => "its time is up".to_owned(),
            None => format!("waits until {}", day(entry.until())),
        };
        writeln!(text, "{}, {state}", line(entry))?;
    }
    for one in used.iter().filter(|one| !known.contains(one.external_id.as_str())) {
        writeln!(text, "{}", told(one))?;
    }
    if text.is_empty() {
        text.push_str("No code was given out from here.\n");
    }
    print(&text)
}

async fn poll(since: Option<Date>, json: bool, options: &ClientOptions) -> anyhow::Result<()> {
    let since = since.map(|day| day.to_zoned_datetime(TimeZone::system())).transpose()?;
    let since = since.map(|at| at.timestamp());
    let found = ClientFile::read(options)?.client()?.authorized_connect_requests(since).await?;
    if json {
        let list: Vec<_> = found
            .iter()
            .map(|one| {
                serde_json::json!({
                    "id": one.external_id, "person": one.person_id, "record": one.record_id, "app": one.app_id,
                })
            })
            .collect();
        return print(&(serde_json::to_string_pretty(&list)? + "\n"));
    }
    let mut text = String::new();
    for one in &found {
        writeln!(text, "{}", told(one))?;
    }
    if found.is_empty() {
        text.push_str("Nobody has used a code yet.\n");
    }
    print(&text)
}

fn told(one: &AuthorizedConnectRequest) -> String {
    format!("{}  person {}  record {}", clean(&one.external_id), one.person_id, one.record_id)
}
