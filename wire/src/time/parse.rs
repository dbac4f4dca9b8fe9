//! Reading `xs:dateTime` as clients write it: any number of fraction digits; `Z`, an offset or nothing.

use crate::status::Status;
use crate::time::{LocalMicros, MAX_MICROS, MIN_MICROS, UtcMicros, wall_clock};

/// Why a text is no time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// It does not have the form of a date and time.
    #[error("not a date and time: {0:?}")]
    Malformed(String),
    /// It has the form, but names no day of the years 1 to 9999.
    #[error("date out of range: {0:?}")]
    OutOfRange(String),
}

impl TimeError {
    /// The status code to answer: 3 for a malformed text, 69 for an impossible date.
    pub fn status(&self) -> Status {
        match self {
            TimeError::Malformed(_) => Status::INVALID_XML,
            TimeError::OutOfRange(_) => Status::INVALID_DATETIME,
        }
    }
}

/// Reads an instant. Without a zone it is UTC.
pub fn parse_instant(text: &str) -> Result<UtcMicros, TimeError> {
    let (clock, offset_minutes) = parse(text)?;
    let micros = clock.0 - offset_minutes * 60_000_000;
    // An offset may carry the last hours of 9999 over the edge; the edge is near enough.
    Ok(UtcMicros(micros.clamp(MIN_MICROS, MAX_MICROS)))
}

/// Reads a wall-clock value; a zone is no part of it and is dropped.
pub fn parse_local(text: &str) -> Result<LocalMicros, TimeError> {
    let (clock, _) = parse(text)?;
    Ok(LocalMicros(clock.0.clamp(MIN_MICROS, MAX_MICROS)))
}

fn parse(whole: &str) -> Result<(LocalMicros, i64), TimeError> {
    let text = whole.trim_matches([' ', '\t', '\r', '\n']);
    let shown = || text.chars().take(40).collect::<String>();
    let fields = Fields::read(text).ok_or_else(|| TimeError::Malformed(shown()))?;
    let out_of_range = || TimeError::OutOfRange(shown());
    if fields.year_digits != 4 || fields.negative {
        return Err(out_of_range());
    }
    let end_of_day = fields.hour == 24 && fields.minute == 0 && fields.second == 0 && fields.micros == 0;
    if (fields.hour > 23 && !end_of_day) || fields.minute > 59 || fields.second > 59 {
        return Err(out_of_range());
    }
    if fields.offset_minutes.abs() > 14 * 60 {
        return Err(out_of_range());
    }
    let of_day = ((fields.hour * 60 + fields.minute) * 60 + fields.second) * 1_000_000 + fields.micros;
    let clock = wall_clock(fields.year, fields.month, fields.day, of_day).ok_or_else(out_of_range)?;
    Ok((clock, fields.offset_minutes))
}

struct Fields {
    negative: bool,
    year_digits: usize,
    year: i16,
    month: i8,
    day: i8,
    hour: i64,
    minute: i64,
    second: i64,
    micros: i64,
    offset_minutes: i64,
}

impl Fields {
    fn read(text: &str) -> Option<Fields> {
        let mut rest = text.as_bytes();
        let negative = take(&mut rest, b'-');
        let year_digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        if !(4..=12).contains(&year_digits) {
            return None;
        }
        // More than four digits are out of range anyway; the value does not matter then.
        let year = digits(&mut &rest[..4], 4)?;
        rest = &rest[year_digits..];
        let month = {
            expect(&mut rest, b'-')?;
            digits(&mut rest, 2)?
        };
        let day = {
            expect(&mut rest, b'-')?;
            digits(&mut rest, 2)?
        };
        let hour = {
            expect(&mut rest, b'T')?;
            digits(&mut rest, 2)?
        };
        let minute = {
            expect(&mut rest, b':')?;
            digits(&mut rest, 2)?
        };
        let second = {
            expect(&mut rest, b':')?;
            digits(&mut rest, 2)?
        };
        let micros = if take(&mut rest, b'.') { fraction(&mut rest)? } else { 0 };
        let offset_minutes = offset(rest)?;
        Some(Fields {
            negative,
            year_digits,
            year: i16::try_from(year).ok()?,
            month: i8::try_from(month).ok()?,
            day: i8::try_from(day).ok()?,
            hour,
            minute,
            second,
            micros,
            offset_minutes,
        })
    }
}

fn take(rest: &mut &[u8], wanted: u8) -> bool {
    let found = rest.first() == Some(&wanted);
    if found {
        *rest = &rest[1..];
    }
    found
}

fn expect(rest: &mut &[u8], wanted: u8) -> Option<()> {
    take(rest, wanted).then_some(())
}

fn digits(rest: &mut &[u8], count: usize) -> Option<i64> {
    let (head, tail) = rest.split_at_checked(count)?;
    *rest = tail;
    head.iter().try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + i64::from(b - b'0')))
}

/// The microseconds of a fraction; digits beyond the sixth are dropped.
fn fraction(rest: &mut &[u8]) -> Option<i64> {
    let count = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    let (head, tail) = rest.split_at_checked(count)?;
    *rest = tail;
    if head.is_empty() {
        return None;
    }
    Some((0..6).fold(0, |n, i| n * 10 + head.get(i).map_or(0, |b| i64::from(b - b'0'))))
}

fn offset(mut rest: &[u8]) -> Option<i64> {
    match rest {
        [] | b"Z" => Some(0),
        [sign @ (b'+' | b'-'), ..] => {
            let sign = if *sign == b'-' { -1 } else { 1 };
            rest = &rest[1..];
            let hours = digits(&mut rest, 2)?;
            expect(&mut rest, b':')?;
            let minutes = digits(&mut rest, 2)?;
            (rest.is_empty() && minutes < 60).then_some(sign * (hours * 60 + minutes))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::*;

    fn instant(text: &str) -> String {
        parse_instant(text).unwrap().to_string()
    }

    #[test]
    fn the_forms_of_every_client_are_read() {
        assert_eq!(instant("2026-11-24T10:31:35.1735991Z"), "2026-11-24T10:31:35.173Z");
        assert_eq!(instant("2026-11-24T10:31:30"), "2026-11-24T10:31:30Z");
        assert_eq!(instant("2026-01-15T10:20:30.123456+00:00"), "2026-01-15T10:20:30.123Z");
        assert_eq!(instant("2008-06-21T03:13:50.750-04:00"), "2008-06-21T07:13:50.75Z");
        assert_eq!(instant(" \n2012-02-29T24:00:00+01:30\t"), "2012-02-29T22:30:00Z");
        assert_eq!(instant("9999-12-31T23:59:59.999-10:00"), "9999-12-31T23:59:59.999Z");
    }

    #[test]
    fn a_local_value_keeps_its_digits_whatever_its_zone() {
        for text in ["2017-05-23T13:11:17.492", "2017-05-23T13:11:17.4920Z", "2017-05-23T13:11:17.492-08:00"]
        {
            assert_eq!(parse_local(text).unwrap().to_string(), "2017-05-23T13:11:17.492");
        }
    }

    #[test]
    fn malformed_and_impossible_are_two_errors() {
        for text in [
            "",
            "now",
            "2015-1-2T00:00:00",
            "2015-01-02",
            "2015-01-02T00:00:00.",
            "2015-01-02T00:00:00ZZ",
            "2015-01-02T00:00:00+5",
            "2015-01-02 00:00:00",
        ] {
            assert_eq!(parse_instant(text).unwrap_err().status(), Status::INVALID_XML, "{text}");
        }
        for text in [
            "2015-02-30T00:00:00",
            "0000-01-01T00:00:00",
            "-0004-01-01T00:00:00Z",
            "12015-01-01T00:00:00",
            "2015-01-01T25:00:00",
            "2015-13-01T00:00:00",
            "2015-01-01T00:00:00+15:00",
        ] {
            assert_eq!(parse_instant(text).unwrap_err().status(), Status::INVALID_DATETIME, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(20_260_601), failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_reads_back_to_the_millisecond(micros in MIN_MICROS..=MAX_MICROS) {
            let whole = micros.div_euclid(1000) * 1000;
            prop_assert_eq!(parse_instant(&UtcMicros(micros).to_string()), Ok(UtcMicros(whole)));
            prop_assert_eq!(parse_local(&LocalMicros(micros).to_string()), Ok(LocalMicros(whole)));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC*", near in "-?[0-9]{3,6}-[0-9]{1,3}-[0-9]{1,3}T[0-9:.Z+-]{0,30}") {
            let _ = parse_instant(&text);
            let _ = parse_local(&near);
        }
    }
}
