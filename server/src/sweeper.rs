//! The task that forgets what is over: uploads which never became part of a record, and pickup codes.

use std::time::Duration;

use keepwell_core::{Domain, blobs, connections, installations, notices};
use tokio::task::JoinHandle;

/// How often it sweeps; what it sweeps expired days ago.
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
            if let Err(error) = connections::sweep(&domain).await {
                tracing::warn!(%error, "pickup codes that expired could not be forgotten");
            }
            if let Err(error) = installations::sweep(&domain).await {
                tracing::warn!(%error, "what people refused to devices could not be forgotten");
            }
            if let Err(error) = notices::sweep(&domain).await {
                tracing::warn!(%error, "old notices could not be forgotten");
            }
            tokio::time::sleep(LOOK).await;
        }
    })
}
