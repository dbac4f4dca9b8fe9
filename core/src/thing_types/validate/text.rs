//! Text by the rules of XML Schema 1.0: what each kind looks like, and what narrows it.

use super::super::simple::{Bound, Facets, Primitive, Simple};

impl Simple {
    /// Whether a text is one of this type.
    #[must_use]
    pub fn accepts(&self, text: &str) -> bool {
        is_valid(self, text)
    }
}

/// Whether a text is valid. An empty element means its default, if it has one.
fn is_valid(simple: &Simple, text: &str) -> bool {
    if text.is_empty() && simple.facets.default.is_some() {
        return true;
    }
    // Only strings keep their white space.
    let text = if simple.primitive == Primitive::String { text } else { text.trim_matches(is_space) };
    let number = match simple.primitive {
        Primitive::String | Primitive::AnyUri => None,
        Primitive::Boolean if matches!(text, "true" | "false" | "1" | "0") => None,
        Primitive::DateTime if date_time(text) => None,
        Primitive::Date if date(text) => None,
        Primitive::Time if time(text) => None,
        Primitive::Integer { min, max, .. } => match integer(text, min, max) {
            Some(number) => Some(number),
            None => return false,
        },
        Primitive::Decimal | Primitive::Double => {
            match decimal(text, simple.primitive == Primitive::Double) {
                Some(number) => Some(number),
                None => return false,
            }
        }
        _ => return false,
    };
    fits(&simple.facets, text, number)
}

fn fits(facets: &Facets, text: &str, number: Option<f64>) -> bool {
    if let Some(number) = number
        && !(above(facets.min, number) && below(facets.max, number))
    {
        return false;
    }
    if facets.min_length.is_some() || facets.max_length.is_some() {
        let length = text.chars().count();
        if facets.min_length.is_some_and(|min| length < min)
            || facets.max_length.is_some_and(|max| length > max)
        {
            return false;
        }
    }
    (facets.values.is_empty() || facets.values.contains(&text))
        && (!facets.nonblank || !text.chars().all(is_space))
        && facets.patterns.iter().all(|pattern| pattern.fits(text))
}

// NaN is neither above nor below anything.
fn above(min: Option<Bound>, number: f64) -> bool {
    min.is_none_or(|b| if b.exclusive { number > b.value } else { number >= b.value })
}

fn below(max: Option<Bound>, number: f64) -> bool {
    max.is_none_or(|b| if b.exclusive { number < b.value } else { number <= b.value })
}

/// White space as XML has it.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['+', '-']).unwrap_or(text)
}

#[allow(clippy::cast_precision_loss, reason = "the bounds of the catalogue are small numbers")]
fn integer(text: &str, min: i128, max: i128) -> Option<f64> {
    if !digits(unsigned(text)) {
        return None;
    }
    match text.parse::<i128>() {
        Ok(number) => (min..=max).contains(&number).then_some(number as f64),
        // Too long for us, not for a kind without bounds.
        Err(_) if text.starts_with('-') => (min == i128::MIN).then_some(f64::NEG_INFINITY),
        Err(_) => (max == i128::MAX).then_some(f64::INFINITY),
    }
}

fn decimal(text: &str, double: bool) -> Option<f64> {
    if double {
        match text {
            "INF" => return Some(f64::INFINITY),
            "-INF" => return Some(f64::NEG_INFINITY),
            "NaN" => return Some(f64::NAN),
            _ => {}
        }
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) if double => (mantissa, Some(exponent)),
        Some(_) => return None,
        None => (text, None),
    };
    let (whole, fraction) = unsigned(mantissa).split_once('.').unwrap_or((unsigned(mantissa), ""));
    let part = |text: &str| text.is_empty() || digits(text);
    let valid = part(whole)
        && part(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|e| digits(unsigned(e)));
    if valid { text.parse().ok() } else { None }
}

fn date_time(text: &str) -> bool {
    text.split_once('T').is_some_and(|(date, rest)| calendar_day(date) && time(rest))
}

fn date(text: &str) -> bool {
    calendar_day(text.get(..without_zone(text, 10)).unwrap_or_default())
}

/// Where a zone begins; a sign within the first bytes belongs to the date.
fn without_zone(text: &str, after: usize) -> usize {
    if text.ends_with('Z') {
        return text.len() - 1;
    }
    let sign = text.rfind(['+', '-']).filter(|at| *at >= after && text.contains(':'));
    match sign {
        Some(at) if zone(text.get(at..).unwrap_or_default()) => at,
        _ => text.len(),
    }
}

/// `-?yyyy-mm-dd`, a day that there is.
fn calendar_day(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let mut parts = unsigned.split('-');
    let (Some(y), Some(m), Some(d), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let year_fits = digits(y) && y.len() >= 4 && !(y.len() > 4 && y.starts_with('0')) && y != "0000";
    let (Some(month), Some(day)) = (two(m), two(d)) else { return false };
    // Leap years repeat every 400 years.
    let year = y.bytes().fold(0, |year, digit| (year * 10 + u32::from(digit.wrapping_sub(b'0'))) % 400);
    let leap = year == 0 || (year.is_multiple_of(4) && !year.is_multiple_of(100));
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    };
    year_fits && (1..=12).contains(&month) && (1..=days).contains(&day)
}

/// `hh:mm:ss(.s+)?` and perhaps a zone. Midnight may be the end of the day.
fn time(text: &str) -> bool {
    let text = text.get(..without_zone(text, 8)).unwrap_or_default();
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let mut parts = whole.split(':').map(two);
    let (Some(Some(h)), Some(Some(m)), Some(Some(s)), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let fraction_fits = fraction.is_none_or(digits);
    let at_end = h == 24 && m == 0 && s == 0 && fraction.is_none_or(|f| f.bytes().all(|b| b == b'0'));
    fraction_fits && (at_end || (h <= 23 && m <= 59 && s <= 59))
}

/// `+hh:mm`, up to fourteen hours.
fn zone(text: &str) -> bool {
    let Some((h, m)) = text.get(1..).and_then(|t| t.split_once(':')) else { return false };
    matches!((two(h), two(m)), (Some(h), Some(m)) if (h < 14 && m <= 59) || (h == 14 && m == 0))
}

fn two(text: &str) -> Option<u32> {
    (text.len() == 2 && digits(text)).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: &str) -> Simple {
        let primitive = Primitive::named(kind).unwrap();
        Simple { primitive, base: None, own: Facets::default(), facets: Facets::default() }
    }

    fn all_are(kind: &str, valid: bool, texts: &[&str]) {
        for text in texts {
            assert_eq!(is_valid(&of(kind), text), valid, "{kind} {text:?}");
        }
    }

    #[test]
    fn doubles_are_those_of_xml_schema() {
        all_are("double", true, &["1", "-1.5", "+.5", "5.", "1e3", "1E-3", " INF\n", "-INF", "NaN", "00"]);
        all_are(
            "double",
            false,
            &["", ".", "1e", "inf", "nan", "+INF", "1,5", "0x1", "1 2", "infinity", "1e3.5"],
        );
    }

    #[test]
    fn whole_numbers_have_bounds_and_booleans_four_words() {
        all_are(
            "int",
            true,
            &["0", "+7", "-2147483648", " 2147483647 ", "0000000000000000000000000000000000000000001"],
        );
        all_are(
            "int",
            false,
            &["2147483648", "1.0", "", "- 1", "1e2", "99999999999999999999999999999999999999999999"],
        );
        all_are("positiveInteger", false, &["0", "-1"]);
        all_are("integer", true, &["99999999999999999999999999999999999999999999"]);
        all_are("boolean", true, &["true", "false", "1", "0", " true "]);
        all_are("boolean", false, &["True", "yes", "", "01"]);
        all_are("decimal", false, &["1e2", "INF", "."]);
    }

    #[test]
    fn dates_are_days_that_there_are() {
        all_are(
            "dateTime",
            true,
            &[
                "2024-02-29T00:00:00",
                "2024-02-28T24:00:00",
                "-0044-03-15T12:00:00.123Z",
                "12024-01-01T01:02:03+14:00",
                "2024-01-01T01:02:03-05:00",
            ],
        );
        all_are(
            "dateTime",
            false,
            &[
                "2023-02-29T00:00:00",
                "2024-1-1T00:00:00",
                "1-01-01T00:00:00",
                "é-01-01T00:00:00",
                "2024-01-01",
                "2024-01-01T24:00:01",
                "0000-01-01T00:00:00",
                "2024-01-01T00:00:00+14:01",
                "2024-01-01T00:00",
                "1900-02-29T00:00:00",
                "2024-01-01T00:00:00.",
            ],
        );
        all_are("xs:date", true, &["2024-02-29", "2024-02-29Z", "2000-02-29+01:00"]);
        all_are("xs:date", false, &["2024-02-30", "2024-02-29T00:00:00", ""]);
        all_are("xs:time", true, &["08:30:00", "08:30:00.5Z", "24:00:00"]);
        all_are("xs:time", false, &["8:30:00", "08:60:00"]);
    }

    #[test]
    fn not_a_number_is_within_no_bounds() {
        let min = Some(Bound { text: "0", value: 0.0, exclusive: false });
        let facets = Facets { min, ..Facets::default() };
        let simple = Simple { facets, ..of("double") };
        assert!(is_valid(&simple, "0") && is_valid(&simple, "INF"));
        assert!(!is_valid(&simple, "NaN") && !is_valid(&simple, "-0.1"));
    }
}
