//! An account is closed: keep it after all?

use askama::Template;

use super::Frame;
use crate::paths;

/// The page.
#[derive(Clone, Template)]
#[template(path = "keep_account.html")]
pub struct KeepAccount {
    /// Around the page.
    pub frame: Frame,
    /// The day on which it is erased.
    pub until: String,
    /// By which the form is known to be of who has just signed in.
    pub token: String,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, KeepAccount)> {
    let (until, token) = ("17 April 2026".into(), "sample-token".into());
    vec![("plain", KeepAccount { frame: Frame::sample(), until, token })]
}
