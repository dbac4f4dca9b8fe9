//! `keepwell app …`

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use keepwell_core::applications::{
    self, Application, Certificate, Kind, Logo, Registered, Rule, State, Types,
};
use keepwell_core::ids::AppId;
use keepwell_core::{Domain, installations, thing_types};

use crate::cli::AppCommand;
use crate::config::Config;
use crate::serve::open;

/// Carries out the command. The server may be running: changes hold at the application's next call.
pub async fn run(config: &Config, command: AppCommand) -> anyhow::Result<()> {
    let (domain, _) = open(config, true).await?;
    match command {
        AppCommand::Add { file, certificate } => add(&domain, &file, &certificate).await,
        AppCommand::Update { file } => update(&domain, &file).await,
        AppCommand::List { json } => list(&domain, json).await,
        AppCommand::Show { id, json } => show(&domain, AppId(id), json).await,
        AppCommand::Rotate { id, certificate, only } => rotate(&domain, AppId(id), &certificate, only).await,
        AppCommand::Logo { id, file } => logo(&domain, AppId(id), &file).await,
        AppCommand::Admit { id, email } => admit(&domain, AppId(id), &email).await,
        AppCommand::Disable { id } => set_state(&domain, AppId(id), State::Suspended).await,
        AppCommand::Enable { id } => set_state(&domain, AppId(id), State::Active).await,
    }
}

/// Reads an application's file.
pub fn read_file(domain: &Domain, file: &Path) -> anyhow::Result<Application> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    Application::from_file(&text, &domain.env).with_context(|| format!("{}", file.display()))
}

fn certificates(files: &[PathBuf]) -> anyhow::Result<Vec<Certificate>> {
    files
        .iter()
        .map(|file| {
            let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
            Certificate::read(&bytes).with_context(|| format!("{}", file.display()))
        })
        .collect()
}

async fn add(domain: &Domain, file: &Path, certificate_files: &[PathBuf]) -> anyhow::Result<()> {
    let app = read_file(domain, file)?;
    let certificates = certificates(certificate_files)?;
    if app.kind == Kind::Mobile && !certificates.is_empty() {
        bail!("an application for devices (mobile) has no certificate; leave out --certificate");
    }
    applications::add(domain, &app, &certificates).await?;
    println!("{} is registered.", app.name);
    println!("  id           {}", app.id);
    for certificate in &certificates {
        println!("  certificate  {}", certificate.thumbprint);
    }
    if app.kind == Kind::Mobile {
        println!();
        println!("It is for phones and tablets: each gets a secret of its own when a person lets it in.");
    } else if certificates.is_empty() {
        println!();
        println!("It cannot sign in yet. Give it a certificate with:");
        println!("  keepwell app rotate {} --certificate FILE", app.id);
    }
    Ok(())
}

async fn update(domain: &Domain, file: &Path) -> anyhow::Result<()> {
    let mut app = read_file(domain, file)?;
    let unknown = "the file must name the id of a registered application";
    let before = applications::find(domain, app.id).await?.context(unknown)?.application;
    // What a file cannot say, or does not, stays.
    let is_mobile = |app: &Application| app.kind == Kind::Mobile;
    if is_mobile(&app) != is_mobile(&before) {
        bail!("an application is for devices (mobile) from the start or never; register another one");
    }
    if before.master().is_some() {
        app.kind = before.kind.clone();
    }
    app.large_logo = app.large_logo.or_else(|| before.large_logo.clone());
    app.small_logo = app.small_logo.or_else(|| before.small_logo.clone());
    applications::replace(domain, &app).await?;
    println!("{} is updated.", app.name);
    Ok(())
}

fn state_name(state: State) -> &'static str {
    match state {
        State::Active => "active",
        State::Suspended => "disabled",
    }
}

fn as_json(app: &Registered) -> serde_json::Value {
    serde_json::json!({ "state": state_name(app.state), "application": *app.application })
}

async fn list(domain: &Domain, json: bool) -> anyhow::Result<()> {
    let all = applications::all(domain).await?;
    if json {
        let all: Vec<_> = all.iter().map(as_json).collect();
        println!("{}", serde_json::to_string_pretty(&all)?);
        return Ok(());
    }
    if all.is_empty() {
        println!("No applications yet. Register one with: keepwell app add FILE");
    }
    for app in all {
        println!("{}  {:8}  {}", app.application.id, state_name(app.state), app.application.name);
    }
    Ok(())
}

async fn show(domain: &Domain, id: AppId, json: bool) -> anyhow::Result<()> {
    let found = applications::find(domain, id).await?;
    let found = found.with_context(|| format!("no application has the id {id}; see: keepwell app list"))?;
    if json {
        println!("{}", serde_json::to_string_pretty(&as_json(&found))?);
        return Ok(());
    }
    let app = &found.application;
    println!("{}", app.name);
    println!("  id           {}", app.id);
    println!("  state        {}", state_name(found.state));
    println!("  action URL   {}", app.action_url.as_deref().unwrap_or("none"));
    match &app.kind {
        Kind::Web => {}
        Kind::Master { child_methods } => {
            println!("  master       of children with {}", child_methods.join(", "))
        }
        Kind::Child { master } => println!("  master       {master}"),
        Kind::Mobile => {
            println!("  mobile       on {} devices", installations::count_of(domain, id).await?);
        }
        Kind::Device { master, name } => {
            println!("  installed    {master}");
            println!("  device       {name}");
        }
    }
    println!("  methods      {}", app.methods.join(", "));
    if !app.ip_prefixes.is_empty() {
        let prefixes: Vec<_> = app.ip_prefixes.iter().map(ToString::to_string).collect();
        println!("  calls from   {}", prefixes.join(", "));
    }
    if app.restrict_users {
        println!("  for          persons who were admitted (keepwell app admit)");
    }
    for thumbprint in applications::thumbprints(domain, id).await? {
        println!("  certificate  {thumbprint}");
    }
    for (when, rules) in [("online", &app.online), ("offline", &app.offline)] {
        for rule in rules {
            println!("  {when:12} {}: {}", rule.name, describe(rule));
        }
    }
    Ok(())
}

fn describe(rule: &Rule) -> String {
    let permissions: Vec<_> = rule.permissions.iter().map(|p| p.wire_name().to_lowercase()).collect();
    let types = match &rule.types {
        Types::All => "everything".to_owned(),
        Types::Only(types) => {
            let names = types.iter().map(|t| thing_types::find(*t).map_or("?", |t| t.root));
            names.collect::<Vec<_>>().join(", ")
        }
    };
    let optional = if rule.optional { " (optional)" } else { "" };
    format!("{} {types}{optional}", permissions.join(", "))
}

async fn rotate(domain: &Domain, id: AppId, files: &[PathBuf], only: bool) -> anyhow::Result<()> {
    let found = applications::find(domain, id).await?;
    if found.is_some_and(|app| matches!(app.application.kind, Kind::Mobile | Kind::Device { .. })) {
        bail!("an application for devices (mobile) has no certificate");
    }
    let certificates = certificates(files)?;
    applications::rotate(domain, id, &certificates, !only).await?;
    println!("These certificates work now:");
    for thumbprint in applications::thumbprints(domain, id).await? {
        println!("  {thumbprint}");
    }
    Ok(())
}

/// How long a picture may be (connectivity.md 7.2).
const LOGO_BYTES: usize = 120 * 1024;

async fn logo(domain: &Domain, id: AppId, file: &Path) -> anyhow::Result<()> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let kinds: [(&[u8], &str); 3] =
        [(b"\x89PNG\r\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif")];
    let (_, kind) = kinds
        .into_iter()
        .find(|(start, _)| bytes.starts_with(start))
        .with_context(|| format!("{} is no PNG, JPEG or GIF", file.display()))?;
    if bytes.len() > LOGO_BYTES {
        bail!("{} has more than {} KB", file.display(), LOGO_BYTES / 1024);
    }
    let found = applications::find(domain, id).await?;
    let found = found.with_context(|| format!("no application has the id {id}; see: keepwell app list"))?;
    let base64 = BASE64_STANDARD.encode(bytes).into();
    let logo = Some(Logo { content_type: kind.to_owned(), base64 });
    let app = Application { large_logo: logo, ..(*found.application).clone() };
    applications::replace(domain, &app).await?;
    println!("{} has a new picture.", app.name);
    Ok(())
}

async fn admit(domain: &Domain, id: AppId, email: &str) -> anyhow::Result<()> {
    let person = crate::persons::find(domain, email).await?;
    applications::admit(domain, id, person).await?;
    println!("{email} may authorize {id}.");
    Ok(())
}

async fn set_state(domain: &Domain, id: AppId, state: State) -> anyhow::Result<()> {
    applications::set_state(domain, id, state).await?;
    match state {
        State::Active => println!("{id} may work again."),
        State::Suspended => {
            println!("{id} is stopped at its next call. Let it work again with: keepwell app enable {id}")
        }
    }
    Ok(())
}
