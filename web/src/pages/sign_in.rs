//! Sign in.

use askama::Template;

use super::{App, Frame};
use crate::components::Field;

/// Why the last try did not work.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SignInTrouble {
    /// E-mail and password don't belong together; we don't say which is wrong.
    NoMatch,
    /// The account is closed for now.
    Suspended,
    /// Too many tries: wait this many minutes.
    TooManyTries {
        /// How long to wait.
        minutes: u32,
    },
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "sign_in.html")]
pub struct SignIn {
    /// Around the page.
    pub frame: Frame,
    /// Where the form goes: fields `email`, `password`, `keep` (if ticked).
    pub post_to: String,
    /// Who sent the person.
    pub app: Option<App>,
    /// What was entered before.
    pub email: String,
    /// Why the last try did not work.
    pub trouble: Option<SignInTrouble>,
    /// Whether "keep me signed in" is offered.
    pub offer_keep: bool,
    /// Where to open an account, if one may be opened.
    pub sign_up_to: Option<String>,
    /// Where to go with a forgotten password.
    pub forgot_to: String,
}

impl SignIn {
    fn email_field(&self) -> Field {
        Field::email("email", self.frame.t.say("field-email"), &self.email).filled_as("username")
    }

    fn password_field(&self) -> Field {
        Field::password("password", self.frame.t.say("field-password")).filled_as("current-password")
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, SignIn)> {
    let plain = SignIn {
        frame: Frame::sample(),
        post_to: "/sign-in".into(),
        app: None,
        email: String::new(),
        trouble: None,
        offer_keep: false,
        sign_up_to: Some("/sign-up".into()),
        forgot_to: "/password/forgot".into(),
    };
    let email = "anna@example.org".to_owned();
    vec![
        ("from-an-app", SignIn { app: Some(App::sample()), offer_keep: true, ..plain.clone() }),
        ("no-match", SignIn { email: email.clone(), trouble: Some(SignInTrouble::NoMatch), ..plain.clone() }),
        (
            "too-many",
            SignIn { email, trouble: Some(SignInTrouble::TooManyTries { minutes: 10 }), ..plain.clone() },
        ),
        ("plain", plain),
    ]
}
