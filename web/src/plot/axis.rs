//! Where the lines of the grid are, and what is written beside them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::locale::Texts;

const DAY: i64 = 86_400_000_000;

/// A line of the grid: where it is, and what stands beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick<T> {
    /// The number or the moment.
    pub at: T,
    /// What is written.
    pub text: String,
}

/// Round numbers that cover these, four to seven.
pub fn numbers(low: f64, high: f64, from_nought: bool) -> Vec<Tick<f64>> {
    let low = if from_nought { low.min(0.0) } else { low };
    // A line of one height alone would lie on the edge.
    let room = if high > low { 0.0 } else { high.abs().max(1.0) * 0.05 };
    let (low, high) = (low - if from_nought { 0.0 } else { room }, high + room);
    let step = round_step((high - low) / 4.0);
    let (first, last) = ((low / step).floor(), (high / step).ceil());
    let digits = usize::try_from(-(step.log10().floor() as i32)).unwrap_or(0);
    let mut ticks = Vec::new();
    let mut n = first;
    while n <= last && ticks.len() < 12 {
        let at = n * step;
        ticks.push(Tick { at, text: crate::units::plain(at, digits) });
        n += 1.0;
    }
    ticks
}

/// The next of 1, 2, 5, 10, 20 … that is not smaller.
fn round_step(least: f64) -> f64 {
    if !(least.is_finite() && least > 1e-9) {
        return 1.0;
    }
    let power = 10f64.powf(least.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().find(|step| step * power >= least * 0.999);
    step.unwrap_or(10.0) * power
}

/// Days, months or years within a span, at most so many.
pub fn dates(from: i64, to: i64, most: usize, t: &Texts) -> Vec<Tick<i64>> {
    let (first, last) = (date(from), date(to));
    let days = ((to - from) / DAY).max(1);
    let most = most.max(2);
    if days <= 62 {
        let step = whole(days, most).max(1);
        let mut at = first;
        let mut ticks = Vec::new();
        while at <= last && ticks.len() < most + 1 {
            ticks.push(Tick { at: micros(at), text: t.short_day(at) });
            let Ok(next) = at.checked_add(jiff::Span::new().days(step)) else { break };
            at = next;
        }
        return ticks;
    }
    let months = i64::from(last.year() - first.year()) * 12 + i64::from(last.month() - first.month());
    let step = if months <= 30 {
        [1, 2, 3, 6].into_iter().find(|step| months / step <= i64::try_from(most).unwrap_or(4)).unwrap_or(12)
    } else {
        12 * [1, 2, 5, 10, 20]
            .into_iter()
            .find(|years| months / 12 / years <= i64::try_from(most).unwrap_or(4))
            .unwrap_or(50)
    };
    let mut ticks = Vec::new();
    let mut month = i64::from(first.year()) * 12 + i64::from(first.month()) - 1;
    month = (month + step - 1) / step * step;
    while ticks.len() < most + 2 {
        let (year, number) = (month / 12, month % 12 + 1);
        let date = i16::try_from(year).ok().zip(i8::try_from(number).ok());
        let Some(date) = date.and_then(|(year, month)| Date::new(year, month, 1).ok()) else { break };
        if date > last {
            break;
        }
        let at = micros(date);
        if at >= from {
            let text = if step >= 12 { date.year().to_string() } else { t.short_month(date) };
            ticks.push(Tick { at, text });
        }
        month += step;
    }
    ticks
}

fn whole(days: i64, most: usize) -> i64 {
    let most = i64::try_from(most).unwrap_or(4);
    [1, 2, 7, 14, 31].into_iter().find(|step| days / step < most).unwrap_or(31)
}

fn date(micros: i64) -> Date {
    let moment = Timestamp::from_microsecond(micros).unwrap_or_default();
    moment.to_zoned_datetime(TimeZone::UTC).date()
}

fn micros(date: Date) -> i64 {
    let since = date.since(Date::constant(1970, 1, 1)).map(|span| span.get_days()).unwrap_or_default();
    i64::from(since) * DAY
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(ticks: &[Tick<f64>]) -> Vec<&str> {
        ticks.iter().map(|tick| tick.text.as_str()).collect()
    }

    #[test]
    fn numbers_are_round_and_cover_what_is_shown() {
        assert_eq!(texts(&numbers(70.3, 74.1, false)), ["70", "71", "72", "73", "74", "75"]);
        assert_eq!(texts(&numbers(78.0, 141.0, false)), ["60", "80", "100", "120", "140", "160"]);
        assert_eq!(texts(&numbers(12.0, 45.0, true)), ["0", "20", "40", "60"]);
        assert_eq!(texts(&numbers(0.12, 0.31, false)), ["0.1", "0.15", "0.2", "0.25", "0.3", "0.35"]);
    }

    #[test]
    fn a_single_number_has_room_above_and_below() {
        let ticks = numbers(70.0, 70.0, false);
        assert!(ticks[0].at < 70.0 && ticks.last().unwrap().at > 70.0 && ticks.len() < 12);
        assert!(numbers(0.0, 0.0, true).len() > 1);
    }

    #[test]
    fn dates_are_as_fine_as_there_is_room() {
        let t = Texts::for_samples();
        let at = |text: &str| text.parse::<Timestamp>().unwrap().as_microsecond();
        let said = |from, to, most| {
            let ticks = dates(at(from), at(to), most, &t);
            ticks.into_iter().map(|tick| tick.text).collect::<Vec<_>>()
        };
        assert_eq!(
            said("2026-02-16T00:00:00Z", "2026-03-18T00:00:00Z", 5),
            ["16 Feb", "23 Feb", "2 Mar", "9 Mar", "16 Mar"]
        );
        assert_eq!(said("2025-03-18T00:00:00Z", "2026-03-18T00:00:00Z", 5), ["Apr", "Jul", "Oct", "2026"]);
        assert_eq!(said("2012-05-01T00:00:00Z", "2026-03-18T00:00:00Z", 4), ["2015", "2020", "2025"]);
    }
}
