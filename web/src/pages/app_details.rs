//! One app and one record: what it may do, since when, and how to stop it.

use askama::Template;
use jiff::Timestamp;

use super::abilities::{Ability, When, sample_abilities};
use crate::locale::Key;

use super::{App, Frame, sample_ago, sample_anna};

/// The page.
#[derive(Clone, Template)]
#[template(path = "app_details.html")]
pub struct AppDetails {
    /// Around the page, with whose record.
    pub frame: Frame,
    /// The app.
    pub app: App,
    /// The name on the record.
    pub record_name: String,
    /// The device it runs on.
    pub device: Option<String>,
    /// What it may do.
    pub abilities: Vec<Ability>,
    /// What it may do beside readings.
    pub beside: Vec<Key>,
    /// When the person agreed.
    pub since: Timestamp,
    /// When it last used the record.
    pub last_used: Option<Timestamp>,
    /// Where to change the optional parts, if there are any.
    pub change_to: Option<String>,
    /// Where to stop it: a page that asks once more.
    pub stop_to: String,
    /// Back to the apps.
    pub back_to: String,
}

impl AppDetails {
    fn when(&self) -> When {
        When::of(&self.abilities)
    }

    fn says_when(&self) -> bool {
        self.when() == When::SomeAway
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, AppDetails)> {
    let full = AppDetails {
        frame: Frame::sample_signed_in().about(sample_anna(), "/"),
        app: App::sample(),
        record_name: "Anna Lindqvist".into(),
        device: None,
        abilities: sample_abilities(),
        beside: vec![Key("beside-knows-people"), Key("beside-writes-to-you")],
        since: sample_ago(60 * 24 * 90),
        last_used: Some(sample_ago(60 * 25)),
        change_to: Some("/records/1/apps/1/change".into()),
        stop_to: "/records/1/apps/1/stop".into(),
        back_to: "/records/1/apps".into(),
    };
    let unused = AppDetails {
        app: App { name: "Steps & Stairs".into(), logo: None, home: None },
        device: Some("Anna’s phone".into()),
        last_used: None,
        change_to: None,
        ..full.clone()
    };
    vec![("used", full), ("never-used", unused)]
}
