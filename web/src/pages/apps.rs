//! The apps connected to a record.

use askama::Template;
use jiff::Timestamp;

use super::{App, Frame, sample_ago, sample_anna};
use crate::components::Notice;

/// One app.
#[derive(Clone, Debug)]
pub struct AppRow {
    /// Which.
    pub app: App,
    /// The device it runs on.
    pub device: Option<String>,
    /// When it last used the record.
    pub last_used: Option<Timestamp>,
    /// It may also use the record while the person is away.
    pub away: bool,
    /// Its details, with the way to stop it.
    pub details_to: String,
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "apps.html")]
pub struct Apps {
    /// Around the page, with whose record.
    pub frame: Frame,
    /// The name on the record.
    pub record_name: String,
    /// The apps, the last used first.
    pub apps: Vec<AppRow>,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Apps)> {
    let row = |name: &str, home: Option<&str>, device: Option<&str>, ago: Option<i64>, away| AppRow {
        app: App { name: name.into(), logo: None, home: home.map(Into::into) },
        device: device.map(Into::into),
        last_used: ago.map(sample_ago),
        away,
        details_to: "/records/1/apps/1".into(),
    };
    let full = Apps {
        frame: Frame::sample_signed_in().about(sample_anna(), "/"),
        record_name: "Anna Lindqvist".into(),
        apps: vec![
            row("Northside Clinic", Some("northside.example"), None, Some(60 * 25), true),
            row("Steps & Stairs", None, Some("Anna’s phone"), Some(40), true),
            row("Sleep Diary", Some("sleepdiary.example"), None, None, false),
        ],
    };
    let frame = full.frame.clone().saying(Notice::stopped(&full.frame.t, "Sleep Diary"));
    vec![
        ("after-stop", Apps { frame, apps: full.apps[..2].to_vec(), ..full.clone() }),
        ("empty", Apps { apps: Vec::new(), ..full.clone() }),
        ("several", full),
    ]
}
