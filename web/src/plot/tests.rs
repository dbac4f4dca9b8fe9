use super::*;

const DAY: i64 = 86_400_000_000;

fn plot(lines: Vec<Line>) -> Plot {
    let end = crate::locale::samples_now().as_microsecond();
    Plot {
        id: "a".into(),
        title: "Weight".into(),
        unit: "kg".into(),
        digits: 1,
        lines,
        span: (end - 365 * DAY, end),
        bars: false,
    }
}

fn line(label: &str, count: i64) -> Line {
    let end = crate::locale::samples_now().as_microsecond();
    let points = (0..count).map(|n| (end - (count - 1 - n) * DAY, 70.0 + (n % 7) as f64 / 2.0));
    Line { label: label.into(), points: points.collect() }
}

#[test]
fn a_plot_says_what_it_shows_to_those_who_do_not_see_it() {
    let drawing = plot(vec![line("Weight", 15)]).draw(&Texts::for_samples()).to_string();
    assert_eq!(drawing.matches("role=\"img\"").count(), 2, "for a phone and for a desk");
    assert_eq!(drawing.matches("<title id=").count(), 2);
    assert!(drawing.contains("Weight: the latest is 70 kg, on 18 March 2026."), "{drawing}");
    assert!(drawing.contains("Between 70 kg and 73 kg."), "{drawing}");
}

#[test]
fn several_lines_have_marks_of_their_own_and_their_names_beside_them() {
    let drawing =
        plot(vec![line("Systolic", 9), line("Diastolic", 9)]).draw(&Texts::for_samples()).to_string();
    assert!(drawing.contains("plot-mark-1") && drawing.contains("plot-mark-2"));
    assert_eq!(drawing.matches(">Systolic</text>").count(), 2);
}

#[test]
fn a_plot_brings_no_style_no_script_and_no_markup_of_its_names() {
    let hostile = "<script>alert(1)</script>\"'";
    let mut plot = plot(vec![line(hostile, 3), line("b", 3)]);
    (plot.title, plot.unit) = (hostile.into(), hostile.into());
    let drawing = plot.draw(&Texts::for_samples()).to_string();
    assert!(!drawing.contains("<script") && !drawing.contains("style=") && !drawing.contains("<style"));
}

#[test]
fn numbers_that_are_none_draw_nothing() {
    assert_eq!(plot(vec![Line::default()]).draw(&Texts::for_samples()).to_string(), "");
}

#[test]
fn a_full_plot_is_small() {
    let lines = (0..4).map(|_| line("Total cholesterol", 150)).collect();
    let drawing = plot(lines).draw(&Texts::for_samples()).to_string();
    assert!(drawing.len() < 40_000, "{}", drawing.len());
}
