//! The task that gives back the room of uploads which never became part of a record.

use std::time::Duration;

use keepwell_core::{Domain, blobs};
use tokio::task::JoinHandle;

/// How often it sweeps; uploads expire after days.
const LOOK: Duration = Duration::from_secs(3600);

/// Sweeps now and every hour until the task is aborted: at whatever point that is, the next one goes on.
pub fn start(domain: Domain) -> JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            match blobs::sweep(&domain).await {
                Ok(0) => {}
                Ok(swept) => tracing::info!(swept, "forgot uploads that expired"),
                Err(error) => tracing::warn!(%error, "some uploads that expired could not be forgotten"),
            }
            tokio::time::sleep(LOOK).await;
        }
    })
}
