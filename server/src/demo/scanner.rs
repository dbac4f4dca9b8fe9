//! The sample scanner: an application that the sample person has allowed, for the command line.

use std::path::PathBuf;

use anyhow::Context as _;
use keepwell_core::Domain;
use keepwell_core::applications::{Application, find};
use keepwell_core::authorizations::{self, Consent};
use keepwell_core::ids::{PersonId, RecordId};

use super::registration::{self, ClientFile};
use crate::config::Config;

const FILE: &str = include_str!("sample-scanner.toml");

/// Registers it, lets the person allow it if they are new, and writes the file that commands need.
pub async fn register(
    config: &Config,
    domain: &Domain,
    new: Option<(PersonId, RecordId)>,
) -> anyhow::Result<PathBuf> {
    let app = Application::from_file(FILE, &domain.env).context("the sample scanner's file")?;
    let folder = config.data.join("sample-scanner");
    registration::register(domain, &app, &folder).await?;
    if let Some((person, record)) = new {
        let registered = find(domain, app.id).await?.context("the sample scanner")?;
        let consent = Consent::to_required(person, record);
        authorizations::allow(domain, &registered.application, &consent).await?;
    }
    ClientFile { app: &app, phone: None }.write(config, &folder)
}
