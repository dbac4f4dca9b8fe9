//! A believable year: a weight that goes down in spring and up a little at the end of the year, a blood
//! pressure that follows it, and one height.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use keepwell_core::thing_types;
use keepwell_core::things::{Data, PutThing};

/// The readings of the year before `now` (microseconds UTC), the oldest first.
pub fn year_before(now: i64) -> Vec<PutThing> {
    let today = TimeZone::UTC.to_datetime(Timestamp::from_microsecond(now).unwrap_or_default()).date();
    let mut dice = Dice(20_260_601);
    let mut year = vec![height(today.saturating_sub(jiff::Span::new().days(365)))];
    for days_ago in (0..=364_i32).rev() {
        let day = today.saturating_sub(jiff::Span::new().days(days_ago));
        let through = f64::from(364 - days_ago) / 364.0;
        // From 84.5 kg down to about 78, with a wave of the seasons and a scale that is never quite sure.
        let weight = 84.5 - 7.2 * through + 0.9 * (through * std::f64::consts::TAU).sin() + dice.around(0.35);
        if days_ago % 3 == 0 {
            year.push(weight_on(day, 6 + dice.below(2), dice.below(60), weight));
        }
        if days_ago % 4 == 1 {
            let systolic = 138.0 - 12.0 * through + dice.around(6.0);
            let diastolic = 88.0 - 7.0 * through + dice.around(4.0);
            let pulse = 70.0 - 4.0 * through + dice.around(5.0);
            year.push(blood_pressure_on(day, dice.below(60), [systolic, diastolic, pulse]));
        }
    }
    year
}

/// Numbers that look random and are the same at every start.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: i8) -> i8 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let bound = u64::try_from(bound).unwrap_or(1);
        i8::try_from((self.0 >> 33) % bound).unwrap_or_default()
    }

    /// Between minus and plus this, mostly near the middle.
    fn around(&mut self, spread: f64) -> f64 {
        let sum = f64::from(self.below(101)) + f64::from(self.below(101));
        (sum / 100.0 - 1.0) * spread
    }
}

/// With seconds: one old client cannot read a time without them.
fn when(day: Date, hour: i8, minute: i8) -> (String, DateTime) {
    let (y, m, d) = (day.year(), day.month(), day.day());
    let xml = format!(
        "<when><date><y>{y}</y><m>{m}</m><d>{d}</d></date><time><h>{hour}</h><m>{minute}</m><s>0</s></time></when>"
    );
    (xml, day.at(hour, minute, 0, 0))
}

fn thing(root: &str, when: DateTime, inside: &str) -> PutThing {
    let wall_clock = TimeZone::UTC.to_timestamp(when).map(Timestamp::as_microsecond).ok();
    PutThing {
        type_id: thing_types::by_name(root).map(|t| t.id),
        data: Some(Data {
            xml: format!("<{root}>{inside}</{root}><common/>"),
            root: root.to_owned(),
            eff_date: wall_clock,
            ..Data::default()
        }),
        ..PutThing::default()
    }
}

fn weight_on(day: Date, hour: i8, minute: i8, kg: f64) -> PutThing {
    let (when, at) = when(day, hour, minute);
    let value = format!("<value><kg>{kg:.1}</kg><display units=\"kg\">{kg:.1}</display></value>");
    thing("weight", at, &format!("{when}{value}"))
}

fn blood_pressure_on(day: Date, minute: i8, [systolic, diastolic, pulse]: [f64; 3]) -> PutThing {
    let (when, at) = when(day, 19, minute);
    let values = format!(
        "<systolic>{systolic:.0}</systolic><diastolic>{diastolic:.0}</diastolic><pulse>{pulse:.0}</pulse>"
    );
    thing("blood-pressure", at, &format!("{when}{values}"))
}

fn height(day: Date) -> PutThing {
    let (when, at) = when(day, 9, 0);
    thing("height", at, &format!("{when}<value><m>1.74</m></value>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_has_readings_from_its_first_day_to_today() {
        let now = 1_780_315_200_000_000;
        let year = year_before(now);
        assert!(year.len() > 200);
        assert!(
            year.iter().all(|t| t.type_id.is_some() && t.data.as_ref().is_some_and(|d| d.eff_date.is_some()))
        );
        let dates: Vec<_> = year.iter().filter_map(|t| t.data.as_ref()?.eff_date).collect();
        assert!(dates.iter().all(|d| *d < now + 86_400_000_000));
        assert!(dates.iter().min() < Some(&(now - 360 * 86_400_000_000)));
    }
}
