//! Phones and tablets: the apps that a person let in on them, by app.

use askama::Template;
use jiff::Timestamp;

use super::{App, Frame, sample_ago};
use crate::components::Notice;

/// An app on one device.
#[derive(Clone, Debug)]
pub struct DeviceRow {
    /// What the device is called.
    pub name: String,
    /// Whose records it may use, named; empty if none.
    pub records: String,
    /// When it was let in.
    pub since: Timestamp,
    /// When it last called.
    pub last_used: Option<Timestamp>,
    /// When it was lately used from two places at once.
    pub two_places: Option<Timestamp>,
    /// It was not used for a long time.
    pub unused: bool,
    /// Where to cut it off: a page that asks once more.
    pub cut_off_to: String,
}

/// An app with its devices.
#[derive(Clone, Debug)]
pub struct DeviceApp {
    /// The app.
    pub app: App,
    /// It is closed by the host for now.
    pub closed: bool,
    /// The devices.
    pub devices: Vec<DeviceRow>,
    /// Where to cut it off on all devices, where there are several.
    pub cut_off_all_to: Option<String>,
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "devices.html")]
pub struct Devices {
    /// Around the page.
    pub frame: Frame,
    /// By app.
    pub apps: Vec<DeviceApp>,
    /// Where those before are.
    pub newer_to: Option<String>,
    /// Where those after are.
    pub older_to: Option<String>,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Devices)> {
    let row = |name: &str, last: Option<i64>| DeviceRow {
        name: name.into(),
        records: "Anna Lindqvist".into(),
        since: sample_ago(60 * 24 * 300),
        last_used: last.map(sample_ago),
        two_places: None,
        unused: false,
        cut_off_to: "/devices/1".into(),
    };
    let frame = Frame::sample_signed_in();
    let steps = DeviceApp {
        app: App { name: "Steps & Stairs".into(), logo: None, home: None },
        closed: false,
        devices: vec![
            DeviceRow { two_places: Some(sample_ago(60 * 5)), ..row("Anna’s phone", Some(3)) },
            DeviceRow { unused: true, records: String::new(), ..row("The old tablet", Some(60 * 24 * 250)) },
        ],
        cut_off_all_to: Some("/devices/all/1".into()),
    };
    let scale = DeviceApp {
        app: App { name: "Kitchen Scale".into(), logo: None, home: Some("scale.example".into()) },
        closed: true,
        devices: vec![DeviceRow {
            records: "Anna Lindqvist and Elin Lindqvist".into(),
            ..row("A phone or tablet without a name", None)
        }],
        cut_off_all_to: None,
    };
    let page = |frame, apps| Devices { frame, apps, newer_to: None, older_to: None };
    let cut = frame.clone().saying(Notice::cut_off(&frame.t));
    let many =
        Devices { older_to: Some("/devices?page=2".into()), ..page(frame.clone(), vec![steps.clone()]) };
    vec![
        ("several", page(frame.clone(), vec![steps, scale.clone()])),
        ("after-cut-off", page(cut, vec![scale])),
        ("many", many),
        ("empty", page(frame, Vec::new())),
    ]
}
