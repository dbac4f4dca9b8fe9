//! `keepwell operator …`

use anyhow::{Context as _, bail};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use keepwell_core::credentials::{SignUp, SignUpError, begin_reset, sign_up};
use keepwell_core::persons::{self, NewPerson};
use keepwell_core::{Domain, operators};

use crate::cli::OperatorCommand;
use crate::config::Config;
use crate::serve::open;

/// Carries out the command.
pub async fn run(config: &Config, command: OperatorCommand) -> anyhow::Result<()> {
    let (domain, _) = open(config, true).await?;
    match command {
        OperatorCommand::Add { name, email } => add(config, &domain, name, email).await,
        OperatorCommand::List => list(&domain).await,
    }
}

async fn add(config: &Config, domain: &Domain, name: String, email: String) -> anyhow::Result<()> {
    let person = NewPerson {
        name: name.clone(),
        email: email.clone(),
        language: config.default_locale.to_owned(),
        country: String::new(),
    };
    // Nobody knows this password; the link below is how the account gets one.
    let password = BASE64_URL_SAFE_NO_PAD.encode(domain.env.bytes::<32>());
    match sign_up(domain, SignUp { person, password, code: None }).await {
        Ok((id, _)) => operators::appoint(domain, id).await?,
        Err(SignUpError::Taken) => bail!(
            "there is an account with {email} already; an operator's account is kept apart from one's own \
             records, so use another address"
        ),
        Err(error) => return Err(error.into()),
    }
    let letter = begin_reset(domain, &email).await?.context("the new account cannot be found")?;
    println!("{name} can run this server now. Open this link within an hour to choose a password:");
    println!("  {}/password/new?token={}", config.origin, letter.token);
    Ok(())
}

async fn list(domain: &Domain) -> anyhow::Result<()> {
    let ids = operators::all(domain).await?;
    if ids.is_empty() {
        println!("No operators yet. Make one with: keepwell operator add \"NAME\" ADDRESS");
    }
    for id in ids {
        if let Some(person) = persons::find(domain, id).await? {
            println!("{}  {}", person.email, person.name);
        }
    }
    Ok(())
}
