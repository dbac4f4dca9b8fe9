//! How many flights share a commit. When it takes long, many, and the next one waits a little for more.
//!
//! Those whose flights were committed together come back together, but not all at once. Who begins with
//! the first of them makes the others wait for a whole commit that is hardly theirs. Where a commit is quick, it is
//! better to have it soon: each in a group waits for all of it, and who reads meanwhile finds them all back at once.

use std::time::{Duration, Instant};

use super::super::queue::Pauses;

/// Flights that share a commit at most; more would make the first of them wait without making the
/// sync any cheaper.
const MOST: usize = 128;
/// The same where a commit is quick.
const FEW: usize = 24;
/// A commit that took less is quick, and not worth any waiting.
const LONG: Duration = Duration::from_millis(1);
/// From so many flights in the last group on, others are likely to come.
const SEVERAL: usize = 4;
/// Of the time of a commit, this part may pass without another flight,
const PART: u32 = 4;
/// or this, where a commit takes very long, as on a machine that is busy with other things;
const LONGEST: Duration = Duration::from_micros(500);
/// and so often altogether.
const PAUSES: u32 = 8;

/// What the last commit tells of the next one.
#[derive(Default)]
pub(super) struct Gathering {
    flights: usize,
    took: Duration,
}

impl Gathering {
    /// Commits so many flights, and sees how long that takes.
    #[expect(clippy::disallowed_methods, reason = "how long the disk takes decides nothing but a pause")]
    pub(super) fn commit<T>(&mut self, flights: usize, commit: impl FnOnce() -> T) -> T {
        let begin = Instant::now();
        let done = commit();
        self.note(flights, begin.elapsed());
        done
    }

    fn note(&mut self, flights: usize, took: Duration) {
        (self.flights, self.took) = (flights, took);
    }

    /// How many flights the next commit has at most.
    pub(super) fn limit(&self) -> usize {
        if self.took >= LONG { MOST } else { FEW }
    }

    /// How to wait for more before the next commit, if at all.
    pub(super) fn pauses(&self) -> Option<Pauses> {
        (self.took >= LONG && self.flights >= SEVERAL).then(|| Pauses {
            each: (self.took / PART).min(LONGEST),
            most: PAUSES,
            enough: self.flights,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_many_flights_and_a_slow_disk_make_it_wait() {
        let mut gathering = Gathering::default();
        assert!(gathering.pauses().is_none());
        for (flights, millis, waits) in [(64, 0, false), (1, 8, false), (64, 8, true), (1, 8, false)] {
            gathering.note(flights, Duration::from_millis(millis));
            assert_eq!(gathering.pauses().is_some(), waits, "{flights} flights in {millis} ms");
        }
    }

    #[test]
    fn more_share_a_slow_commit_than_a_quick_one() {
        let mut gathering = Gathering::default();
        for (millis, most) in [(0, FEW), (8, MOST), (0, FEW)] {
            gathering.note(20, Duration::from_millis(millis));
            assert_eq!(gathering.limit(), most, "{millis} ms");
        }
    }
}
