//! Home: the person's records.

use askama::Template;
use jiff::Timestamp;

use super::create_record::About;
use super::{Frame, sample_ago, sample_anna, sample_elin, sample_karl};
use crate::components::{Badge, Notice};
use crate::locale::Key;

/// One record.
#[derive(Clone, Debug)]
pub struct RecordRow {
    /// Whose it is.
    pub badge: Badge,
    /// Who that is to the person.
    pub about: About,
    /// How many apps may use it.
    pub apps: u32,
    /// Its own page.
    pub record_to: String,
    /// Its apps.
    pub apps_to: String,
    /// Who looked at it.
    pub activity_to: String,
}

impl RecordRow {
    fn relation(&self) -> Key {
        match self.about {
            About::Yourself => Key("home-record-yours"),
            About::Child => Key("home-record-child"),
            About::Parent => Key("home-record-parent"),
            About::Partner => Key("home-record-partner"),
            About::Relative => Key("home-record-relative"),
            About::Other => Key("home-record-other"),
        }
    }
}

/// Something that the person should know of.
#[derive(Clone, Debug)]
pub struct Told {
    /// What the form sends as `notice` when they do.
    pub id: String,
    /// What.
    pub text: String,
    /// When.
    pub when: Timestamp,
    /// Where to look at it, and what that is called.
    pub look_at: Option<(String, Key)>,
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "home.html")]
pub struct Home {
    /// Around the page.
    pub frame: Frame,
    /// What they should know of.
    pub told: Vec<Told>,
    /// The records, the person's own first.
    pub records: Vec<RecordRow>,
    /// Where to make another.
    pub new_record_to: String,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Home)> {
    let row = |badge, about, apps| RecordRow {
        badge,
        about,
        apps,
        record_to: "/records/1".into(),
        apps_to: "/records/1/apps".into(),
        activity_to: "/records/1/activity".into(),
    };
    let records = vec![
        row(sample_anna(), About::Yourself, 3),
        row(sample_elin(), About::Child, 1),
        row(sample_karl(), About::Parent, 0),
    ];
    let full = Home {
        frame: Frame::sample_signed_in(),
        told: Vec::new(),
        records,
        new_record_to: "/records/new".into(),
    };
    let t = &full.frame.t;
    let told = vec![
        Told {
            id: "1".into(),
            text: t.say_two("notice-connected", "app", "Northside Clinic", "name", "Anna Lindqvist"),
            when: sample_ago(50),
            look_at: Some(("/records/1/apps".into(), Key("notice-look"))),
        },
        Told {
            id: "2".into(),
            text: t.say_with("notice-locked", "app", "Northside Clinic"),
            when: sample_ago(60 * 30),
            look_at: None,
        },
        Told {
            id: "3".into(),
            text: t.say_two(
                "notice-signed-in-from",
                "browser",
                "Firefox on Windows",
                "address",
                "203.0.113.7",
            ),
            when: sample_ago(60 * 40),
            look_at: Some(("/sessions".into(), Key("notice-look-sessions"))),
        },
    ];
    let notice = Notice::record_made(&full.frame.t, "Elin Lindqvist");
    vec![
        ("saved", Home { frame: full.frame.clone().saying(notice), ..full.clone() }),
        ("told", Home { told, ..full.clone() }),
        ("empty", Home { records: Vec::new(), ..full.clone() }),
        ("records", full),
    ]
}
