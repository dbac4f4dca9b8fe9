//! The line of recent weights.

use std::fmt::Write;

use keepwell_client::things::Weight;

use super::said;

// The drawing is as wide as a small phone, so that its text is of the size of other text there.
const WIDTH: f64 = 340.0;
const HEIGHT: f64 = 150.0;
const LEFT: f64 = 10.0;
const RIGHT: f64 = 52.0;
const TOP: f64 = 18.0;
const BOTTOM: f64 = 22.0;

/// An SVG of the weights, which come newest first. One weight is no line. The same numbers stand in the
/// table beneath, so it needs no more words than its label.
pub(super) fn line(weights: &[Weight]) -> String {
    let mut oldest_first: Vec<&Weight> = weights.iter().collect();
    oldest_first.sort_by_key(|weight| weight.when);
    let [first, .., last] = &*oldest_first else { return String::new() };
    let (low, high) = oldest_first
        .iter()
        .fold((f64::MAX, f64::MIN), |(low, high), weight| (low.min(weight.kg), high.max(weight.kg)));
    // A line that never moves more than a kilogram is drawn as nearly flat as it is.
    let margin = (1.0 - (high - low)).max(0.0) / 2.0;
    let (low, high) = (low - margin, high + margin);
    let span = last.when.duration_since(first.when).as_secs_f64();
    let x = |weight: &Weight| {
        let part = weight.when.duration_since(first.when).as_secs_f64() / span.max(1.0);
        LEFT + part * (WIDTH - LEFT - RIGHT)
    };
    let y = |kg: f64| TOP + (high - kg) / (high - low).max(0.1) * (HEIGHT - TOP - BOTTOM);
    let points: Vec<(f64, f64)> = oldest_first.iter().map(|weight| (x(weight), y(weight.kg))).collect();
    let mut out = format!(
        "<svg class=\"line\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{} weights, from {} kg to {} kg\">",
        weights.len(),
        said::kg(first.kg),
        said::kg(last.kg),
    );
    let path: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    // Writing into a string does not fail.
    let _ = write!(out, "<polyline points=\"{}\"/>", path.join(" "));
    for (x, y) in &points {
        let _ = write!(out, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.5\"/>");
    }
    let (start, end) =
        (points.first().copied().unwrap_or_default(), points.last().copied().unwrap_or_default());
    let (foot, right) = (HEIGHT - 4.0, WIDTH - RIGHT);
    let day = |weight: &Weight| weight.when.strftime("%-d %b").to_string();
    let _ = write!(
        out,
        "<text x=\"{LEFT}\" y=\"{:.1}\">{}</text><text class=\"end\" x=\"{:.1}\" y=\"{:.1}\">{}</text>\
         <text x=\"{LEFT}\" y=\"{foot}\">{}</text><text x=\"{right}\" y=\"{foot}\" text-anchor=\"end\">{}</text></svg>",
        start.1 - 7.0,
        said::kg(first.kg),
        end.0 + 8.0,
        end.1 + 5.0,
        said::kg(last.kg),
        day(first),
        day(last),
    );
    out
}
