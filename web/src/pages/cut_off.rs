//! Cut an app off on a device, or on all: the page that asks once more.

use askama::Template;

use super::{App, Frame};

/// The page.
#[derive(Clone, Template)]
#[template(path = "cut_off.html")]
pub struct CutOff {
    /// Around the page.
    pub frame: Frame,
    /// The app.
    pub app: App,
    /// The device; none for all.
    pub device: Option<String>,
    /// On how many.
    pub count: u32,
    /// Where the form goes: `decision` = `cut` | `keep`.
    pub post_to: String,
}

impl CutOff {
    fn question(&self) -> String {
        let (t, app) = (&self.frame.t, &self.app.name);
        match &self.device {
            Some(device) => t.say_two("cut-off-title", "app", app, "device", device),
            None => t.say_with("cut-off-all-title", "app", app),
        }
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, CutOff)> {
    let one = CutOff {
        frame: Frame::sample_signed_in(),
        app: App { name: "Steps & Stairs".into(), logo: None, home: None },
        device: Some("Anna’s phone".into()),
        count: 1,
        post_to: "/devices/1".into(),
    };
    vec![("all", CutOff { device: None, count: 3, ..one.clone() }), ("one", one)]
}
