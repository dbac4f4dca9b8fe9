//! Show once more that it is you.

use askama::Template;

use super::Frame;
use super::sign_in_code::{CodeTrouble, code_field, recovery_field};
use crate::components::{Field, Trouble};

/// Why the last try did not work.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ProveTrouble {
    /// The password is not right.
    Password(Trouble),
    /// Too many wrong passwords: wait this many minutes.
    Paused {
        /// How long to wait.
        minutes: u32,
    },
    /// The code is not right.
    Code(CodeTrouble),
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "prove.html")]
pub struct Prove {
    /// Around the page.
    pub frame: Frame,
    /// Where the form goes: `password`, and `code` or `recovery`.
    pub post_to: String,
    /// Whose account it is.
    pub email: String,
    /// Whether the second step is on.
    pub asks_code: bool,
    /// Where they prove it with a passkey instead, if they have one.
    pub passkey_to: Option<String>,
    /// Why the last try did not work.
    pub trouble: Option<ProveTrouble>,
}

impl Prove {
    fn said(&self) -> Option<String> {
        let t = &self.frame.t;
        match self.trouble? {
            ProveTrouble::Password(_) => None,
            ProveTrouble::Paused { minutes } => Some(t.say_count("sign-in-too-many", minutes)),
            ProveTrouble::Code(trouble) => Some(trouble.say(t)),
        }
    }

    fn password_field(&self) -> Field {
        let t = &self.frame.t;
        let trouble = match self.trouble {
            Some(ProveTrouble::Password(trouble)) => Some(trouble),
            _ => None,
        };
        Field::password("password", t.say("field-password")).filled_as("current-password").error(t, trouble)
    }

    fn code_field(&self) -> Field {
        code_field(&self.frame.t)
    }

    fn recovery_field(&self) -> Field {
        recovery_field(&self.frame.t)
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Prove)> {
    let plain = Prove {
        frame: Frame::sample_signed_in(),
        post_to: "/account/prove?next=%2Faccount%2Fsecond-step".into(),
        email: "anna@example.org".into(),
        asks_code: false,
        passkey_to: None,
        trouble: None,
    };
    let with_code = Prove { asks_code: true, ..plain.clone() };
    let passkey_to = Some("/sign-in?next=%2Faccount%2Fsecond-step".into());
    let wrong = ProveTrouble::Password(Trouble::PasswordWrong);
    vec![
        ("wrong-password", Prove { trouble: Some(wrong), ..plain.clone() }),
        ("too-many", Prove { trouble: Some(ProveTrouble::Paused { minutes: 2 }), ..plain.clone() }),
        ("wrong-code", Prove { trouble: Some(ProveTrouble::Code(CodeTrouble::Wrong)), ..with_code.clone() }),
        ("with-code", with_code),
        ("with-passkey", Prove { passkey_to, ..plain.clone() }),
        ("plain", plain),
    ]
}
