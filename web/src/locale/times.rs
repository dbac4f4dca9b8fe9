//! Times as people say them.

use std::borrow::Borrow;
use std::fmt::Display;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use keepwell_core::thing_types::Dated;

use super::{Key, Markup, Texts, escape};

const MONTHS: [Key; 12] = [
    Key("month-1"),
    Key("month-2"),
    Key("month-3"),
    Key("month-4"),
    Key("month-5"),
    Key("month-6"),
    Key("month-7"),
    Key("month-8"),
    Key("month-9"),
    Key("month-10"),
    Key("month-11"),
    Key("month-12"),
];
const SHORT_MONTHS: [Key; 12] = [
    Key("month-short-1"),
    Key("month-short-2"),
    Key("month-short-3"),
    Key("month-short-4"),
    Key("month-short-5"),
    Key("month-short-6"),
    Key("month-short-7"),
    Key("month-short-8"),
    Key("month-short-9"),
    Key("month-short-10"),
    Key("month-short-11"),
    Key("month-short-12"),
];
const WEEKDAYS: [Key; 7] = [
    Key("weekday-1"),
    Key("weekday-2"),
    Key("weekday-3"),
    Key("weekday-4"),
    Key("weekday-5"),
    Key("weekday-6"),
    Key("weekday-7"),
];

impl Texts {
    /// A moment: "yesterday at 14:20", with the exact time on hover or tap.
    pub fn when(&self, moment: &Timestamp) -> Markup {
        let text = match self.is_just_now(moment) {
            true => self.say("time-just-now"),
            false => self.in_words(self.local(moment).datetime()),
        };
        self.element(moment, &text)
    }

    /// A time on the clock of the wall where something was taken (microseconds, no zone), told by that clock
    /// wherever it is read.
    pub fn wall(&self, micros: impl Borrow<i64>) -> Markup {
        let moment = Timestamp::from_microsecond(*micros.borrow()).unwrap_or_default();
        let there = moment.to_zoned_datetime(TimeZone::UTC).datetime();
        let exact = self.exactly(there.date(), &there.strftime("%H:%M:%S"));
        let machine = there.strftime("%Y-%m-%dT%H:%M:%S").to_string();
        // Midnight to the microsecond is a day of which no time is known.
        if there.time() == jiff::civil::Time::midnight() {
            let machine = there.strftime("%Y-%m-%d").to_string();
            return time(&machine, &self.full(there.date()), &self.day_in_words(there.date()));
        }
        time(&machine, &exact, &self.in_words(there))
    }

    fn day_in_words(&self, there: Date) -> String {
        let today = self.local(&self.now).date();
        match days_between(there, today) {
            Some(0) => self.say("day-today"),
            Some(1) => self.say("day-yesterday"),
            _ => self.date(there, today),
        }
    }

    /// A date as far as it is known: "1980", "May 1980", "17 May 1980, 08:30".
    pub fn dated(&self, date: &Dated) -> String {
        let name = |month: i8| self.say(MONTHS[usize::from((month - 1).unsigned_abs()) % 12]);
        let mut text = match (date.month, date.day) {
            (None, _) => date.year.to_string(),
            (Some(month), None) => {
                self.say_two("time-month", "month", name(month), "year", date.year.to_string())
            }
            (Some(month), Some(day)) => {
                let day = self.say_two("time-day-month", "day", day, "month", name(month));
                self.say_two("time-day-year", "day", day, "year", date.year.to_string())
            }
        };
        if let Some((hour, minute)) = date.clock {
            text = format!("{text}{}{hour:02}:{minute:02}", self.say("list-comma"));
        }
        match &date.zone {
            Some(zone) => format!("{text} ({zone})"),
            None => text,
        }
    }

    fn in_words(&self, there: DateTime) -> String {
        let today = self.local(&self.now).date();
        let clock = there.strftime("%H:%M").to_string();
        match days_between(there.date(), today) {
            Some(0) => self.say_with("time-today", "clock", &clock),
            Some(1) => self.say_with("time-yesterday", "clock", &clock),
            Some(2..=6) => {
                self.say_two("time-weekday", "weekday", self.weekday(there.date()), "clock", &clock)
            }
            _ if there.year() == today.year() => {
                self.say_two("time-date", "date", self.date(there.date(), today), "clock", &clock)
            }
            _ => self.date(there.date(), today),
        }
    }

    /// A moment to the second, for a letter: "18 March 2026, 14:20:05 UTC".
    pub fn exact(&self, moment: &Timestamp) -> String {
        let there = self.local(moment);
        format!("{}, {}", self.full(there.date()), there.strftime("%H:%M:%S %Z"))
    }

    /// The moment at which it is read or written, as [`Texts::exact`] says it.
    pub fn exact_now(&self) -> String {
        self.exact(&self.now)
    }

    /// A day: "yesterday", "Monday", "2 March", "2 March 2024".
    pub fn day(&self, moment: &Timestamp) -> Markup {
        self.element(moment, &self.day_in_words(self.local(moment).date()))
    }

    /// The month of a time on the clock of the wall: "March 2024".
    pub fn month_on_the_wall(&self, micros: i64) -> String {
        let moment = Timestamp::from_microsecond(micros).unwrap_or_default();
        let there = moment.to_zoned_datetime(TimeZone::UTC).date();
        self.say_two("time-month", "month", self.say(month(there)), "year", there.year())
    }

    /// The day of a time on the clock of the wall, in full: "18 March 2026".
    pub fn day_on_the_wall(&self, micros: impl Borrow<i64>) -> String {
        let moment = Timestamp::from_microsecond(*micros.borrow()).unwrap_or_default();
        self.full(moment.to_zoned_datetime(TimeZone::UTC).date())
    }

    /// The day of a moment (microseconds), in full, where the clock of the house stands: "18 March 2026".
    pub fn day_in_full(&self, micros: i64) -> String {
        self.full(self.local(&Timestamp::from_microsecond(micros).unwrap_or_default()).date())
    }

    /// A day where there is little room: "16 Feb".
    pub fn short_day(&self, date: Date) -> String {
        self.say_two("time-day-month", "day", date.day(), "month", self.say(month_short(date)))
    }

    /// A month where there is little room, January by its year: "Feb", "2026".
    pub fn short_month(&self, date: Date) -> String {
        if date.month() == 1 { date.year().to_string() } else { self.say(month_short(date)) }
    }

    /// What a month is called, from 1.
    pub fn month_name(&self, number: usize) -> String {
        MONTHS.get(number.saturating_sub(1)).map(|key| self.say(key)).unwrap_or_default()
    }

    /// A month, for what has been so for long: "March 2024".
    pub fn month(&self, moment: &Timestamp) -> Markup {
        let there = self.local(moment).date();
        let text = self.say_two("time-month", "month", self.say(month(there)), "year", there.year());
        self.element(moment, &text)
    }

    fn local(&self, moment: &Timestamp) -> ZonedDateTime {
        moment.to_zoned_datetime(self.zone.clone())
    }

    fn is_just_now(&self, moment: &Timestamp) -> bool {
        (0..60).contains(&(self.now.as_second() - moment.as_second()))
    }

    fn weekday(&self, date: Date) -> String {
        self.say(WEEKDAYS[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs()) % 7])
    }

    fn date(&self, date: Date, today: Date) -> String {
        let month = self.say(month(date));
        if date.year() == today.year() {
            return self.say_two("time-day-month", "day", date.day(), "month", month);
        }
        let day = self.say_two("time-day-month", "day", date.day(), "month", month);
        self.say_two("time-day-year", "day", day, "year", date.year())
    }

    fn element(&self, moment: &Timestamp, text: &str) -> Markup {
        time(&moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(), &self.exact(moment), text)
    }

    fn exactly(&self, date: Date, clock: &impl Display) -> String {
        format!("{}{}{}", self.full(date), self.say("list-comma"), self.isolate(&clock.to_string()))
    }

    fn full(&self, date: Date) -> String {
        let day = self.say_two("time-day-month", "day", date.day(), "month", self.say(month(date)));
        self.say_two("time-day-year", "day", day, "year", date.year())
    }
}

fn time(machine: &str, exact: &str, text: &str) -> Markup {
    let (exact, text) = (escape(exact), escape(text));
    Markup(format!("<time datetime=\"{machine}\" title=\"{exact}\">{text}</time>"))
}

fn month(date: Date) -> Key {
    MONTHS[usize::from(date.month().unsigned_abs() - 1) % 12]
}

fn month_short(date: Date) -> Key {
    SHORT_MONTHS[usize::from(date.month().unsigned_abs() - 1) % 12]
}

/// How many days lie between; none for what is still to come.
fn days_between(there: Date, today: Date) -> Option<i32> {
    today.since(there).ok().map(|span| span.get_days()).filter(|days| *days >= 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::locales;
    use jiff::tz::{Offset, TimeZone};

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn texts(now: &str) -> Texts {
        Texts::new(&locales()[0], at(now), TimeZone::UTC)
    }

    /// The words alone.
    fn said(markup: Markup) -> String {
        let html = markup.to_string();
        html.split('>').nth(1).unwrap().trim_end_matches("</time").to_owned()
    }

    #[test]
    fn a_moment_is_said_as_people_say_it() {
        let t = texts("2026-03-18T15:30:00Z");
        for (moment, words) in [
            ("2026-03-18T15:29:40Z", "just now"),
            ("2026-03-18T09:05:00Z", "today at 09:05"),
            ("2026-03-17T14:20:00Z", "yesterday at 14:20"),
            ("2026-03-14T08:00:00Z", "Saturday at 08:00"),
            ("2026-03-02T14:20:00Z", "2 March at 14:20"),
            ("2024-12-31T23:59:00Z", "31 December 2024"),
            ("2026-03-19T10:00:00Z", "19 March at 10:00"),
        ] {
            assert_eq!(said(t.when(&at(moment))), words, "{moment}");
        }
    }

    #[test]
    fn the_exact_time_is_in_the_element() {
        let t = texts("2026-03-18T15:30:00Z");
        assert_eq!(
            t.when(&at("2026-03-17T14:20:05Z")).to_string(),
            "<time datetime=\"2026-03-17T14:20:05Z\" title=\"17 March 2026, 14:20:05 UTC\">yesterday at 14:20</time>"
        );
    }

    #[test]
    fn a_wall_clock_is_told_as_it_was_wherever_it_is_read() {
        let east = TimeZone::fixed(Offset::constant(10));
        let t = Texts::new(&locales()[0], at("2026-03-18T15:30:00Z"), east);
        let taken = at("2026-03-17T07:30:00Z").as_microsecond();
        assert_eq!(
            t.wall(taken).to_string(),
            "<time datetime=\"2026-03-17T07:30:00\" title=\"17 March 2026, 07:30:00\">Tuesday at 07:30</time>"
        );
    }

    #[test]
    fn a_day_of_which_no_time_is_known_is_told_without_one() {
        let t = texts("2026-03-18T15:30:00Z");
        assert_eq!(said(t.wall(at("2026-03-17T00:00:00Z").as_microsecond())), "yesterday");
        assert_eq!(said(t.wall(at("2026-03-02T00:00:00Z").as_microsecond())), "2 March");
    }

    #[test]
    fn a_date_is_said_as_far_as_it_is_known() {
        let t = texts("2026-03-18T15:30:00Z");
        let mut date = Dated { year: 1980, ..Dated::default() };
        assert_eq!(t.dated(&date), "1980");
        date.month = Some(5);
        assert_eq!(t.dated(&date), "May 1980");
        date.day = Some(17);
        assert_eq!(t.dated(&date), "17 May 1980");
        (date.clock, date.zone) = (Some((8, 5)), Some("Pacific".into()));
        assert_eq!(t.dated(&date), "17 May 1980, 08:05 (Pacific)");
    }

    #[test]
    fn yesterday_is_the_readers_yesterday() {
        let east = TimeZone::fixed(Offset::constant(10));
        let t = Texts::new(&locales()[0], at("2026-03-18T15:30:00Z"), east);
        assert_eq!(said(t.when(&at("2026-03-18T10:00:00Z"))), "yesterday at 20:00");
    }

    #[test]
    fn days_and_months_leave_the_clock_out() {
        let t = texts("2026-03-18T15:30:00Z");
        assert_eq!(said(t.day(&at("2026-03-18T01:00:00Z"))), "today");
        assert_eq!(said(t.day(&at("2026-03-01T01:00:00Z"))), "1 March");
        assert_eq!(said(t.day(&at("2025-03-01T01:00:00Z"))), "1 March 2025");
        assert_eq!(said(t.month(&at("2024-03-01T01:00:00Z"))), "March 2024");
    }
}
