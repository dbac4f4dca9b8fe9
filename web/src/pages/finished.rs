//! The end page, `/application/complete`: mobile clients watch for its address; a person may read it.

use askama::Template;

use super::{App, Frame};

/// How the visit ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ending {
    /// The person agreed.
    Agreed,
    /// The person did not.
    Declined,
    /// The record could not be used, or something else went wrong.
    Failed,
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "finished.html")]
pub struct Finished {
    /// Around the page.
    pub frame: Frame,
    /// The app, if it is known and the person has to do with it.
    pub app: Option<App>,
    /// How the visit ended.
    pub ending: Ending,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Finished)> {
    let app = App { name: "Steps & Stairs".into(), logo: None, home: None };
    let agreed = Finished { frame: Frame::sample(), app: Some(app), ending: Ending::Agreed };
    vec![
        ("declined", Finished { ending: Ending::Declined, ..agreed.clone() }),
        ("failed", Finished { app: None, ending: Ending::Failed, ..agreed.clone() }),
        ("agreed", agreed),
    ]
}
