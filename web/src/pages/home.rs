//! Home: the person's records.

use askama::Template;

use super::create_record::About;
use super::{Frame, sample_anna, sample_elin, sample_karl};
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
    /// Its readings.
    pub readings_to: String,
    /// Its apps.
    pub apps_to: String,
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

/// The page.
#[derive(Clone, Template)]
#[template(path = "home.html")]
pub struct Home {
    /// Around the page.
    pub frame: Frame,
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
        readings_to: "/records/1/readings".into(),
        apps_to: "/records/1/apps".into(),
    };
    let records = vec![
        row(sample_anna(), About::Yourself, 3),
        row(sample_elin(), About::Child, 1),
        row(sample_karl(), About::Parent, 0),
    ];
    let full = Home { frame: Frame::sample_signed_in(), records, new_record_to: "/records/new".into() };
    let notice = Notice::record_made(&full.frame.t, "Elin Lindqvist");
    vec![
        ("saved", Home { frame: full.frame.clone().saying(notice), ..full.clone() }),
        ("empty", Home { records: Vec::new(), ..full.clone() }),
        ("records", full),
    ]
}
