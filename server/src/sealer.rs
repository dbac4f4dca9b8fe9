//! The task that seals audit entries.

use keepwell_core::Domain;
use keepwell_core::audit::{SEAL_EVERY, seal};
use tokio::task::JoinHandle;

/// Seals what waits, every second, until the task is aborted: at whatever point that is, the next one goes on.
pub fn start(domain: Domain) -> JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            if let Err(error) = seal(&domain).await {
                tracing::warn!(%error, "entries of the audit log wait for their seals");
            }
            tokio::time::sleep(SEAL_EVERY).await;
        }
    })
}

/// Seals what waits once more, when the server stops.
pub async fn finish(domain: &Domain, task: JoinHandle<()>) {
    task.abort();
    if let Err(error) = seal(domain).await {
        tracing::warn!(%error, "entries of the audit log wait for the next server");
    }
}
