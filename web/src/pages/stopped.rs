//! After an app was stopped.

use askama::Template;

use super::{App, Frame, sample_anna};

/// The page.
#[derive(Clone, Template)]
#[template(path = "stopped.html")]
pub struct Stopped {
    /// Around the page, with whose record.
    pub frame: Frame,
    /// The app.
    pub app: App,
    /// The name on the record.
    pub record_name: String,
    /// The other apps of the record.
    pub apps_to: String,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Stopped)> {
    let frame = Frame::sample_signed_in().about(sample_anna(), "/");
    let (record_name, apps_to) = ("Anna Lindqvist".into(), "/records/1/apps".into());
    vec![("plain", Stopped { frame, app: App::sample(), record_name, apps_to })]
}
