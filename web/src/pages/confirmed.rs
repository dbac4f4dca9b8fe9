//! An e-mail address is confirmed.

use askama::Template;

use super::Frame;

/// The page.
#[derive(Clone, Template)]
#[template(path = "confirmed.html")]
pub struct Confirmed {
    /// Around the page.
    pub frame: Frame,
    /// The address.
    pub email: String,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Confirmed)> {
    vec![("plain", Confirmed { frame: Frame::sample(), email: "anna@example.org".into() })]
}
