//! `keepwell person …`

use anyhow::{Context as _, bail};
use clap::Subcommand;
use jiff::Timestamp;
use keepwell_core::applications::SHELL;
use keepwell_core::credentials::second_factor;
use keepwell_core::ids::PersonId;
use keepwell_core::persons::{self, Person, State};
use keepwell_core::sessions::shell as sign_ins;
use keepwell_core::{Domain, credentials, erasure, records};

use crate::cli::PersonCommand;
use crate::config::Config;
use crate::serve::{open, telling};

/// What to do with the second step of a person's sign-in.
#[derive(Debug, Subcommand)]
pub enum SecondStepCommand {
    /// Turn it off for a person who has lost both their app and their recovery codes. They are told by letter.
    ///
    /// Be sure first that it is the person who asks: from then on the password alone opens the account.
    ///
    /// Example: keepwell person second-step off ada@example.org
    Off {
        /// The e-mail address that the person signs in with.
        email: String,
    },
}

/// Carries out the command. The server may be running: it holds at the next request.
pub async fn run(config: &Config, command: PersonCommand) -> anyhow::Result<()> {
    let (domain, _) = open(config, true).await?;
    match command {
        PersonCommand::Show { email } => show(&domain, &email).await,
        PersonCommand::Suspend { email } => set_active(&domain, &email, false).await,
        PersonCommand::Restore { email } => set_active(&domain, &email, true).await,
        PersonCommand::Invite => invite(config, &domain).await,
        PersonCommand::SecondStep { command: SecondStepCommand::Off { email } } => {
            second_step_off(config, &domain, &email).await
        }
    }
}

/// The person with this login name.
pub async fn find(domain: &Domain, email: &str) -> anyhow::Result<PersonId> {
    credentials::find_login(domain, email)
        .await?
        .with_context(|| format!("nobody has an account with {email}"))
}

async fn show(domain: &Domain, email: &str) -> anyhow::Result<()> {
    let id = find(domain, email).await?;
    let person = persons::find(domain, id).await?.context("the account is not whole")?;
    println!("{}  {}", person.email, person.name);
    println!("  state    {}", standing(domain, &person).await?);
    println!("  address  {}", if person.email_validated { "confirmed" } else { "not confirmed" });
    match second_factor::standing(domain, id).await? {
        Some(on) => println!("  second step  on, {} recovery codes left", on.codes_left),
        None => println!("  second step  off"),
    }
    // What is in a record, and what it is called, is the person's business: its id is enough to close it.
    for record in records::of_person(domain, id).await? {
        let role = if record.rights.custodian { "custodian" } else { "guest" };
        println!("  record   {}  {}, {role}", record.id, record.state.wire_name());
    }
    Ok(())
}

async fn standing(domain: &Domain, person: &Person) -> anyhow::Result<String> {
    Ok(match person.state {
        State::Active => "active".to_owned(),
        State::Suspended => "suspended".to_owned(),
        State::Erasing => "closed by the person; it is being erased".to_owned(),
        State::Closing => match erasure::waiting(domain, person.id).await? {
            Some(closing) => {
                let day = Timestamp::from_microsecond(closing.erase_after).unwrap_or_default();
                format!(
                    "closed by the person; it will be erased after {day:.0}, unless they sign in and keep it"
                )
            }
            None => "closed by the person".to_owned(),
        },
    })
}

async fn set_active(domain: &Domain, email: &str, active: bool) -> anyhow::Result<()> {
    let id = find(domain, email).await?;
    if !persons::set_active(domain, id, active).await? {
        bail!("the account was closed by the person, who alone can open it again: by signing in");
    }
    if active {
        println!("{email} can be used again.");
    } else {
        println!("{email} is suspended, at the Shell and for every application. Nothing is lost.");
        println!("Let it be used again with: keepwell person restore {email}");
    }
    Ok(())
}

/// Whoever is signed in has to sign in anew: it may be the wrong one who asked.
async fn second_step_off(config: &Config, domain: &Domain, email: &str) -> anyhow::Result<()> {
    let id = find(domain, email).await?;
    let person = persons::find(domain, id).await?.context("the account is not whole")?;
    if !second_factor::is_on(domain, id).await? {
        bail!("the second step of {email} is off");
    }
    let letter = keepwell_web::second_step_off_by_operator(&telling(config), domain.env.now(), &person);
    second_factor::turn_off(domain, id, letter.as_ref()).await?;
    sign_ins::end_all(domain, id).await?;
    println!("The second step of {email} is off: the password alone opens the account now.");
    println!(
        "Every device is signed out. If they forgot the password too, they ask for a letter at {}/password/forgot",
        config.origin
    );
    Ok(())
}

async fn invite(config: &Config, domain: &Domain) -> anyhow::Result<()> {
    let code = credentials::new_code(domain, SHELL).await?;
    println!("This code opens one account, within four weeks, at {}/sign-up:", config.origin);
    let groups: Vec<_> = code.as_bytes().chunks(5).map(String::from_utf8_lossy).collect();
    println!("  {}", groups.join("-"));
    Ok(())
}
