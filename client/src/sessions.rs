//! The current session, which all calls share, and how it is replaced (wire.md 3.7).

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::Mutex;

use crate::Error;
use crate::session::Session;

/// The current session. However many calls need a new one at once, one is made.
#[derive(Default)]
pub(crate) struct Sessions {
    // Held while a session is made, so that whoever needs it too waits for that one.
    latest: Mutex<Latest>,
    attempts: AtomicU64,
}

/// What came of the last attempt.
#[derive(Default)]
enum Latest {
    #[default]
    None,
    Session(Arc<Session>),
    Failed(Error),
}

impl Sessions {
    /// The current session, unless it is the dead one; then a new one. A call that waited while another
    /// tried in vain gets that failure: a server in trouble is not asked again by each of fifty calls.
    pub(crate) async fn get<F>(
        &self,
        dead: Option<&Arc<Session>>,
        make: impl FnOnce() -> F,
    ) -> Result<Arc<Session>, Error>
    where
        F: Future<Output = Result<Session, Error>>,
    {
        let attempts = self.attempts.load(Ordering::Acquire);
        let mut latest = self.latest.lock().await;
        match &*latest {
            Latest::Session(session) if dead.is_none_or(|dead| !Arc::ptr_eq(dead, session)) => {
                Ok(Arc::clone(session))
            }
            Latest::Failed(error) if self.attempts.load(Ordering::Acquire) != attempts => Err(error.clone()),
            _ => self.replace(&mut latest, make().await),
        }
    }

    /// A new session, whatever there is.
    pub(crate) async fn renew(
        &self,
        make: impl Future<Output = Result<Session, Error>>,
    ) -> Result<(), Error> {
        let mut latest = self.latest.lock().await;
        self.replace(&mut latest, make.await).map(|_| ())
    }

    fn replace(&self, latest: &mut Latest, made: Result<Session, Error>) -> Result<Arc<Session>, Error> {
        let made = made.map(Arc::new);
        *latest = match &made {
            Ok(session) => Latest::Session(Arc::clone(session)),
            Err(error) => Latest::Failed(error.clone()),
        };
        self.attempts.fetch_add(1, Ordering::Release);
        made
    }
}
