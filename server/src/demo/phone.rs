//! The sample phone application: it has no key, since each phone gets a secret of its own.

use anyhow::Context as _;
use keepwell_core::Domain;
use keepwell_core::applications::{self, Application};
use keepwell_core::ids::AppId;

const FILE: &str = include_str!("sample-phone.toml");

/// Registers it, unless a former start did; answers its id.
pub async fn register(domain: &Domain) -> anyhow::Result<AppId> {
    let app = Application::from_file(FILE, &domain.env).context("the sample phone application's file")?;
    match applications::find(domain, app.id).await? {
        None => applications::add(domain, &app, &[]).await?,
        Some(_) => applications::replace(domain, &app).await?,
    }
    Ok(app.id)
}
