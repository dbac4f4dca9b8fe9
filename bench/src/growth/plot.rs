//! The curves as a picture: two panels, each relative to its first point.

use std::fmt::Write as _;

/// What a request costs at a size, microseconds of processor time.
#[derive(Clone, Copy)]
pub struct Point {
    pub things: u64,
    pub floor: f64,
    pub keepwell: f64,
}

/// The points, the smallest size first.
pub type Curve = Vec<Point>;

/// One of the two pictures.
pub struct Panel {
    pub title: &'static str,
    pub curve: Curve,
}

const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 44.0;
const TOP: f64 = 44.0;
const INNER_WIDTH: f64 = WIDTH - LEFT - 24.0;
const INNER_HEIGHT: f64 = HEIGHT - TOP - 48.0;
/// The highest value drawn: twice what the smallest size costs.
const MOST: f64 = 2.0;

const HEAD: &str = "<style>\
    text{font:12px sans-serif;fill:#222}.t{font-weight:bold}.axis{stroke:#888}.grid{stroke:#ccc}\
    .k{stroke:#0b5fa5;fill:none;stroke-width:2.5}.f{stroke:#777;fill:none;stroke-width:1.5;stroke-dasharray:5 4}\
    .kd{fill:#0b5fa5}.fd{fill:#777}.back{fill:#fff}\
    @media(prefers-color-scheme:dark){text{fill:#eee}.axis{stroke:#999}.grid{stroke:#444}.k{stroke:#6db5f2}\
    .f{stroke:#aaa}.kd{fill:#6db5f2}.fd{fill:#aaa}.back{fill:#161616}}</style>";

/// Says the ratios that are drawn.
pub fn print(panel: &Panel) {
    println!(
        "\n{} | Keepwell, over its first | the floor, over its first | Keepwell over the floor",
        panel.title
    );
    for (point, keepwell, floor) in relative(&panel.curve) {
        println!(
            "{} | {keepwell:.2} | {floor:.2} | {:.2}",
            number(point.things),
            point.keepwell / point.floor
        );
    }
}

/// The picture.
pub fn svg(panels: &[Panel]) -> String {
    let width = WIDTH * f64::from(u32::try_from(panels.len()).unwrap_or(1));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {HEIGHT}\" role=\"img\" \
         aria-labelledby=\"t\"><title id=\"t\">Processor time of a GetThings of the ten newest, over that at the \
         smallest size</title>{HEAD}<rect class=\"back\" width=\"{width}\" height=\"{HEIGHT}\"/>\n"
    );
    let mut left = 0.0;
    for panel in panels {
        let _ = writeln!(out, "<g transform=\"translate({left} 0)\">{}</g>", draw(panel));
        left += WIDTH;
    }
    out.push_str("</svg>\n");
    out
}

fn draw(panel: &Panel) -> String {
    let mut out = format!("<text class=\"t\" x=\"{LEFT}\" y=\"18\">{}</text>", panel.title);
    let _ = write!(out, "<text x=\"{LEFT}\" y=\"34\">— Keepwell  - - the floor; CPU a request</text>");
    for step in 0..=4 {
        let value = MOST * f64::from(step) / 4.0;
        let y = down(value);
        let class = if step == 0 { "axis" } else { "grid" };
        let right = LEFT + INNER_WIDTH;
        let _ = write!(out, "<path class=\"{class}\" d=\"M{LEFT} {y:.1}H{right}\"/>");
        let _ = write!(
            out,
            "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{value:.1}×</text>",
            LEFT - 6.0,
            y + 4.0
        );
    }
    let count = panel.curve.len();
    let across = |at: usize| {
        let part = |n: usize| f64::from(u32::try_from(n).unwrap_or(0));
        LEFT + INNER_WIDTH * part(at) / part(count.saturating_sub(1).max(1))
    };
    let (mut keepwell_line, mut floor_line, mut marks) = (String::new(), String::new(), String::new());
    for (at, (point, keepwell, floor)) in relative(&panel.curve).enumerate() {
        let letter = if at == 0 { 'M' } else { 'L' };
        let (x, k, f) = (across(at), down(keepwell), down(floor));
        let _ = write!(keepwell_line, "{letter}{x:.1} {k:.1}");
        let _ = write!(floor_line, "{letter}{x:.1} {f:.1}");
        let _ = write!(marks, "<circle class=\"fd\" cx=\"{x:.1}\" cy=\"{f:.1}\" r=\"3\"/>");
        let _ = write!(marks, "<circle class=\"kd\" cx=\"{x:.1}\" cy=\"{k:.1}\" r=\"4\"/>");
        let y = TOP + INNER_HEIGHT + 20.0;
        let _ = write!(
            marks,
            "<text x=\"{x:.1}\" y=\"{y}\" text-anchor=\"middle\">{}</text>",
            number(point.things)
        );
    }
    let _ =
        write!(out, "<path class=\"f\" d=\"{floor_line}\"/><path class=\"k\" d=\"{keepwell_line}\"/>{marks}");
    out
}

/// Each point with what it costs over the first, Keepwell and the floor.
fn relative(curve: &[Point]) -> impl Iterator<Item = (Point, f64, f64)> {
    let first = curve.first().copied();
    curve.iter().filter_map(move |p| first.map(|f| (*p, p.keepwell / f.keepwell, p.floor / f.floor)))
}

fn down(value: f64) -> f64 {
    TOP + INNER_HEIGHT * (1.0 - value.clamp(0.0, MOST) / MOST)
}

/// With commas.
fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plot_is_well_formed_and_names_every_size() {
        let point = |things, keepwell| Point { things, floor: 10.0, keepwell };
        let curve = vec![point(1_000, 20.0), point(1_000_000, 90.0)];
        let drawn = svg(&[Panel { title: "Things", curve }]);
        assert!(drawn.contains(">1,000<") && drawn.contains(">1,000,000<"));
        assert!(!drawn.contains("NaN") && drawn.matches("<g").count() == drawn.matches("</g>").count());
    }
}
