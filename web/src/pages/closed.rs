//! An account, or a record, is closed, and how to take that back.

use askama::Template;

use super::Frame;
use crate::locale::Key;
use crate::paths;

/// What was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Was {
    /// The account.
    Account,
    /// The record of this name.
    Record(String),
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "closed.html")]
pub struct Closed {
    /// Around the page.
    pub frame: Frame,
    /// What.
    pub was: Was,
    /// The day on which it is erased.
    pub until: String,
}

impl Closed {
    fn title(&self) -> String {
        match &self.was {
            Was::Account => self.frame.t.say("closed-title"),
            Was::Record(name) => self.frame.t.say_with("record-closed-title", "name", name),
        }
    }

    /// What to do to have it back: what the link is called, and where it leads.
    fn back(&self) -> (Key, &'static str) {
        match self.was {
            Was::Account => (Key("sign-in-title"), paths::SIGN_IN),
            Was::Record(_) => (Key("leaving-title"), paths::LEAVING),
        }
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Closed)> {
    let account = Closed { frame: Frame::sample(), was: Was::Account, until: "17 April 2026".into() };
    let (frame, was) = (Frame::sample_signed_in(), Was::Record("Elin Lindqvist".into()));
    vec![("record", Closed { frame, was, ..account.clone() }), ("account", account)]
}
