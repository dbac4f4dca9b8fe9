//! `keepwell mail test`: one letter, now, and what was answered.

use std::time::Duration;

use anyhow::{Context as _, bail};
use keepwell_core::Env;
use keepwell_core::letters::{Letter, Mailer, Outgoing};

use super::{mailer, whereto};
use crate::cli::MailCommand;
use crate::config::Config;
use crate::serve;

/// How long the mail server may take.
const PATIENCE: Duration = Duration::from_secs(90);

/// Carries out the command.
pub async fn run(config: &Config, command: MailCommand) -> anyhow::Result<()> {
    let MailCommand::Test { to: address } = command;
    if config.smtp.is_none() {
        serve::must_be_there(config)?;
    }
    let env = Env::system();
    let carrier = mailer(config, &env)?;
    let answer = send(carrier.as_ref(), &env, &config.origin, &address).await?;
    println!("The letter to {address} was handed over: {}", whereto(config));
    println!("The answer: {answer}");
    if config.smtp.is_none() {
        println!("No mail server is set, so nothing leaves this machine; set one with --smtp.");
    }
    Ok(())
}

/// Sends the letter and answers what the other side said.
pub(super) async fn send(
    carrier: &dyn Mailer,
    env: &Env,
    origin: &str,
    address: &str,
) -> anyhow::Result<String> {
    let text = format!(
        "This letter was sent by keepwell mail test, for the server at {origin}.\n\n\
         It arrived, so letters from there can reach you."
    );
    let letter = Letter::from_server(address, "A test of letters from Keepwell", text);
    letter.check().with_context(|| format!("no letter can go to {address:?}"))?;
    let outgoing = Outgoing { id: env.uuid_in_time(), letter };
    let sent = tokio::time::timeout(PATIENCE, carrier.send(&outgoing)).await;
    match sent.context("the mail server did not answer in time; are host and port right?")? {
        Ok(answer) => Ok(answer),
        Err(error) => match error.answer {
            Some(answer) => bail!("{}: {answer}", error.why),
            None => bail!("{}", error.why),
        },
    }
}
