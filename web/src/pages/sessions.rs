//! Where the person is signed in.

use askama::Template;
use jiff::Timestamp;

use super::{Frame, sample_ago};
use crate::components::Notice;

/// One place.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// What the form sends as `session`.
    pub value: String,
    /// The browser and the system, as said to a person: "Firefox on Windows".
    pub device: String,
    /// It is this one.
    pub here: bool,
    /// When it was signed in.
    pub since: Timestamp,
    /// When it was last used.
    pub last_seen: Timestamp,
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "sessions.html")]
pub struct Sessions {
    /// Around the page.
    pub frame: Frame,
    /// The places, this one first.
    pub sessions: Vec<SessionRow>,
    /// Where "sign out this one" goes: field `session`.
    pub end_one_to: String,
    /// Where "sign out everywhere" goes.
    pub end_all_to: String,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Sessions)> {
    let row = |device: &str, here, since: i64, last: i64| SessionRow {
        value: device.len().to_string(),
        device: device.into(),
        here,
        since: sample_ago(since),
        last_seen: sample_ago(last),
    };
    let several = Sessions {
        frame: Frame::sample_signed_in(),
        sessions: vec![
            row("Firefox on Windows", true, 90, 0),
            row("Safari on iPhone", false, 60 * 24 * 12, 60 * 22),
            row("Chrome on Android", false, 60 * 24 * 90, 60 * 24 * 40),
        ],
        end_one_to: "/sessions/end".into(),
        end_all_to: "/sessions/end-all".into(),
    };
    let one = Sessions {
        frame: several.frame.clone().saying(Notice::signed_out_there(&several.frame.t)),
        sessions: several.sessions[..1].to_vec(),
        ..several.clone()
    };
    vec![("several", several), ("one", one)]
}
