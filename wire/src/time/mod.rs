//! Dates of the protocol (methods.md 2.5, wire.md 7). There are two kinds, never to be mixed: instants,
//! which are UTC, and local values, which are the digits of a wall clock wherever that hangs.

mod calendar;
mod parse;

use std::fmt;

pub use calendar::wall_clock;
pub use parse::{TimeError, parse_instant, parse_local};

/// An instant: microseconds since 1970-01-01T00:00:00Z. It prints with `Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct UtcMicros(pub i64);

/// A wall-clock value: microseconds since 1970-01-01T00:00:00 on that same clock. It prints without zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct LocalMicros(pub i64);

/// 0001-01-01T00:00:00, the first date that .NET can hold.
pub const MIN_MICROS: i64 = -62_135_596_800_000_000;
/// The last microsecond of the year 9999.
pub const MAX_MICROS: i64 = 253_402_300_799_999_999;

impl UtcMicros {
    /// `9999-12-31T23:59:59.999Z`, which says that something never expires.
    pub const NEVER: UtcMicros = UtcMicros(253_402_300_799_999_000);
}

impl fmt::Display for UtcMicros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        calendar::write(f, self.0)?;
        f.write_str("Z")
    }
}

impl fmt::Display for LocalMicros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        calendar::write(f, self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_with_at_most_three_digits_and_no_trailing_zero() {
        for (micros, written) in [
            (0, "1970-01-01T00:00:00"),
            (1_449_885_497_240_000, "2015-12-12T01:58:17.24"),
            (1_449_885_497_240_999, "2015-12-12T01:58:17.24"),
            (1_449_885_497_000_999, "2015-12-12T01:58:17"),
            (-1, "1969-12-31T23:59:59.999"),
            (MIN_MICROS, "0001-01-01T00:00:00"),
            (i64::MIN, "0001-01-01T00:00:00"),
            (MAX_MICROS, "9999-12-31T23:59:59.999"),
            (i64::MAX, "9999-12-31T23:59:59.999"),
        ] {
            assert_eq!(LocalMicros(micros).to_string(), written);
            assert_eq!(UtcMicros(micros).to_string(), format!("{written}Z"));
        }
        assert_eq!(UtcMicros::NEVER.to_string(), "9999-12-31T23:59:59.999Z");
    }
}
