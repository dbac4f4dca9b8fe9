//! The second step of a sign-in: a code.

use askama::Template;

use super::{App, Frame};
use crate::components::Field;
use crate::locale::Texts;

/// Why the last code did not work.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CodeTrouble {
    /// It is not right, or was used before.
    Wrong,
    /// Too many of them: wait this many minutes.
    TooMany {
        /// How long to wait.
        minutes: u32,
    },
}

impl CodeTrouble {
    /// What to say.
    pub fn say(self, t: &Texts) -> String {
        match self {
            Self::Wrong => t.say("code-wrong"),
            Self::TooMany { minutes } => t.say_count("code-too-many", minutes),
        }
    }
}

/// The field for a code of the app.
pub fn code_field(t: &Texts) -> Field {
    Field::text("code", t.say("code-field"), "").filled_as("one-time-code").numeric().longest(12).optional()
}

/// The field for a recovery code.
pub fn recovery_field(t: &Texts) -> Field {
    let field = Field::text("recovery", t.say("code-recovery-field"), "").code();
    field.hint(t.say("code-lost-hint")).longest(32).optional()
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "sign_in_code.html")]
pub struct SignInCode {
    /// Around the page.
    pub frame: Frame,
    /// Where the form goes: `code` or `recovery`.
    pub post_to: String,
    /// Who sent the person.
    pub app: Option<App>,
    /// Why the last code did not work.
    pub trouble: Option<CodeTrouble>,
    /// Where to begin anew.
    pub again_to: String,
}

impl SignInCode {
    fn code_field(&self) -> Field {
        code_field(&self.frame.t)
    }

    fn recovery_field(&self) -> Field {
        recovery_field(&self.frame.t)
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, SignInCode)> {
    let plain = SignInCode {
        frame: Frame::sample(),
        post_to: "/sign-in/code".into(),
        app: None,
        trouble: None,
        again_to: "/sign-in".into(),
    };
    vec![
        ("from-an-app", SignInCode { app: Some(App::sample()), ..plain.clone() }),
        ("wrong", SignInCode { trouble: Some(CodeTrouble::Wrong), ..plain.clone() }),
        ("too-many", SignInCode { trouble: Some(CodeTrouble::TooMany { minutes: 30 }), ..plain.clone() }),
        ("plain", plain),
    ]
}
