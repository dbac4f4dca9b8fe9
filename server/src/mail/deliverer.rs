//! The task that hands letters over while the server runs.

use std::sync::Arc;
use std::time::Duration;

use keepwell_core::Domain;
use keepwell_core::env::HOUR;
use keepwell_core::letters::{self, Mailer};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How often it looks by itself: for letters whose time for another try has come, and those that another
/// process posted.
const LOOK: Duration = Duration::from_secs(30);
/// How long letters under way have when the server stops.
const LAST_WORDS: Duration = Duration::from_secs(30);

/// The task.
pub struct Deliverer {
    stop: watch::Sender<()>,
    task: JoinHandle<()>,
}

impl Deliverer {
    /// Begins to deliver.
    pub fn start(domain: Domain, mailer: Arc<dyn Mailer>) -> Self {
        let (stop, stopped) = watch::channel(());
        Self { stop, task: tokio::spawn(run(domain, mailer, stopped)) }
    }

    /// Stops. Letters under way are finished, the others wait for the next start.
    pub async fn stop(self) {
        let Self { stop, mut task } = self;
        drop(stop);
        if tokio::time::timeout(LAST_WORDS, &mut task).await.is_err() {
            tracing::warn!("a letter under way was left; it may come twice");
            task.abort();
        }
    }
}

async fn run(domain: Domain, mailer: Arc<dyn Mailer>, mut stopped: watch::Receiver<()>) {
    let mut swept = i64::MIN;
    loop {
        deliver(&domain, mailer.as_ref(), &stopped).await;
        if domain.env.now() > swept.saturating_add(HOUR) {
            swept = domain.env.now();
            if let Err(error) = letters::sweep(&domain).await {
                tracing::warn!(%error, "what was spent on letters could not be swept");
            }
        }
        tokio::select! {
            () = letters::wait(&domain) => {}
            () = tokio::time::sleep(LOOK) => {}
            _ = stopped.changed() => return,
        }
    }
}

async fn deliver(domain: &Domain, mailer: &dyn Mailer, stopped: &watch::Receiver<()>) {
    // An error says that the sender is gone.
    while stopped.has_changed().is_ok() {
        match letters::deliver_some(domain, mailer).await {
            Ok(Some(_)) => {}
            Ok(None) => return,
            Err(error) => {
                tracing::warn!(%error, "letters wait for the database");
                return;
            }
        }
    }
}
