//! Signed out.

use askama::Template;

use super::{App, Frame};

/// The page.
#[derive(Clone, Template)]
#[template(path = "signed_out.html")]
pub struct SignedOut {
    /// Around the page.
    pub frame: Frame,
    /// The application that signed the person out.
    pub app: Option<App>,
    /// Signed out on every device, not only here.
    pub everywhere: bool,
    /// Where to sign in again.
    pub sign_in_to: String,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, SignedOut)> {
    let plain =
        SignedOut { frame: Frame::sample(), app: None, everywhere: false, sign_in_to: "/sign-in".into() };
    vec![
        ("by-an-app", SignedOut { app: Some(App::sample()), ..plain.clone() }),
        ("everywhere", SignedOut { everywhere: true, ..plain.clone() }),
        ("plain", plain),
    ]
}
