//! A record at a glance: what is measured, what is taken, what must be known, and what is new.

use askama::Template;
use jiff::Timestamp;

use super::{Frame, sample_ago};
use crate::locale::Key;

/// The latest of a kind of measurement.
#[derive(Clone, Debug)]
pub struct Latest {
    /// What is measured.
    pub kind: String,
    /// What it says, with its unit.
    pub says: String,
    /// Its date: wall clock, microseconds.
    pub when: i64,
    /// All of its kind.
    pub to: String,
}

/// Things of one kind that a person wants to have at hand.
#[derive(Clone, Debug)]
pub struct AtHand {
    /// What they are called.
    pub heading: Key,
    /// What stands here when there are none.
    pub none: Key,
    /// What each says, its date (wall clock, microseconds), and its page.
    pub items: Vec<(String, i64, String)>,
    /// How many more there are.
    pub more: u32,
    /// All of the kind; none if there are none.
    pub all_to: Option<String>,
}

/// What somebody did to the record.
#[derive(Clone, Debug)]
pub struct News {
    /// "Added".
    pub change: Key,
    /// What it says in one line.
    pub line: String,
    /// What kind it is.
    pub kind: String,
    /// How many more of the kind came with it.
    pub more: u32,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub who: String,
    /// Its page.
    pub to: String,
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "overview.html")]
pub struct Overview {
    /// Around the page, with whose record.
    pub frame: Frame,
    /// The name on the record.
    pub record_name: String,
    /// Where something is added by hand, for those who may.
    pub add_to: Option<String>,
    /// The record holds nothing at all.
    pub empty: bool,
    /// The latest of each measurement.
    pub latest: Vec<Latest>,
    /// Medicines, allergies, conditions.
    pub at_hand: Vec<AtHand>,
    /// What was done last.
    pub news: Vec<News>,
    /// Who else looked last, and when; none in the last weeks.
    pub looked: Option<(String, Timestamp)>,
    /// Who looked, all of it.
    pub activity_to: String,
    /// All by date.
    pub timeline_to: String,
    /// Where the record's name is changed, for those who may.
    pub settings_to: String,
}

impl News {
    fn names_itself(&self) -> bool {
        self.line == self.kind
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Overview)> {
    let day = 60 * 24;
    let at = |ago: i64| sample_ago(ago).as_microsecond();
    let latest = |kind: &str, says: &str, ago: i64| Latest {
        kind: kind.into(),
        says: says.into(),
        when: at(ago),
        to: "/records/1/items/of/1".into(),
    };
    let item = |says: &str, ago: i64| (says.to_owned(), at(ago), "/records/1/items/1".to_owned());
    let at_hand = |heading, none, items: Vec<(String, i64, String)>, more| AtHand {
        heading,
        none,
        all_to: (!items.is_empty()).then(|| "/records/1/items/of/1".into()),
        items,
        more,
    };
    let news = |change, line: &str, kind: &str, more, ago: i64, who: &str| News {
        change,
        line: line.into(),
        kind: kind.into(),
        more,
        at: sample_ago(ago),
        who: who.into(),
        to: "/records/1/items/1".into(),
    };
    let medicines =
        vec![item("Lisinopril 10 mg, 1 tablet, every morning", day * 40), item("Salbutamol", 400)];
    let full = Overview {
        frame: Frame::sample_record().here(Key("round-overview")),
        record_name: "Anna Lindqvist".into(),
        add_to: Some("/records/1/add".into()),
        empty: false,
        latest: vec![
            latest("Weight", "71.5 kg", 70),
            latest("Blood pressure", "128/82 mmHg, pulse 64", day * 2),
            latest("Blood sugar", "5.4 mmol/L", day * 9),
        ],
        at_hand: vec![
            at_hand(Key("overview-medicines"), Key("overview-no-medicines"), medicines, 2),
            at_hand(
                Key("overview-allergies"),
                Key("overview-no-allergies"),
                vec![item("Penicillin: hives", day * 9)],
                0,
            ),
            at_hand(Key("overview-conditions"), Key("overview-no-conditions"), Vec::new(), 0),
        ],
        news: vec![
            news(Key("version-added"), "71.5 kg", "Weight", 11, 70, "Steps & Stairs"),
            news(Key("version-changed"), "Penicillin: hives", "Allergies", 0, day * 9, "Northside Clinic"),
            news(Key("version-removed"), "Sleep", "Sleep", 0, day * 12, "You"),
        ],
        looked: Some(("Northside Clinic".into(), sample_ago(day + 70))),
        activity_to: "/records/1/activity".into(),
        timeline_to: "/records/1/timeline".into(),
        settings_to: "/records/1/settings".into(),
    };
    let none = |known: &AtHand| AtHand { items: Vec::new(), more: 0, all_to: None, ..known.clone() };
    let empty = Overview {
        empty: true,
        latest: Vec::new(),
        at_hand: full.at_hand.iter().map(none).collect(),
        news: Vec::new(),
        looked: None,
        ..full.clone()
    };
    vec![("empty", empty), ("full", full)]
}
