//! Choose a new password, by a mailed link or signed in.

use askama::Template;

use super::Frame;
use crate::components::{Field, Trouble};

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
    /// The secret of a mailed link. None: the person is signed in, and the present password is asked for.
    pub token: Option<String>,
    /// What is wrong with the present password.
    pub current_trouble: Option<Trouble>,
    /// What is wrong with the new one.
    pub password_trouble: Option<Trouble>,
    /// What is wrong with its second entry.
    pub again_trouble: Option<Trouble>,
}

impl ChoosePassword {
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
        token: Some("sample-token".into()),
        current_trouble: None,
        password_trouble: None,
        again_trouble: None,
    };
    let signed_in = ChoosePassword {
        frame: Frame::sample_signed_in(),
        token: None,
        current_trouble: Some(Trouble::PasswordWrong),
        again_trouble: Some(Trouble::PasswordsDiffer),
        ..by_link.clone()
    };
    vec![("by-link", by_link), ("signed-in", signed_in)]
}
