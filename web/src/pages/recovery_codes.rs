//! Recovery codes, shown once.

use askama::Template;

use super::Frame;

/// The page.
#[derive(Clone, Template)]
#[template(path = "recovery_codes.html")]
pub struct RecoveryCodes {
    /// Around the page.
    pub frame: Frame,
    /// Whose they are: on paper nothing else says it.
    pub email: String,
    /// The codes.
    pub codes: Vec<String>,
    /// Where to go on.
    pub on_to: String,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, RecoveryCodes)> {
    let codes = (0..10).map(|i| format!("4K7D-{i}MXR-9QTE")).collect();
    let frame = Frame::sample_signed_in();
    let on_to = "/account/second-step".into();
    vec![("plain", RecoveryCodes { frame, email: "anna@example.org".into(), codes, on_to })]
}
