//! Dates with their parts. Of a date that is changed, the time zone stays, and so do the seconds of a time that
//! is not changed.

use jiff::civil::Date;
use roxmltree::Node;

use super::text::element;
use super::widget::{child, plain_text};
use super::{Dating, Values, Wrong, given};
use crate::components::Trouble;

/// What is put behind a field's name for the year, the month, the day, the time and the words.
pub const PARTS: [&str; 5] = ["_y", "_m", "_d", "_t", "_w"];

impl Dating {
    /// Whether a time is asked for.
    #[must_use]
    pub fn has_time(self) -> bool {
        matches!(self, Self::DayAndTime | Self::ApproxAndTime | Self::ApproxOrWords)
    }

    /// Whether the day must be known.
    #[must_use]
    pub fn needs_day(self) -> bool {
        matches!(self, Self::Day | Self::DayAndTime)
    }
}

/// The parts of a date; none if it has more than a form can show.
pub fn read(node: Node<'_, '_>, dating: Dating) -> Option<[String; 5]> {
    let mut parts = <[String; 5]>::default();
    let whole = match dating {
        Dating::ApproxOrWords => match (child(node, "structured"), child(node, "descriptive")) {
            (Some(structured), _) => structured,
            (None, Some(words)) => {
                parts[4] = plain_text(words)?;
                return Some(parts);
            }
            (None, None) => return None,
        },
        _ => node,
    };
    let date = match dating {
        Dating::Day | Dating::Approx => whole,
        _ => child(whole, "date")?,
    };
    for (part, name) in parts.iter_mut().zip(["y", "m", "d"]) {
        *part = match child(date, name) {
            Some(node) => plain_text(node)?.parse::<u16>().ok()?.to_string(),
            None => String::new(),
        };
    }
    if let Some(time) = child(whole, "time").filter(|_| dating.has_time()) {
        parts[3] = clock(time)?;
    }
    Some(parts)
}

/// `07:30`.
pub fn clock(time: Node<'_, '_>) -> Option<String> {
    let part = |name| plain_text(child(time, name)?)?.parse::<u8>().ok();
    Some(format!("{:02}:{:02}", part("h")?, part("m")?))
}

/// The element of a date, with what stays of the one that was there (in `source`).
pub fn write(
    name: &str,
    field: &str,
    dating: Dating,
    values: &Values,
    before: Option<(Node<'_, '_>, &str)>,
) -> Result<Option<String>, Wrong> {
    let [y, m, d, t, w] = PARTS.map(|part| given(values, &format!("{field}{part}")));
    if [y, m, d, t].iter().all(|part| part.is_empty()) {
        return Ok((!w.is_empty()).then(|| format!("<{name}>{}</{name}>", element("descriptive", w))));
    }
    let date = date(y, m, d, dating.needs_day())?;
    if !dating.has_time() {
        return Ok(Some(format!("<{name}>{date}</{name}>")));
    }
    let structured = before.map(|(node, source)| (child(node, "structured").unwrap_or(node), source));
    let raw = |name: &str| {
        structured
            .and_then(|(node, source)| Some((child(node, name)?, source)))
            .map(|(node, source)| (node, &source[node.range()]))
    };
    let time = match (raw("time"), t) {
        (_, "") => String::new(),
        (Some((node, raw)), t) if clock(node).as_deref() == Some(t) => raw.to_owned(),
        (_, t) => time("time", t)?,
    };
    let zone = raw("tz").map_or("", |(_, raw)| raw);
    let whole = format!("<date>{date}</date>{time}{zone}");
    Ok(Some(match dating {
        Dating::ApproxOrWords => format!("<{name}><structured>{whole}</structured></{name}>"),
        _ => format!("<{name}>{whole}</{name}>"),
    }))
}

fn date(y: &str, m: &str, d: &str, needs_day: bool) -> Result<String, Wrong> {
    let number = |text: &str| text.parse::<i16>().map_err(|_| Wrong::NotADay);
    if y.is_empty() || (needs_day && (m.is_empty() || d.is_empty())) {
        return Err(if y.is_empty() && !needs_day {
            Wrong::Plain(Trouble::NotAYear)
        } else {
            Wrong::NotADay
        });
    }
    let year = number(y)?;
    if !(1000..=9999).contains(&year) {
        return Err(Wrong::Plain(Trouble::NotAYear));
    }
    if m.is_empty() {
        // A day of no month is no date.
        return if d.is_empty() { Ok(format!("<y>{year}</y>")) } else { Err(Wrong::NotADay) };
    }
    let month = i8::try_from(number(m)?).map_err(|_| Wrong::NotADay)?;
    let day = if d.is_empty() { 1 } else { i8::try_from(number(d)?).map_err(|_| Wrong::NotADay)? };
    Date::new(year, month, day).map_err(|_| Wrong::NotADay)?;
    let day = if d.is_empty() { String::new() } else { format!("<d>{day}</d>") };
    Ok(format!("<y>{year}</y><m>{month}</m>{day}"))
}

/// A time of day: `7:30`, `07:30`, `07:30:15`.
pub fn time(name: &str, text: &str) -> Result<String, Wrong> {
    let mut parts = text.split([':', '.']).map(|part| part.parse::<u8>().ok());
    match (parts.next().flatten(), parts.next().flatten(), parts.next(), parts.next()) {
        (Some(h @ 0..=23), Some(m @ 0..=59), seconds, None) => {
            let seconds = match seconds {
                None => String::new(),
                Some(Some(s @ 0..=59)) => format!("<s>{s}</s>"),
                Some(_) => return Err(Wrong::NotATime),
            };
            Ok(format!("<{name}><h>{h}</h><m>{m}</m>{seconds}</{name}>"))
        }
        _ => Err(Wrong::NotATime),
    }
}
