//! The time, as a value that the program may give.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use keepwell_wire::time::UtcMicros;

type Pause = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Where a client takes the time from, and how it lets time pass, so that a test can move it.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    pause: Arc<dyn Fn(Duration) -> Pause + Send + Sync>,
}

impl Clock {
    /// The clock of this machine.
    pub fn machine() -> Self {
        #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock comes in")]
        Clock::new(Timestamp::now)
    }

    /// A clock that tells what the closure says. Pauses take as long as they take on this machine.
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        let pause = |pause| -> Pause { Box::pin(tokio::time::sleep(pause)) };
        Clock { now: Arc::new(now), pause: Arc::new(pause) }
    }

    /// The same clock, by which a pause ends when the closure's future does. The client pauses before it
    /// tries again to send or to fetch the bytes of an attachment.
    #[must_use]
    pub fn pausing<F>(self, pause: impl Fn(Duration) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        Clock { pause: Arc::new(move |length| Box::pin(pause(length))), ..self }
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        (self.now)()
    }

    pub(crate) fn micros(&self) -> UtcMicros {
        UtcMicros(self.now().as_microsecond())
    }

    pub(crate) async fn pause(&self, length: Duration) {
        (self.pause)(length).await;
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}
