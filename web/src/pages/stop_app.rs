//! Stop an app: asked once more, with what it means.

use askama::Template;

use super::{App, Frame, sample_anna};

/// The page.
#[derive(Clone, Template)]
#[template(path = "stop_app.html")]
pub struct StopApp {
    /// Around the page, with whose record.
    pub frame: Frame,
    /// The app.
    pub app: App,
    /// The name on the record.
    pub record_name: String,
    /// Where the form goes: `decision` = `stop` | `keep`.
    pub post_to: String,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, StopApp)> {
    let frame = Frame::sample_signed_in().about(sample_anna(), "/");
    let (record_name, post_to) = ("Anna Lindqvist".into(), "/records/1/apps/1/stop".into());
    vec![("plain", StopApp { frame, app: App::sample(), record_name, post_to })]
}
