//! When requests are sent that have a rate.

use std::time::{Duration, Instant};

use crate::clock;

/// The times at which a connection sends.
pub struct Pace {
    next: Instant,
    interval: Duration,
}

impl Pace {
    /// The pace of one of so many connections, which together send this many requests a second, evenly.
    pub fn new(begin: Instant, number: u16, connections: u16, rate: u32) -> Self {
        let between = Duration::from_secs(1) / rate.max(1);
        Self { next: begin + between * number.into(), interval: between * connections.into() }
    }

    /// Waits until it is time; answers since when whoever wants to ask has waited.
    pub async fn wait(&mut self) -> Instant {
        let due = self.due();
        if due <= clock::now() {
            return due;
        }
        tokio::time::sleep_until(due.into()).await;
        // Up to a millisecond of a sleep is the timer's, and nobody waited for the server in it.
        clock::now()
    }

    /// The next time. It comes whether or not the answer to the request before has come: else a slow answer would
    /// hide how long the one after it is waited for.
    fn due(&mut self) -> Instant {
        let due = self.next;
        self.next += self.interval;
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_take_turns_and_share_the_rate() {
        let begin = clock::now();
        let mut paces = [0, 1].map(|number| Pace::new(begin, number, 2, 1000));
        let due: Vec<u128> = (0..4).map(|n| (paces[n % 2].due() - begin).as_millis()).collect();
        assert_eq!(due, [0, 1, 2, 3]);
    }

    #[tokio::test]
    async fn who_is_late_has_waited_since_its_time() {
        let begin = clock::now();
        let mut pace = Pace::new(begin, 0, 1, 1_000_000);
        assert_eq!(pace.wait().await, begin);
    }
}
