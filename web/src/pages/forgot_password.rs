//! Ask for a link to choose a new password.

use askama::Template;

use super::Frame;
use crate::components::{Field, Trouble};

/// The page.
#[derive(Clone, Template)]
#[template(path = "forgot_password.html")]
pub struct ForgotPassword {
    /// Around the page.
    pub frame: Frame,
    /// Where the form goes: field `email`.
    pub post_to: String,
    /// What was entered.
    pub email: String,
    /// What is wrong with it.
    pub trouble: Option<Trouble>,
    /// Where to sign in after all.
    pub sign_in_to: String,
}

impl ForgotPassword {
    fn email_field(&self) -> Field {
        let t = &self.frame.t;
        Field::email("email", t.say("field-email"), &self.email).filled_as("username").error(t, self.trouble)
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, ForgotPassword)> {
    let plain = ForgotPassword {
        frame: Frame::sample(),
        post_to: "/password/forgot".into(),
        email: String::new(),
        trouble: None,
        sign_in_to: "/sign-in".into(),
    };
    let trouble = Some(Trouble::NotAnEmail);
    vec![("trouble", ForgotPassword { email: "anna".into(), trouble, ..plain.clone() }), ("plain", plain)]
}
