//! When a failure passes by itself, and how long that is waited for.

use std::time::Duration;

use super::BlobError;
use crate::{Clock, Error};

/// How many failures in a row are waited for, if nothing gets on between them: about a minute, in which a
/// server can be started anew.
const FAILURES: u32 = 6;

/// The first pause; each one more is twice as long.
const FIRST: Duration = Duration::from_secs(1);

/// The longest pause that a server can ask for.
const LONGEST: Duration = Duration::from_secs(300);

/// Why an attempt did not succeed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// It never will.
    Lasting(Error),
    /// It may, later; perhaps the server said when.
    Passing { error: Error, after: Option<Duration> },
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Transport(_) => Failure::Passing { error, after: None },
            error => Failure::Lasting(error),
        }
    }
}

impl From<BlobError> for Failure {
    fn from(error: BlobError) -> Self {
        Failure::Lasting(error.into())
    }
}

/// Waits for what passes, up to a limit.
pub(crate) struct Patience<'c> {
    clock: &'c Clock,
    failures: u32,
}

impl<'c> Patience<'c> {
    pub(crate) fn new(clock: &'c Clock) -> Self {
        Patience { clock, failures: 0 }
    }

    /// Something got on: what failed before does not count any more.
    pub(crate) fn renew(&mut self) {
        self.failures = 0;
    }

    /// Pauses before another attempt, or says why there will be none.
    pub(crate) async fn bear(&mut self, failure: Failure) -> Result<(), Error> {
        let (error, after) = match failure {
            Failure::Lasting(error) => return Err(error),
            Failure::Passing { error, after } => (error, after),
        };
        if self.failures == FAILURES {
            return Err(error);
        }
        let pause = after.unwrap_or(FIRST * 2_u32.pow(self.failures));
        self.failures += 1;
        self.clock.pause(pause.min(LONGEST)).await;
        Ok(())
    }
}
