//! The drawing itself.

use std::fmt::Write as _;

use super::axis::{self, Tick};
use super::{Line, Plot};
use crate::locale::{Texts, escape};

/// How large a drawing is, in units of the text's pixels.
pub struct Paper {
    name: &'static str,
    width: f64,
    height: f64,
    /// Room at the right for the names of lines.
    names: f64,
    /// The most dates below.
    dates: usize,
}

/// For a phone.
pub const NARROW: Paper = Paper { name: "narrow", width: 320.0, height: 240.0, names: 0.0, dates: 4 };
/// For a desk.
pub const WIDE: Paper = Paper { name: "wide", width: 560.0, height: 280.0, names: 116.0, dates: 6 };

const LEFT: f64 = 40.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 28.0;
const RIGHT: f64 = 12.0;

/// What is within the axes.
struct Field {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    low: f64,
    high: f64,
    from: i64,
    to: i64,
}

impl Field {
    fn x(&self, at: i64) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "a pixel is far coarser")]
        let share = (at - self.from) as f64 / ((self.to - self.from).max(1)) as f64;
        self.left + share.clamp(0.0, 1.0) * (self.right - self.left)
    }

    fn y(&self, number: f64) -> f64 {
        self.bottom - (number - self.low) / (self.high - self.low) * (self.bottom - self.top)
    }
}

pub fn draw(plot: &Plot, paper: &Paper, t: &Texts) -> String {
    let all = || plot.lines.iter().flat_map(|line| line.points.iter().map(|(_, y)| *y));
    let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
    if !(low.is_finite() && high.is_finite()) {
        return String::new();
    }
    let several = plot.lines.len() > 1;
    // On a phone names stand in a row above the field, each with its mark.
    let above = if several && paper.names == 0.0 { 20.0 * rows_above(&plot.lines) } else { 0.0 };
    let heights = axis::numbers(low, high, plot.bars);
    let field = Field {
        left: LEFT,
        right: paper.width - if several { paper.names.max(RIGHT) } else { RIGHT },
        top: TOP + above,
        bottom: paper.height + above - BOTTOM,
        low: heights.first().map_or(low, |tick| tick.at),
        high: heights.last().map_or(high, |tick| tick.at),
        from: plot.span.0,
        to: plot.span.1,
    };
    let id = format!("plot-{}-{}", plot.id, paper.name);
    let mut svg = format!(
        "<svg class=\"plot plot-{}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\
         <title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>",
        paper.name,
        paper.width,
        paper.height + above,
        escape(&plot.title),
        escape(&plot.in_words(t)),
    );
    grid(&mut svg, &field, plot, &heights, &axis::dates(field.from, field.to, paper.dates, t));
    for (nth, line) in plot.lines.iter().enumerate() {
        if plot.bars { bars(&mut svg, &field, line) } else { curve(&mut svg, &field, line, nth) }
    }
    if several {
        if paper.names > 0.0 { names_beside(&mut svg, &field, plot) } else { names_above(&mut svg, plot) }
    }
    svg.push_str("</svg>");
    svg
}

fn grid(svg: &mut String, field: &Field, plot: &Plot, heights: &[Tick<f64>], dates: &[Tick<i64>]) {
    if !plot.unit.is_empty() {
        let _ = write!(
            svg,
            "<text class=\"plot-unit\" x=\"0\" y=\"{:.0}\">{}</text>",
            field.top - 10.0,
            escape(&plot.unit)
        );
    }
    for tick in heights {
        let y = field.y(tick.at);
        let _ = write!(
            svg,
            "<line class=\"plot-grid\" x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
             <text class=\"plot-number\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            field.left,
            field.right,
            field.left - 6.0,
            y + 4.5,
            escape(&tick.text),
        );
    }
    for tick in dates {
        let x = field.x(tick.at);
        if x > field.right - 8.0 {
            continue;
        }
        let _ = write!(
            svg,
            "<line class=\"plot-tick\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{:.1}\" y2=\"{:.1}\"/>\
             <text class=\"plot-date\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            field.bottom,
            field.bottom + 5.0,
            x.max(field.left + 4.0),
            field.bottom + 20.0,
            escape(&tick.text),
        );
    }
}

fn curve(svg: &mut String, field: &Field, line: &Line, nth: usize) {
    let mut path = String::new();
    for (at, y) in &line.points {
        let sign = if path.is_empty() { 'M' } else { 'L' };
        let _ = write!(path, "{sign}{:.1} {:.1}", field.x(*at), field.y(*y));
    }
    let _ = write!(svg, "<path class=\"plot-line plot-line-{}\" d=\"{path}\"/>", nth + 1);
    // With many points the line says it all; marks would only thicken it.
    let every = line.points.len().div_ceil(40).max(1);
    let last = line.points.len().saturating_sub(1);
    let mut marks = String::new();
    for (index, (at, y)) in line.points.iter().enumerate() {
        if index == last || (last - index).is_multiple_of(every) {
            mark(&mut marks, nth, field.x(*at), field.y(*y));
        }
    }
    let _ = write!(svg, "<path class=\"plot-mark plot-mark-{}\" d=\"{marks}\"/>", nth + 1);
}

/// A disc, a square, a diamond or a triangle.
fn mark(path: &mut String, nth: usize, x: f64, y: f64) {
    let _ = match nth {
        0 => write!(path, "M{:.1} {y:.1}a3 3 0 1 0 6 0a3 3 0 1 0-6 0", x - 3.0),
        1 => write!(path, "M{:.1} {:.1}h6v6h-6z", x - 3.0, y - 3.0),
        2 => write!(path, "M{x:.1} {:.1}l4 4l-4 4l-4-4z", y - 4.0),
        _ => write!(path, "M{x:.1} {:.1}l4 7h-8z", y - 4.0),
    };
}

fn bars(svg: &mut String, field: &Field, line: &Line) {
    let mut path = String::new();
    for (at, y) in &line.points {
        let x = field.x(*at);
        let _ = write!(path, "M{x:.1} {:.1}V{:.1}", field.bottom, field.y(*y));
    }
    let _ = write!(svg, "<path class=\"plot-bar\" d=\"{path}\"/>");
}

/// Names at the ends of their lines, one below the other where lines end close together.
fn names_beside(svg: &mut String, field: &Field, plot: &Plot) {
    let ends = plot.lines.iter().enumerate().filter_map(|(nth, line)| {
        let (_, y) = line.points.last()?;
        Some((nth, field.y(*y), line))
    });
    let mut ends: Vec<(usize, f64, &Line)> = ends.collect();
    ends.sort_by(|a, b| a.1.total_cmp(&b.1));
    for index in 1..ends.len() {
        let above = ends.get(index - 1).map_or(0.0, |end| end.1);
        if let Some(end) = ends.get_mut(index) {
            end.1 = end.1.max(above + 18.0);
        }
    }
    for (nth, y, line) in ends {
        name(svg, nth, field.right + 14.0, y, &line.label);
    }
}

/// How many rows the names take on a phone.
fn rows_above(lines: &[Line]) -> f64 {
    if lines.len() > 2 { 2.0 } else { 1.0 }
}

fn names_above(svg: &mut String, plot: &Plot) {
    for (nth, line) in plot.lines.iter().enumerate() {
        let column = if nth % 2 == 0 { 50.0 } else { 190.0 };
        let row = if nth < 2 { 10.0 } else { 30.0 };
        name(svg, nth, column, row, &line.label);
    }
}

fn name(svg: &mut String, nth: usize, x: f64, y: f64, label: &str) {
    let mut sign = String::new();
    mark(&mut sign, nth, x, y);
    let short: String = label.chars().take(18).collect();
    let _ = write!(
        svg,
        "<path class=\"plot-mark plot-mark-{}\" d=\"{sign}\"/><text class=\"plot-name\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
        nth + 1,
        x + 8.0,
        y + 4.5,
        escape(&short),
    );
}
