//! The task that forgets what is over: uploads which never became part of a record, pickup codes, and accounts and
//! records whose time of grace is over.

use std::time::Duration;

use keepwell_core::erasure::PIECES;
use keepwell_core::sessions::known_browser;
use keepwell_core::{
    Domain, audit, blobs, connections, credentials, erasure, installations, maintenance, notices,
};
use keepwell_web::Shell;
use tokio::task::JoinHandle;

/// How often it sweeps; what it sweeps expired days ago.
const LOOK: Duration = Duration::from_secs(3600);

/// Sweeps now and every hour until the task is aborted: at whatever point that is, the next one goes on.
pub fn start(domain: Domain, shell: Shell) -> JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            erase(&domain, &shell).await;
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
            if let Err(error) = credentials::sweep(&domain).await {
                tracing::warn!(%error, "old tries to sign in could not be forgotten");
            }
            if let Err(error) = known_browser::sweep(&domain).await {
                tracing::warn!(%error, "browsers that nobody uses could not be forgotten");
            }
            tokio::time::sleep(LOOK).await;
        }
    })
}

/// Erases what is due. It comes before the sweep of uploads, which takes the objects of what was erased.
/// In maintenance nothing of what people keep is changed.
async fn erase(domain: &Domain, shell: &Shell) {
    if !matches!(maintenance::current(domain).await, Ok(None)) {
        return;
    }
    let write = |person: &_, event: &_| shell.letter_about_erasure(person, event);
    match erasure::sweep(domain, &write, PIECES).await {
        Ok(swept) if swept == erasure::Swept::default() => {}
        Ok(swept) => tracing::info!(?swept, "erased what was closed"),
        Err(error) => tracing::warn!(%error, "what was closed could not be erased; it is tried again"),
    }
    if let Err(error) = audit::sweep_late(domain).await {
        tracing::warn!(%error, "late entries about erased records could not be removed");
    }
}
