//! Plots of numbers over time, as SVG that needs no style or script of its own: the style sheet has its classes.
//!
//! A plot is drawn twice, for a narrow and for a wide page, and the style sheet shows one of them: so its words
//! are of the size of the text around it on both. Lines are told apart by their marks and by their names, which
//! stand beside them, and never by colour alone.

mod axis;
mod draw;
mod thin;

use askama::filters::HtmlSafe;
use std::fmt;

pub use thin::thin;

use crate::locale::Texts;

/// One line of a plot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// What it is called.
    pub label: String,
    /// Moments (wall clock, microseconds) with their numbers, the oldest first.
    pub points: Vec<(i64, f64)>,
}

/// A plot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plot {
    /// A name that no other plot of the page has; letters and digits.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// The unit of all its numbers; empty for plain numbers.
    pub unit: String,
    /// The digits after the point that are worth reading.
    pub digits: usize,
    /// Its lines, four at most.
    pub lines: Vec<Line>,
    /// From when to when: wall clock, microseconds.
    pub span: (i64, i64),
    /// Each number stands for itself, as with exercise: it is a bar from nought.
    pub bars: bool,
}

/// The markup of a plot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing(String);

impl HtmlSafe for Drawing {}

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Plot {
    /// Draws it for a reader.
    #[must_use]
    pub fn draw(&self, t: &Texts) -> Drawing {
        let narrow = draw::draw(self, &draw::NARROW, t);
        let wide = draw::draw(self, &draw::WIDE, t);
        Drawing(format!("{narrow}{wide}"))
    }

    /// What it shows, in words: of each line the lowest, the highest and the latest.
    #[must_use]
    pub fn in_words(&self, t: &Texts) -> String {
        let with_unit = |number: f64| {
            let number = crate::units::plain(number, self.digits);
            if self.unit.is_empty() { number } else { format!("{number} {}", self.unit) }
        };
        let said = self.lines.iter().filter_map(|line| {
            let (at, latest) = line.points.last()?;
            let lowest = line.points.iter().map(|(_, y)| *y).fold(f64::INFINITY, f64::min);
            let highest = line.points.iter().map(|(_, y)| *y).fold(f64::NEG_INFINITY, f64::max);
            let day = t.day_on_the_wall(at);
            let latest = t.say_two("plot-latest", "value", with_unit(*latest), "day", day);
            let between = t.say_two("plot-between", "low", with_unit(lowest), "high", with_unit(highest));
            Some(format!("{}: {latest} {between}", line.label))
        });
        said.collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests;
