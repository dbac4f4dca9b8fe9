//! `keepwell connect …`: what a clinic does at its desk, as an application on its own machine.

mod letter;
mod secret;

use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use keepwell_client::NewConnectRequest;

use self::letter::Letter;
use crate::cli::ConnectCommand;
use crate::link::{ClientFile, ClientOptions};
use crate::vocabularies::print;

/// What is asked where the answer is made of words on the slip.
const QUESTION: &str = "Which words stand on the slip that came with your letter?";

/// Carries out the command.
pub async fn run(command: ConnectCommand) -> anyhow::Result<()> {
    match command {
        ConnectCommand::New { name, id, question, letter, large, client } => {
            let letter = letter.unwrap_or_else(|| PathBuf::from(format!("letter-{}.html", file_part(&id))));
            new(name, id, question, letter, large, &client).await
        }
        ConnectCommand::Poll { since, json, client } => poll(since, json, &client).await,
        ConnectCommand::Delete { id, client } => {
            ClientFile::read(&client)?.client()?.delete_pending_connect_request(&id).await?;
            println!("No code waits for {id} any more.");
            Ok(())
        }
    }
}

async fn new(
    name: String,
    id: String,
    own_question: Option<String>,
    to: PathBuf,
    large: bool,
    options: &ClientOptions,
) -> anyhow::Result<()> {
    let file = ClientFile::read(options)?;
    let shell = file
        .shell
        .clone()
        .context("the client's file does not say shell, the address that the letter tells")?;
    let clinic = file.name.clone().context("the client's file does not say name, who writes the letter")?;
    if to.exists() {
        bail!("{} is there already; it may hold a code that you still need", to.display());
    }
    let (question, answer, on_slip) = match own_question {
        Some(question) => (question, ask("The answer: ")?, None),
        None => {
            let words = secret::words();
            (QUESTION.to_owned(), words.clone(), Some(words))
        }
    };
    let request =
        NewConnectRequest { friendly_name: name.clone(), question, answer, external_id: id.clone() };
    let code = file.client()?.create_connect_request(&request).await?;
    let has_slip = on_slip.is_some();
    let letter = Letter { clinic, phone: file.phone, name, code, shell, slip: on_slip, large };
    let html = letter.html()?;
    write_new(&to, &html)?;
    println!("A code waits for {id}. The letter is {}.", to.display());
    match has_slip {
        true => {
            println!("Print it, cut off the slip, and delete the file: it holds the code with its answer.")
        }
        false => println!("Print it, and delete the file: it holds the code."),
    }
    Ok(())
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
        let id: String = one.external_id.chars().filter(|c| !c.is_control()).collect();
        writeln!(text, "{id}  person {}  record {}", one.person_id, one.record_id)?;
    }
    if found.is_empty() {
        text.push_str("Nobody has used a code yet.\n");
    }
    print(&text)
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
fn write_new(to: &std::path::Path, html: &str) -> anyhow::Result<()> {
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
