//! Between microseconds and the fields of a date.

use std::fmt::{self, Display as _};

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
    let millis = jiff::SignedDuration::from_millis(micros.div_euclid(1000));
    let epoch = DateTime::from_parts(date(1970, 1, 1), jiff::civil::Time::midnight());
    epoch.saturating_add(millis).fmt(f)
}
