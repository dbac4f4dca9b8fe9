//! Confirm an e-mail address: the page behind a letter's link.

use askama::Template;

use super::Frame;

/// The page.
#[derive(Clone, Template)]
#[template(path = "confirm.html")]
pub struct Confirm {
    /// Around the page.
    pub frame: Frame,
    /// Where the form goes: field `token`.
    pub post_to: String,
    /// The address to confirm.
    pub email: String,
    /// The token of the letter's link.
    pub token: String,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Confirm)> {
    let plain = Confirm {
        frame: Frame::sample(),
        post_to: "/confirm".into(),
        email: "anna@example.org".into(),
        token: "sample-token".into(),
    };
    vec![("signed-in", Confirm { frame: Frame::sample_signed_in(), ..plain.clone() }), ("plain", plain)]
}
