//! The apps connected to a record, or to all the records of a person.

use askama::Template;
use jiff::Timestamp;

use super::{App, Frame, sample_ago, sample_anna, sample_elin};
use crate::components::{Badge, Notice};

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

/// A record and its apps.
#[derive(Clone, Debug)]
pub struct RecordApps {
    /// Whose record.
    pub badge: Badge,
    /// The apps, the last used first.
    pub apps: Vec<AppRow>,
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "apps.html")]
pub struct Apps {
    /// Around the page, with whose record.
    pub frame: Frame,
    /// One record, which the frame names too, or all of them.
    pub records: Vec<RecordApps>,
    /// The page of the apps by device.
    pub devices_to: String,
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
    let apps = vec![
        row("Northside Clinic", Some("northside.example"), None, Some(60 * 25), true),
        row("Steps & Stairs", None, Some("Anna’s phone"), Some(40), true),
        row("Sleep Diary", Some("sleepdiary.example"), None, None, false),
    ];
    let page = |frame, apps| Apps {
        frame,
        records: vec![RecordApps { badge: sample_anna(), apps }],
        devices_to: "/devices".into(),
    };
    let frame = Frame::sample_signed_in().about(sample_anna(), "/");
    let stopped = frame.clone().saying(Notice::stopped(&frame.t, "Sleep Diary"));
    let all = Apps {
        devices_to: "/devices".into(),
        frame: Frame::sample_signed_in(),
        records: vec![
            RecordApps { badge: sample_anna(), apps: apps.clone() },
            RecordApps { badge: sample_elin(), apps: Vec::new() },
        ],
    };
    vec![
        ("after-stop", page(stopped, apps[..2].to_vec())),
        ("empty", page(frame.clone(), Vec::new())),
        ("several", page(frame, apps)),
        ("all-records", all),
    ]
}
