//! Flights for which nobody waits: entries of reads, most of all. They go after the others, and no further when others come.

use std::cell::Cell;
use std::time::{Duration, Instant};

use super::super::Write;

/// In a group with others they have as long as those took, and at least this.
const LEAST: Duration = Duration::from_micros(300);

/// How far the patient flights of a group go.
pub(super) struct Patience<'g> {
    is_beside_others: bool,
    somebody_waits: &'g dyn Fn() -> bool,
    group_begun: Instant,
    /// When the first of them was begun, and how long they may go on beside others.
    begun: Cell<Option<(Instant, Duration)>>,
}

impl<'g> Patience<'g> {
    #[expect(clippy::disallowed_methods, reason = "it decides nothing but what goes first")]
    pub(super) fn of(jobs: &[Write], somebody_waits: &'g dyn Fn() -> bool) -> Self {
        let is_beside_others = jobs.iter().any(|job| !job.work.is_patient);
        Self { is_beside_others, somebody_waits, group_begun: Instant::now(), begun: Cell::new(None) }
    }

    /// Whether the next of them is left for the next group. The first one never is.
    #[expect(clippy::disallowed_methods, reason = "it decides nothing but what goes first")]
    pub(super) fn is_over(&self) -> bool {
        match self.begun.get() {
            None => {
                // As long as the others took: else there would be reads whose entries never catch up with them.
                let now = Instant::now();
                self.begun.set(Some((now, now.duration_since(self.group_begun).max(LEAST))));
                false
            }
            Some((begun, share)) if self.is_beside_others => begun.elapsed() > share,
            Some(_) => (self.somebody_waits)(),
        }
    }

    /// Lets whoever wants the core have it, unless somebody waits for the commit.
    pub(super) fn leave_the_core(&self) {
        if !self.is_beside_others && !(self.somebody_waits)() {
            std::thread::yield_now();
        }
    }
}
