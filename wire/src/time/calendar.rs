//! Between microseconds and the fields of a date.

use std::fmt;

use jiff::civil::{Date, DateTime, date};

use crate::time::{LocalMicros, MAX_MICROS, MIN_MICROS};

const DAY: i64 = 86_400_000_000;

/// The wall-clock value of a date and the microseconds into that day, or `None` if there is no such day.
pub fn wall_clock(year: i16, month: i8, day: i8, micros_of_day: i64) -> Option<LocalMicros> {
    if !(1..=9999).contains(&year) || !(0..=DAY).contains(&micros_of_day) {
        return None;
    }
    let days = days_since_epoch(Date::new(year, month, day).ok()?)?;
    Some(LocalMicros(days * DAY + micros_of_day))
}

fn days_since_epoch(day: Date) -> Option<i64> {
    Some(i64::from(date(1970, 1, 1).until(day).ok()?.get_days()))
}

/// Writes the fields, with the fraction cut to milliseconds and its trailing zeros dropped.
pub(super) fn write(f: &mut fmt::Formatter<'_>, micros: i64) -> fmt::Result {
    let micros = micros.clamp(MIN_MICROS, MAX_MICROS);
    let epoch = DateTime::from_parts(date(1970, 1, 1), jiff::civil::Time::midnight());
    let t = epoch.saturating_add(jiff::SignedDuration::from_micros(micros));
    write!(f, "{:04}-{:02}-{:02}T", t.year(), t.month(), t.day())?;
    write!(f, "{:02}:{:02}:{:02}", t.hour(), t.minute(), t.second())?;
    match t.millisecond() {
        0 => Ok(()),
        ms if ms % 100 == 0 => write!(f, ".{}", ms / 100),
        ms if ms % 10 == 0 => write!(f, ".{:02}", ms / 10),
        ms => write!(f, ".{ms:03}"),
    }
}
