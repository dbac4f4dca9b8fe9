//! Times and weights as people say them.

use jiff::civil::DateTime;

/// `today at 07:30`, `12 Jan at 07:30`, `12 Jan 2025 at 07:30`. Midnight is a day whose time nobody noted.
pub(super) fn when(at: DateTime, now: DateTime) -> String {
    let day = match at.date() {
        date if date == now.date() => "today".to_owned(),
        date if date.tomorrow().is_ok_and(|next| next == now.date()) => "yesterday".to_owned(),
        date if date.year() == now.year() => date.strftime("%-d %b").to_string(),
        date => date.strftime("%-d %b %Y").to_string(),
    };
    if at.hour() == 0 && at.minute() == 0 { day } else { format!("{day} at {}", at.strftime("%H:%M")) }
}

/// To the minute, in the form of a date field.
pub(super) fn minute(at: DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// With one decimal, as scales show it.
pub(super) fn kg(kg: f64) -> String {
    format!("{kg:.1}")
}
