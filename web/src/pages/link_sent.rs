//! A link is on its way, if there is such an account: the page says the same either way.

use askama::Template;

use super::Frame;

/// The page.
#[derive(Clone, Template)]
#[template(path = "link_sent.html")]
pub struct LinkSent {
    /// Around the page.
    pub frame: Frame,
    /// The address that was entered.
    pub email: String,
    /// How long the link holds.
    pub minutes: u32,
    /// Where to ask again.
    pub again_to: String,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, LinkSent)> {
    let (email, again_to) = ("anna@example.org".into(), "/password/forgot".into());
    vec![("plain", LinkSent { frame: Frame::sample(), email, minutes: 30, again_to })]
}
