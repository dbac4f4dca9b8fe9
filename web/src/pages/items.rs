//! The items of a kind in a record: as a table of numbers with a plot where they have any, else as a list.

use askama::Template;

use super::{Frame, sample_ago};
use crate::locale::Key;
use crate::plot::{Drawing, Line, Plot};

/// An item.
#[derive(Clone, Debug)]
pub struct ItemRow {
    /// What it says, in one line.
    pub line: String,
    /// Its date: wall clock, microseconds.
    pub when: i64,
    /// Who added it.
    pub from: String,
    /// Its numbers, one for each column.
    pub numbers: Vec<Option<Number>>,
    /// It has attachments.
    pub attachments: bool,
    /// Its own page.
    pub to: String,
}

/// A number, parted where it is aligned.
#[derive(Clone, Debug)]
pub struct Number {
    /// Before the point.
    pub whole: String,
    /// From the point on.
    pub fraction: String,
}

impl Number {
    /// A number as it is written.
    pub fn of(text: &str) -> Self {
        let at = text.find('.').unwrap_or(text.len());
        let (whole, fraction) = text.split_at(at);
        Self { whole: whole.to_owned(), fraction: fraction.to_owned() }
    }
}

/// A plot with the same in words.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What it shows.
    pub title: String,
    /// The plot.
    pub drawing: Drawing,
    /// What is seen on it.
    pub words: String,
}

/// How far back a plot goes.
#[derive(Clone, Debug)]
pub struct Range {
    /// What it is called.
    pub name: Key,
    /// Where it is chosen.
    pub to: String,
    /// It is the one that is shown.
    pub chosen: bool,
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "items.html")]
pub struct Items {
    /// Around the page, with whose record.
    pub frame: Frame,
    /// What the kind is called.
    pub kind: String,
    /// The name on the record.
    pub record_name: String,
    /// Where one is added by hand, for those who may.
    pub add_to: Option<String>,
    /// What the numbers are called, with their units.
    pub columns: Vec<String>,
    /// The plots.
    pub figures: Vec<Figure>,
    /// How far back they may go.
    pub ranges: Vec<Range>,
    /// Points of the plots stand for several numbers.
    pub means: bool,
    /// Only so many of the latest are drawn.
    pub part: Option<u32>,
    /// The newest first.
    pub items: Vec<ItemRow>,
    /// Where the older ones are.
    pub older_to: Option<String>,
    /// Back to the kinds.
    pub back_to: String,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Items)> {
    let row = |line: &str, ago: i64, from: &str| ItemRow {
        line: line.into(),
        when: sample_ago(ago).as_microsecond(),
        from: from.into(),
        numbers: Vec::new(),
        attachments: false,
        to: "/records/1/items/1".into(),
    };
    let full = Items {
        frame: Frame::sample_record(),
        kind: "Conditions".into(),
        record_name: "Anna Lindqvist".into(),
        add_to: Some("/records/1/add/1".into()),
        columns: Vec::new(),
        figures: Vec::new(),
        ranges: Vec::new(),
        means: false,
        part: None,
        items: vec![
            row("Asthma", 70, "Northside Clinic"),
            row("Hay fever, comes and goes", 60 * 26, "Steps & Stairs, for Karl Berg"),
            ItemRow { attachments: true, ..row("Rash on the left arm", 60 * 24 * 300, "You") },
        ],
        older_to: Some("/records/1/items/of/1?after=1_1_1".into()),
        back_to: "/records/1/items".into(),
    };
    let measured = measured(&full);
    vec![
        ("empty", Items { items: Vec::new(), older_to: None, ..full.clone() }),
        ("several", full),
        ("measured", measured),
    ]
}

fn measured(full: &Items) -> Items {
    const DAY: i64 = 60 * 24;
    let number = |n: i64| [128, 131, 126, 135, 129, 140, 124, 133][usize::try_from(n % 8).unwrap_or(0)];
    let numbers: Vec<(i64, i64)> = (0..24).map(|n| (n * 13 * DAY + 70, number(n))).collect();
    let line = |label: &str, less: i64| {
        let points = numbers
            .iter()
            .rev()
            .map(|(ago, upper)| (sample_ago(*ago).as_microsecond(), (upper - less) as f64));
        Line { label: label.into(), points: points.collect() }
    };
    let end = crate::locale::samples_now().as_microsecond();
    let plot = Plot {
        id: "1".into(),
        title: "Blood pressure of Anna Lindqvist".into(),
        unit: "mmHg".into(),
        digits: 0,
        lines: vec![line("Systolic", 0), line("Diastolic", 46)],
        span: (end - 365 * DAY * 60_000_000, end),
        bars: false,
    };
    let row = |(ago, upper): &(i64, i64)| ItemRow {
        line: format!("{upper}/{} mmHg", upper - 46),
        when: sample_ago(*ago).as_microsecond(),
        from: "Northside Clinic".into(),
        numbers: vec![
            Some(Number::of(&upper.to_string())),
            Some(Number::of(&(upper - 46).to_string())),
            None,
        ],
        attachments: false,
        to: "/records/1/items/1".into(),
    };
    let range = |name, chosen| Range { name, to: "/records/1/items/of/1?range=month".into(), chosen };
    Items {
        kind: "Blood pressure".into(),
        columns: vec!["Systolic (mmHg)".into(), "Diastolic (mmHg)".into(), "Pulse (per minute)".into()],
        figures: vec![Figure {
            title: plot.title.clone(),
            drawing: plot.draw(&full.frame.t),
            words: plot.in_words(&full.frame.t),
        }],
        ranges: vec![
            range(Key("range-month"), false),
            range(Key("range-year"), true),
            range(Key("range-all"), false),
        ],
        means: true,
        items: numbers.iter().map(row).collect(),
        ..full.clone()
    }
}
