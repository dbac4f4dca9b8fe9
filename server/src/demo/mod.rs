//! `keepwell demo`: the server with a sample person, a year of readings, and somebody else's website.

mod clinic;
mod package;
mod people;
mod phone;
mod readings;
mod registration;
mod scanner;
mod website;

use std::net::SocketAddr;
use std::path::Path;

use anyhow::Context as _;
use clinic::Slip;
use keepwell_core::applications::Application;
use keepwell_core::ids::AppId;
use tokio::sync::watch;
use website::{Website, WebsiteConfig};

use crate::config::Config;
use crate::{listen, mail, serve};

const WEBSITE: &str = include_str!("sample-website.toml");

/// Runs the demo until it is told to stop.
pub async fn run(config: &Config) -> anyhow::Result<()> {
    let (domain, _) = serve::open(config, false).await?;
    let listener = listen::bind(config.address).await?;
    let (website, website_listener) = open_website(config, &domain).await?;
    let new = people::make(&domain).await?;
    let scanner = scanner::register(config, &domain, new).await?;
    let slip = clinic::register(config, &domain, people::NAME).await?;
    let package = package::leave(&domain, &clinic::application(&domain)?, people::NAME).await?;
    let phone = phone::register(&domain).await?;
    say_hello(config, &website, &scanner, &slip, &package);
    say_phone(config, phone);
    println!("Letters, such as for a forgotten password, go to {}.", mail::whereto(config));
    println!("Ctrl-C stops it. The next start finds everything again.");

    let router = Website::new(website).context("the sample website")?.router();
    let (stop, mut stopped) = watch::channel(());
    let until_stopped = async move {
        let _ = stopped.changed().await;
    };
    let site = tokio::spawn(listen::serve(website_listener, router, None, Vec::new(), until_stopped));
    serve::serve(config, &domain, listener).await?;
    drop(stop);
    site.await.context("the sample website")?;
    println!("Stopped.");
    Ok(())
}

/// The website listens at the next port, so that browsers and certificates take it for another's.
async fn open_website(
    config: &Config,
    domain: &keepwell_core::Domain,
) -> anyhow::Result<(WebsiteConfig, tokio::net::TcpListener)> {
    let port = config.address.port().checked_add(1).context("the sample website needs the next port")?;
    let address = SocketAddr::new(config.address.ip(), port);
    let listener = listen::bind(address).await.context("the sample website")?;
    let base_url = format!("http://localhost:{port}/");
    let file = WEBSITE.replace("http://localhost:8471/", &base_url);
    let app = Application::from_file(&file, &domain.env).context("the sample website's file")?;
    let folder = config.data.join("sample-website");
    let registered = registration::register(domain, &app, &folder).await?;
    let website = WebsiteConfig {
        base_url,
        shell_url: format!("{}/", config.origin),
        platform_url: format!("{}{}", config.platform_origin, keepwell_platform::PATH),
        app_id: app.id.0,
        key_pem: registered.key_pem,
        thumbprint: registered.thumbprint,
    };
    Ok((website, listener))
}

fn say_hello(config: &Config, website: &WebsiteConfig, scanner: &Path, slip: &Slip, package: &Slip) {
    println!("Keepwell is running with a sample world.");
    println!();
    println!("  Sample website   {}", website.base_url);
    println!("  Shell            {}/", config.origin);
    println!("  Sign in as       {}", people::EMAIL);
    println!("  Password         {}", people::PASSWORD);
    println!();
    println!("Try this:");
    println!("  1. Open the sample website and press \"Connect my record\".");
    println!("  2. Sign in as {}, look at what it asks for, and allow it.", people::NAME);
    println!("  3. Back on the website, see the latest weight and add one.");
    println!("  4. In the Shell, find the new weight, see who asked for what, and stop the app.");
    println!();
    println!("Put a file of yours into the record, and find it in the Shell under Files:");
    println!("  keepwell file put YOUR-FILE.pdf --client {}", scanner.display());
    println!();
    println!("A clinic without a website gave {} a letter:", people::NAME);
    println!("  Where to go      {}/connect", config.origin);
    println!("  Code             {}", slip.code);
    println!("  {}   {}", slip.question, slip.answer);
    println!("Then see at the clinic's desk who has used a code, and write another letter:");
    println!("  keepwell connect poll --client {}", slip.client.display());
    println!("  keepwell connect new \"Sam Carter\" --id 1018 --client {}", slip.client.display());
    println!();
    println!(
        "It left something for {} too, encrypted, to be picked up once at the same place:",
        people::NAME
    );
    println!("  Code             {}", package.code);
    println!("  {}   {}", package.question, package.answer);
    println!("Leave a file of yours for somebody:");
    println!(
        "  keepwell dropoff new YOUR-FILE.pdf --patient \"Sam Carter\" --id 1018 --client {}",
        slip.client.display()
    );
    println!();
}

fn say_phone(config: &Config, phone: AppId) {
    println!("Play a phone that {} lets in, and see it in the Shell under Phones and tablets:", people::NAME);
    println!("  keepwell device new \"Robin's phone\" --server {} --app {phone}", config.origin);
    println!();
}
