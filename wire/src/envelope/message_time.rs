//! The age of a message (wire.md 7).

use crate::time::UtcMicros;

/// What `msg-time` said. Anonymous callers are sloppy with it, so nothing of it is an error by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageTime {
    /// An instant.
    At(UtcMicros),
    /// A text that is no time.
    Unreadable(String),
    /// No such element, or an empty one.
    Absent,
}

impl MessageTime {
    /// Whether a message is too old at `now` (status 49). The time to live is capped, and a skew between
    /// the clocks is granted. A message from the future is not too old; a time that cannot be read is.
    pub fn is_expired(
        &self,
        now: UtcMicros,
        ttl_seconds: u32,
        max_ttl_seconds: u32,
        skew_seconds: u32,
    ) -> bool {
        match self {
            MessageTime::At(sent) => {
                let seconds = i64::from(ttl_seconds.min(max_ttl_seconds)) + i64::from(skew_seconds);
                now.0 > sent.0.saturating_add(seconds * 1_000_000)
            }
            MessageTime::Unreadable(_) | MessageTime::Absent => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_old_only_after_its_ttl_and_the_skew() {
        let sent = MessageTime::At(UtcMicros(0));
        let at = |seconds: i64| UtcMicros(seconds * 1_000_000);
        assert!(!sent.is_expired(at(1800 + 900), 1800, 180_000, 900));
        assert!(sent.is_expired(UtcMicros(at(1800 + 900).0 + 1), 1800, 180_000, 900));
        assert!(!sent.is_expired(at(-100_000), 1800, 180_000, 900), "from the future");
        assert!(sent.is_expired(at(181_000), u32::MAX, 180_000, 900), "the cap holds");
        assert!(MessageTime::Absent.is_expired(at(0), 1800, 180_000, 900));
    }
}
