//! Choose a new password, by a mailed link or signed in, or a first one.

use askama::Template;

use super::Frame;
use crate::components::{Field, Trouble};
use crate::locale::Key;

/// What lets the person choose one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum How {
    /// The secret of a mailed link.
    ByLink(String),
    /// The present password, which is asked for.
    Change,
    /// There is none yet.
    First,
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "choose_password.html")]
pub struct ChoosePassword {
    /// Around the page.
    pub frame: Frame,
    /// Where the form goes: `password`, `again`, and `current` or `token`.
    pub post_to: String,
    /// The account, so that a password manager knows where it belongs.
    pub email: String,
    /// What lets the person choose one.
    pub how: How,
    /// What is wrong with the present password.
    pub current_trouble: Option<Trouble>,
    /// What is wrong with the new one.
    pub password_trouble: Option<Trouble>,
    /// What is wrong with its second entry.
    pub again_trouble: Option<Trouble>,
    /// Too many wrong tries: wait this many minutes.
    pub wait: Option<u32>,
}

impl ChoosePassword {
    fn title(&self) -> Key {
        if self.how == How::First { Key("set-password-title") } else { Key("choose-password-title") }
    }

    fn lead(&self) -> Key {
        if self.how == How::First { Key("set-password-lead") } else { Key("choose-password-lead") }
    }

    fn button(&self) -> Key {
        if self.how == How::First { Key("set-password-button") } else { Key("choose-password-button") }
    }

    fn current_field(&self) -> Field {
        let t = &self.frame.t;
        Field::password("current", t.say("field-password-current"))
            .filled_as("current-password")
            .error(t, self.current_trouble)
    }

    fn password_field(&self) -> Field {
        let t = &self.frame.t;
        Field::password("password", t.say("field-password-new"))
            .filled_as("new-password")
            .hint(t.say("password-hint"))
            .error(t, self.password_trouble)
    }

    fn again_field(&self) -> Field {
        let t = &self.frame.t;
        Field::password("again", t.say("field-password-again"))
            .filled_as("new-password")
            .error(t, self.again_trouble)
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, ChoosePassword)> {
    let by_link = ChoosePassword {
        frame: Frame::sample(),
        post_to: "/password/new".into(),
        email: "anna@example.org".into(),
        how: How::ByLink("sample-token".into()),
        current_trouble: None,
        password_trouble: None,
        again_trouble: None,
        wait: None,
    };
    let signed_in = ChoosePassword {
        frame: Frame::sample_signed_in(),
        how: How::Change,
        current_trouble: Some(Trouble::PasswordWrong),
        again_trouble: Some(Trouble::PasswordsDiffer),
        ..by_link.clone()
    };
    let first = ChoosePassword {
        frame: Frame::sample_signed_in(),
        how: How::First,
        password_trouble: Some(Trouble::PasswordShort),
        ..by_link.clone()
    };
    let wait =
        ChoosePassword { wait: Some(2), current_trouble: None, again_trouble: None, ..signed_in.clone() };
    vec![("by-link", by_link), ("signed-in", signed_in), ("first", first), ("too-many", wait)]
}
