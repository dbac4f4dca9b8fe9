//! Keepwell itself: the domain on SQLite and the router of the XML API.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use axum::Router;
use keepwell_core::keys::KeyRing;
use keepwell_core::{Domain, Env, audit};
use keepwell_objects::Objects;
use keepwell_platform::{Platform, Settings};
use keepwell_store::Database;

/// The key file in the run's folder.
pub fn keys(folder: &Path) -> PathBuf {
    folder.join("keys.json")
}

/// The database in the run's folder.
pub fn database(folder: &Path) -> PathBuf {
    folder.join("keepwell.db")
}

/// Where the run's folder says that the database is on PostgreSQL, if it is.
pub fn url_file(folder: &Path) -> PathBuf {
    folder.join("postgres.url")
}

/// How the store is opened, as the server opens it.
pub fn store(folder: &Path) -> keepwell_store::Settings {
    let database = match std::fs::read_to_string(url_file(folder)) {
        Ok(url) => Database::Postgres(url),
        Err(_) => Database::Sqlite(database(folder)),
    };
    keepwell_store::Settings::new(database)
}

/// The domain over the run's database.
pub async fn domain(folder: &Path) -> anyhow::Result<Domain> {
    let text = std::fs::read_to_string(keys(folder)).context("reading the keys")?;
    Ok(Domain::open(&store(folder), KeyRing::from_text(&text)?, Env::system(), Objects::in_memory()).await?)
}

/// Seals the audit log beside the requests, as the server does.
fn seal(domain: Domain) {
    tokio::spawn(async move {
        loop {
            if let Err(error) = audit::seal(&domain).await {
                eprintln!("the audit log is not sealed: {error}");
            }
            tokio::time::sleep(audit::SEAL_EVERY).await;
        }
    });
}

/// The XML API, without the other faces and without the layer that folds the case of paths.
pub async fn router(folder: &Path) -> anyhow::Result<Router> {
    let domain = domain(folder).await?;
    seal(domain.clone());
    let settings = Settings::at("http://localhost", domain.env.now());
    Ok(keepwell_platform::router(Platform::new(domain, settings)))
}
