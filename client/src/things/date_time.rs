//! Dates in things: the digits of a wall clock, wherever that hangs.

use jiff::SignedDuration;
use jiff::civil::{DateTime, date};
use keepwell_wire::time::LocalMicros;
use keepwell_wire::xml::XmlWriter;

const EPOCH: DateTime = date(1970, 1, 1).at(0, 0, 0, 0);

/// The wire's form of a wall-clock value.
pub(crate) fn local_micros(at: DateTime) -> LocalMicros {
    let since = at.duration_since(EPOCH).as_micros();
    LocalMicros(i64::try_from(since).unwrap_or(i64::MAX))
}

/// A wall-clock value of the wire. Every one of theirs is one of ours.
pub(super) fn civil(at: LocalMicros) -> Option<DateTime> {
    EPOCH.checked_add(SignedDuration::from_micros(at.0)).ok()
}

/// Writes an element of type `date-time`. Seconds are left out when there are none: few scales tell them.
pub(super) fn write(out: &mut XmlWriter, name: &'static str, at: DateTime) {
    out.open(name).open("date").element("y", at.year()).element("m", at.month()).element("d", at.day());
    out.close().open("time").element("h", at.hour()).element("m", at.minute());
    let milliseconds = at.millisecond();
    if at.second() != 0 || milliseconds != 0 {
        out.element("s", at.second()).element_if("f", Some(milliseconds).filter(|f| *f != 0));
    }
    out.close().close();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wall_clock_values_go_to_the_wire_and_back() {
        for at in [date(1, 1, 1).at(0, 0, 0, 0), EPOCH, date(9999, 12, 31).at(23, 59, 59, 999_000_000)] {
            assert_eq!(civil(local_micros(at)), Some(at));
        }
        assert_eq!(local_micros(date(2026, 1, 15).at(7, 30, 0, 0)).to_string(), "2026-01-15T07:30:00");
    }
}
