//! Sign in.

use askama::Template;

use super::passkey_button::{Act, PasskeyButton};
use super::{App, Frame};
use crate::components::Field;

/// Why the last try did not work.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SignInTrouble {
    /// E-mail and password don't belong together; we don't say which is wrong.
    NoMatch,
    /// The passkey is unknown, or its answer wrong or late.
    Passkey,
    /// The account is closed for now.
    Suspended,
    /// The code of the second step was not given in time.
    CodeLate,
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
    /// The button for a passkey instead of a password.
    pub passkey: Option<PasskeyButton>,
    /// The person is signed in, and a page wants to know that it is still they.
    pub again: bool,
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
    let frame = Frame::sample();
    let passkey = PasskeyButton {
        t: frame.t.clone(),
        act: Act::SignIn,
        begin_at: "/sign-in/passkey/begin".into(),
        finish_at: "/sign-in/passkey".into(),
    };
    let plain = SignIn {
        frame,
        post_to: "/sign-in".into(),
        app: None,
        email: String::new(),
        trouble: None,
        offer_keep: false,
        sign_up_to: Some("/sign-up".into()),
        forgot_to: "/password/forgot".into(),
        passkey: Some(passkey),
        again: false,
    };
    let email = "anna@example.org".to_owned();
    vec![
        ("from-an-app", SignIn { app: Some(App::sample()), offer_keep: true, ..plain.clone() }),
        ("no-match", SignIn { email: email.clone(), trouble: Some(SignInTrouble::NoMatch), ..plain.clone() }),
        (
            "too-many",
            SignIn { email, trouble: Some(SignInTrouble::TooManyTries { minutes: 10 }), ..plain.clone() },
        ),
        ("passkey-wrong", SignIn { trouble: Some(SignInTrouble::Passkey), ..plain.clone() }),
        ("again", SignIn { again: true, ..plain.clone() }),
        ("without-passkeys", SignIn { passkey: None, ..plain.clone() }),
        ("code-late", SignIn { trouble: Some(SignInTrouble::CodeLate), ..plain.clone() }),
        ("plain", plain),
    ]
}
