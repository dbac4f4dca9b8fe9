//! All that was ever allowed.

use askama::Template;
use jiff::Timestamp;

use super::{Frame, sample_ago, sample_anna, sample_elin};
use crate::components::Badge;
use crate::locale::Key;
use crate::paths;

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Did {
    /// To let the app in.
    Allowed,
    /// What it may do.
    Changed,
    /// To stop it.
    Stopped,
}

impl Did {
    fn key(self) -> Key {
        match self {
            Self::Allowed => Key("history-allowed"),
            Self::Changed => Key("history-changed"),
            Self::Stopped => Key("history-stopped"),
        }
    }
}

/// A decision.
#[derive(Clone, Debug)]
pub struct HistoryEvent {
    /// What.
    pub did: Did,
    /// By whom, in the reader's language.
    pub who: String,
    /// When.
    pub when: Timestamp,
}

/// An app and a record.
#[derive(Clone, Debug)]
pub struct HistoryRow {
    /// The app.
    pub name: String,
    /// The device it runs, or ran, on.
    pub device: Option<String>,
    /// Whose record.
    pub badge: Badge,
    /// Its page, if it is allowed now.
    pub details_to: Option<String>,
    /// What was decided, the newest first.
    pub events: Vec<HistoryEvent>,
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "app_history.html")]
pub struct AppHistory {
    /// Around the page.
    pub frame: Frame,
    /// Apps and records, those first about which something was decided last.
    pub rows: Vec<HistoryRow>,
    /// There is more than stands here.
    pub cut: bool,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, AppHistory)> {
    let event = |did, ago: i64| HistoryEvent { did, who: "You".into(), when: sample_ago(60 * 24 * ago) };
    let rows = vec![
        HistoryRow {
            name: "Northside Clinic".into(),
            device: None,
            badge: sample_anna(),
            details_to: Some("/records/1/apps/1".into()),
            events: vec![event(Did::Changed, 2), event(Did::Allowed, 90)],
        },
        HistoryRow {
            name: "Steps & Stairs".into(),
            device: Some("Anna’s phone".into()),
            badge: sample_elin(),
            details_to: None,
            events: vec![event(Did::Stopped, 40), event(Did::Allowed, 400)],
        },
    ];
    let full = AppHistory { frame: Frame::sample_signed_in(), rows, cut: true };
    let empty = AppHistory { rows: Vec::new(), cut: false, ..full.clone() };
    vec![("full", full), ("empty", empty)]
}
