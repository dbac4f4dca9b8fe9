//! The time, as a value that the program may give.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use keepwell_wire::time::UtcMicros;

/// Where a client takes the time from, so that a test can move it.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The clock of this machine.
    pub fn machine() -> Self {
        #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock comes in")]
        Clock::new(Timestamp::now)
    }

    /// A clock that tells what the closure says.
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Clock(Arc::new(now))
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }

    pub(crate) fn micros(&self) -> UtcMicros {
        UtcMicros(self.now().as_microsecond())
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}
